using System.Text.Json;
using Rote.Storage;

namespace Rote.Tests.Foundation;

public sealed class RoteJsonTests
{
    private sealed record Note
    {
        public required string Name { get; init; }

        public required double? Loss { get; init; }

        public required string? Text { get; init; }

        public required int Count { get; init; }
    }

    // Nulls are not written; a network that is kept untrained has no running loss, and its summary could not be read again.
    [Fact]
    public void A_record_with_nulls_is_read_as_it_was_written()
    {
        var note = new Note
        {
            Name = "a",
            Loss = null,
            Text = null,
            Count = 0,
        };
        var text = JsonSerializer.Serialize(note, RoteJson.LineOptions);
        Assert.Equal("""{"name":"a","count":0}""", text);
        Assert.Equal(note, JsonSerializer.Deserialize<Note>(text, RoteJson.Options));
    }

    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"count":1}""")]
    [InlineData("""{"name":null,"count":1}""")]
    public void What_cannot_be_null_is_required(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Note>(text, RoteJson.Options));

    [Fact]
    public void The_summary_of_an_untrained_network_is_read_again()
    {
        var summary = new RunSummary
        {
            Experiment = new string('e', 64),
            Epochs = 0,
            TrainCorrect = 1,
            TrainCount = 2,
            TestCorrect = 1,
            TestCount = 2,
            RunningLoss = null,
            Parameters = 3,
            WeightsSha256 = new string('a', 64),
        };
        var text = JsonSerializer.Serialize(summary, RoteJson.Options);
        Assert.Equal(summary, JsonSerializer.Deserialize<RunSummary>(text, RoteJson.Options));
    }
}
