namespace Rote.Pages.Runs;

/// <summary>An item below the folder, as the page lists it. Equal records are not sent twice.</summary>
internal sealed record Item
{
    /// <summary>Its name in requests: its path below the folder. For a waiting run, the path of its set with a number.</summary>
    public required string Id { get; init; }

    /// <summary><c>run</c>, <c>audit</c>, <c>set</c>, <c>frontier</c> or <c>page</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the folder or file, or the title of a page.</summary>
    public required string Name { get; init; }

    /// <summary>Its parent folder, below the served one; empty for the served folder itself.</summary>
    public required string Place { get; init; }

    /// <summary><c>finished</c>, <c>training</c>, <c>elsewhere</c>, <c>waiting</c>, <c>failed</c>, <c>interrupted</c> or <c>damaged</c>;
    /// null for a page.</summary>
    public string? State { get; init; }

    /// <summary>One sentence about it.</summary>
    public string? Note { get; init; }

    /// <summary>The machine whose process works on it.</summary>
    public string? Host { get; init; }

    public string? Data { get; init; }
    public string? Network { get; init; }
    public string? Corruption { get; init; }
    public string? Control { get; init; }
    public long? Seed { get; init; }

    /// <summary>Completed epochs, and the most epochs there can be.</summary>
    public int? Epoch { get; init; }
    public int? Epochs { get; init; }

    /// <summary>The last known accuracies, as shares.</summary>
    public double? Train { get; init; }
    public double? Test { get; init; }

    /// <summary>The loss in nats.</summary>
    public double? Loss { get; init; }

    /// <summary>m on steering canaries while the run trains, on held-out canaries once it is finished.</summary>
    public double? Memorization { get; init; }

    /// <summary>The ends of its 95 % interval; null while the run trains.</summary>
    public double? Low { get; init; }
    public double? High { get; init; }

    /// <summary>The degree that the dial was asked for.</summary>
    public double? Asked { get; init; }

    /// <summary>The time of its last change, in seconds since 1970.</summary>
    public long? Updated { get; init; }

    /// <summary>For a set: the number of its runs in each state. For an audit: its networks.</summary>
    public int? Total { get; init; }
    public int? Finished { get; init; }
    public int? Training { get; init; }
    public int? Failed { get; init; }

    /// <summary>For a page: what it belongs to.</summary>
    public string? Owner { get; init; }
}
