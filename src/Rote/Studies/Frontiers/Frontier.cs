using Rote.Measurement;

namespace Rote.Studies.Frontiers;

/// <summary>Test accuracy against memorization for every tool.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Runs">The finished runs.</param>
public sealed record Frontier(FrontierPlan Plan, IReadOnlyList<FrontierRun> Runs)
{
    /// <summary>Privacy against memorization, one per tool that was attacked; empty if none was.</summary>
    public IReadOnlyList<FrontierAttack> Attacks { get; init; } = [];

    /// <summary>Degrees at which tools are compared.</summary>
    public IReadOnlyList<double> Degrees => Plan.Targets;

    /// <summary>Returns a tool's test accuracy at a degree.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="degree">One of <see cref="Degrees"/>.</param>
    /// <returns>
    /// Mean and error over seeds; with one seed the binomial error of its test examples. Null if the runs that targeted the degree miss it
    /// by more than <see cref="FrontierRun.Slack"/> on average, or if two networks with a gate cannot be set to it. For a tool without a
    /// target, null if any run has no epoch that near: a mean over the other runs would represent only the seeds that suit the tool.
    /// </returns>
    public Estimate? At(FrontierTool tool, double degree)
    {
        var runs = Runs.Where(run => run.Cell.Tool == tool && (!tool.HasTargets || run.Cell.Target == degree)).ToArray();
        var accuracies =
            tool.Kind == FrontierKind.Path ? [.. runs.Select(run => run.StoppedAt(degree)).OfType<double>()]
            : tool.Kind == FrontierKind.Adjustable ? [.. runs.Select(run => run.SetTo(degree)).OfType<double>()]
            : runs.Length > 0 && Math.Abs(runs.Average(run => run.End.Memorization) - degree) <= FrontierRun.Slack
                ? runs.Select(run => run.End.Accuracy).ToArray()
            : [];
        return accuracies.Length == 0 || accuracies.Length < runs.Length ? null
            : accuracies.Length == 1 ? Single(accuracies[0], runs[0].Run.Summary.TestCount)
            : Estimate.Mean(accuracies);
    }

    /// <summary>Finds the best blunt tool at a degree.</summary>
    /// <param name="degree">One of <see cref="Degrees"/>.</param>
    /// <returns>The tool and its accuracy; null if no blunt tool reaches the degree.</returns>
    public (FrontierTool Tool, Estimate Accuracy)? BestBlunt(double degree)
    {
        var all = Plan
            .Tools.Where(tool => tool.Kind == FrontierKind.Path)
            .Select(tool => (tool, at: At(tool, degree)))
            .Where(t => t.at is not null)
            .OrderByDescending(t => t.at!.Value.Value)
            .ToArray();
        return all.Length == 0 ? null : (all[0].tool, all[0].at!.Value);
    }

    private static Estimate Single(double accuracy, int tests) => Estimate.Share((long)Math.Round(accuracy * tests), tests);
}
