namespace Rote.Benchmarks.Fuzz;

/// <summary>A reader, and small sound files for it.</summary>
/// <param name="Name">What it is called in a report.</param>
/// <param name="Files">Content by path below the folder; at least one, all are mutated in turn.</param>
/// <param name="Read">Reads what lies in a folder; what it throws is judged.</param>
internal sealed record FuzzSubject(string Name, IReadOnlyList<(string Path, byte[] Content)> Files, Action<string> Read)
{
    /// <summary>Whether the reader is told of a failure by this exception, as its callers are.</summary>
    public Func<Exception, bool> IsOurs { get; init; } = error => error is RoteException;
}
