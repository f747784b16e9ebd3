using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Data;

namespace Rote.Audits.Review;

/// <summary>A reviewer's decision on a label.</summary>
public enum ReviewChoice
{
    /// <summary>Nothing: an earlier decision is taken back.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The label is right.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>It is wrong, and another class is right.</summary>
    [JsonStringEnumMemberName("change")]
    Change,

    /// <summary>It is wrong and so is every other class: the example belongs to none, or is damaged.</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>It was looked at and cannot be told.</summary>
    [JsonStringEnumMemberName("unsure")]
    Unsure,
}

/// <summary>One decision of one reviewer on one example: a line of <c>decisions.jsonl</c>.</summary>
public sealed record ReviewDecision
{
    /// <summary>The first twelve digits of the audit's identity.</summary>
    public required string Audit { get; init; }

    /// <summary>Which example, as <see cref="RowIdentity.File"/>.</summary>
    public required string File { get; init; }

    /// <summary>Which example, as <see cref="RowIdentity.Row"/>; null where the file is the example.</summary>
    public long? Row { get; init; }

    /// <summary>The class that it came with.</summary>
    public required string Label { get; init; }

    /// <summary>What the reviewer says.</summary>
    public required ReviewChoice Decision { get; init; }

    /// <summary>The right class, for <see cref="ReviewChoice.Change"/>; else null.</summary>
    public string? NewLabel { get; init; }

    /// <summary>Who says it.</summary>
    public required string Reviewer { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the example was shown as a control item: drawn at random, not for its suspicion.</summary>
    public bool Control { get; init; }

    /// <summary>Whether the line takes back the reviewer's last decision; the line then repeats the decision before it.</summary>
    public bool Undo { get; init; }

    /// <summary>As a line of the file.</summary>
    /// <returns>JSON without a line break.</returns>
    public string ToLine() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>Null if it is no decision: cut by a kill, or something else.</returns>
    public static ReviewDecision? Parse(string line)
    {
        try
        {
            var decision = JsonSerializer.Deserialize<ReviewDecision>(line, Options);
            return decision is not null && (decision.Decision == ReviewChoice.Change) == (decision.NewLabel is not null) ? decision : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Options = new(RoteJson.LineOptions)
    {
        // What a later version adds is passed over: the file is written by whoever reviews, and read by whoever comes after.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        Converters = { new JsonStringEnumConverter<ReviewChoice>(namingPolicy: null, allowIntegerValues: false) },
    };
}
