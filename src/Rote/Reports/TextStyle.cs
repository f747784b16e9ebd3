namespace Rote.Reports;

/// <summary>How tables are drawn as text.</summary>
public sealed record TextStyle
{
    /// <summary>Captions and legends are wrapped to this many characters, at least 40. Default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 40.</exception>
    public int Width
    {
        get;
        init =>
            field = value >= 40 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A line has at least 40 characters.");
    } = 100;

    /// <summary>Whether a legend for every column follows a table. Default true.</summary>
    public bool Legends { get; init; } = true;

    /// <summary>The most characters of a table's line. Headers and words are broken into several lines until it fits; numbers never are.
    /// Null, the default: no limit.</summary>
    public int? Edge { get; init; }

    /// <summary>The width that lines of text are wrapped to.</summary>
    internal int Line => Math.Max(40, Math.Min(Width, Edge ?? Width));
}
