using System.Text.Json;
using Rote.Memorization;

namespace Rote.Tests.Memorization;

public sealed class MemorizationDialTests
{
    [Theory]
    [InlineData("""{ "kind": "dial", "target": 0.5 }""")]
    [InlineData("""{ "kind": "dial", "target": 0.5, "algorithm": 4 }""")]
    [InlineData("""{ "kind": "dial", "algorithm": 3, "target": 0.5 }""")]
    public void A_version_of_its_own_is_read_past_and_not_written(string text)
    {
        var dial = JsonSerializer.Deserialize<ControlMethod>(text, RoteJson.Options);
        Assert.Equal(new MemorizationDial { Target = 0.5 }, dial);
        Assert.DoesNotContain("algorithm", JsonSerializer.Serialize(dial, RoteJson.Options), StringComparison.Ordinal);
    }
}
