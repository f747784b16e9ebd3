namespace Rote.Pages.Runs;

/// <summary>Something below the folder, as the page lists it. Equal records are not sent twice.</summary>
internal sealed record Item
{
    /// <summary>What it is called in requests: its path below the folder; for a run that waits that of its set with a number.</summary>
    public required string Id { get; init; }

    /// <summary><c>run</c>, <c>audit</c>, <c>set</c>, <c>frontier</c> or <c>page</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the folder or file, or the title of a page.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that it lies in, below the served one; empty: that one itself.</summary>
    public required string Place { get; init; }

    /// <summary><c>finished</c>, <c>training</c>, <c>elsewhere</c>, <c>waiting</c>, <c>failed</c>, <c>interrupted</c> or <c>damaged</c>;
    /// null for a page.</summary>
    public string? State { get; init; }

    /// <summary>One sentence on it.</summary>
    public string? Note { get; init; }

    /// <summary>Where a process works on it.</summary>
    public string? Host { get; init; }

    public string? Data { get; init; }
    public string? Network { get; init; }
    public string? Corruption { get; init; }
    public string? Control { get; init; }
    public long? Seed { get; init; }

    /// <summary>Epochs completed, and how many there are at most.</summary>
    public int? Epoch { get; init; }
    public int? Epochs { get; init; }

    /// <summary>The last ones known, as shares.</summary>
    public double? Train { get; init; }
    public double? Test { get; init; }

    /// <summary>Nats.</summary>
    public double? Loss { get; init; }

    /// <summary>m on steering canaries while it trains, on held-out ones once it is finished.</summary>
    public double? Memorization { get; init; }

    /// <summary>The ends of its interval at 95 %; null while it trains.</summary>
    public double? Low { get; init; }
    public double? High { get; init; }

    /// <summary>The degree that the dial was asked for.</summary>
    public double? Asked { get; init; }

    /// <summary>When it last changed, in seconds since 1970.</summary>
    public long? Updated { get; init; }

    /// <summary>Of a set: how many of its runs are in which state. Of an audit: its networks.</summary>
    public int? Total { get; init; }
    public int? Finished { get; init; }
    public int? Training { get; init; }
    public int? Failed { get; init; }

    /// <summary>Of a page: what it belongs to.</summary>
    public string? Owner { get; init; }
}
