using Rote.Measurement;

namespace Rote.Studies.Frontiers;

/// <summary>Test accuracy against memorization for every tool.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Runs">What is finished.</param>
public sealed record Frontier(FrontierPlan Plan, IReadOnlyList<FrontierRun> Runs)
{
    /// <summary>Degrees at which tools are compared.</summary>
    public IReadOnlyList<double> Degrees => Plan.Targets;

    /// <summary>A tool's accuracy at a degree, over the seeds that have one.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="degree">One of <see cref="Degrees"/>.</param>
    /// <returns>Mean and error over seeds; with one seed the binomial error of its test examples; null where no run has the degree.</returns>
    public Estimate? At(FrontierTool tool, double degree)
    {
        var runs = Runs.Where(run => run.Cell.Tool == tool).ToArray();
        var found = tool.Kind != FrontierKind.Path
            ? runs.Where(run => run.Cell.Target == degree).Select(run => (run, accuracy: (double?)run.End.Accuracy))
            : runs.Select(run => (run, accuracy: run.StoppedAt(degree)));
        var known = found.Where(f => f.accuracy is not null).ToArray();
        return known.Length switch
        {
            0 => null,
            1 => Single(known[0].accuracy!.Value, known[0].run.Run.Summary.TestCount),
            _ => Estimate.Mean([.. known.Select(f => f.accuracy!.Value)]),
        };
    }

    /// <summary>The blunt tool that is best at a degree.</summary>
    /// <param name="degree">One of <see cref="Degrees"/>.</param>
    /// <returns>The tool and its accuracy; null where none has the degree.</returns>
    public (FrontierTool Tool, Estimate Accuracy)? BestBlunt(double degree)
    {
        var all = Plan.Tools.Where(tool => tool.Kind == FrontierKind.Path)
            .Select(tool => (tool, at: At(tool, degree))).Where(t => t.at is not null).OrderByDescending(t => t.at!.Value.Value).ToArray();
        return all.Length == 0 ? null : (all[0].tool, all[0].at!.Value);
    }

    private static Estimate Single(double accuracy, int tests) => Estimate.Share((long)Math.Round(accuracy * tests), tests);
}
