using System.Text.Json;
using Rote.Memorization;

namespace Rote.Tests.Memorization;

public sealed class MemorizationDialTests
{
    [Theory]
    [InlineData(0, DialParts.All, 4)]
    [InlineData(0.999, DialParts.All, 4)]
    [InlineData(1, DialParts.All, 5)]
    [InlineData(0.5, DialParts.All & ~DialParts.Trust, 5)]
    [InlineData(0.5, DialParts.All & ~DialParts.Boost, 4)]
    public void The_algorithm_is_that_of_the_target_and_the_parts(double target, DialParts parts, int algorithm)
    {
        var dial = new MemorizationDial { Target = target, Parts = parts };
        Assert.Equal(algorithm, dial.Algorithm);
        Assert.Equal(algorithm, (new MemorizationDial { Target = 0.5 } with { Target = target, Parts = parts }).Algorithm);

        var text = JsonSerializer.Serialize<ControlMethod>(dial, RoteJson.Options);
        Assert.Contains($"\"algorithm\": {algorithm}", text, StringComparison.Ordinal);
        var again = JsonSerializer.Deserialize<ControlMethod>(text, RoteJson.Options);
        Assert.Equal(dial, again);
        Assert.Equal(dial.GetHashCode(), again!.GetHashCode());
    }

    [Theory]
    [InlineData("""{ "kind": "dial", "target": 1, "algorithm": 4 }""", "The dial's algorithm at 1 is 4, and this Rote has 5; train again.")]
    [InlineData("""{ "kind": "dial", "algorithm": 4, "target": 1 }""", "The dial's algorithm at 1 is 4, and this Rote has 5; train again.")]
    [InlineData(
        """{ "kind": "dial", "algorithm": 5, "target": 0.5 }""",
        "The dial's algorithm at 0.5 is 5, and this Rote has 4; train again."
    )]
    [InlineData("""{ "kind": "dial", "target": 0, "algorithm": 3 }""", "The dial's algorithm at 0 is 3, and this Rote has 4; train again.")]
    public void A_run_of_another_algorithm_is_refused_in_whatever_order_it_is_read(string text, string sentence) =>
        Assert.Equal(
            sentence,
            Assert.Throws<InputException>(() => JsonSerializer.Deserialize<ControlMethod>(text, RoteJson.Options)).Message
        );

    [Theory]
    [InlineData("""{ "kind": "dial", "algorithm": 4, "target": 0.5 }""")]
    [InlineData("""{ "kind": "dial", "target": 0.5 }""")]
    public void A_run_of_this_algorithm_equals_one_that_is_made(string text) =>
        Assert.Equal(new MemorizationDial { Target = 0.5 }, JsonSerializer.Deserialize<ControlMethod>(text, RoteJson.Options));
}
