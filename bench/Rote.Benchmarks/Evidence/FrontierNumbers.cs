namespace Rote.Benchmarks.Evidence;

/// <summary>Single numbers of frontiers.</summary>
internal static class FrontierNumbers
{
    /// <summary>How many intervals of the held-out canaries hold what was asked, as "45 of 48".</summary>
    public static string Holds(IReadOnlyList<FrontierEvidence> files)
    {
        var runs = files.SelectMany(file => file.Dial).ToArray();
        return $"{runs.Count(run => run.HeldOut.Holds(run.Asked!.Value))} of {runs.Length}";
    }

    /// <summary>Mean distance of the steering canaries from what was asked, as "0.010".</summary>
    public static string Off(IReadOnlyList<FrontierEvidence> files) =>
        $"{files.SelectMany(file => file.Dial).Average(run => Math.Abs(run.Steering.Value - run.Asked!.Value)):0.000}";
}
