namespace Rote.Reports;

/// <summary>How tables are drawn as text.</summary>
public sealed record TextStyle
{
    /// <summary>Characters a line that captions and legends are wrapped to, at least 40. Default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 40.</exception>
    public int Width
    {
        get;
        init =>
            field = value >= 40 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A line has at least 40 characters.");
    } = 100;

    /// <summary>Whether a legend for every column follows a table. Default true.</summary>
    public bool Legends { get; init; } = true;

    /// <summary>Characters that a line of a table may have: headers and words are broken into several lines until it fits; numbers never
    /// are. Null, the default: any.</summary>
    public int? Edge { get; init; }

    /// <summary>What lines of text are wrapped to.</summary>
    internal int Line => Math.Max(40, Math.Min(Width, Edge ?? Width));
}
