using Rote.Measurement;
using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>Says in words what a frontier shows.</summary>
internal static class FrontierWords
{
    private const double Errors = 2; // standard errors a difference needs: of six pairs of equals, two would differ by more than one

    /// <summary>Says where the dial is above the best blunt tool, where below, and where no difference is visible; of one training for
    /// every degree where the dial is not among the tools.</summary>
    public static string Compare(Frontier frontier)
    {
        var own =
            frontier.Plan.Tools.FirstOrDefault(tool => tool.Kind == FrontierKind.Dial)
            ?? frontier.Plan.Tools.FirstOrDefault(tool => tool.Kind == FrontierKind.Adjustable);
        if (own is null)
        {
            return "The dial is not among the tools.";
        }

        var compared = frontier
            .Degrees.Select(degree => (degree, own: frontier.At(own, degree), blunt: frontier.BestBlunt(degree)))
            .Where(c => c is { own: not null, blunt: not null })
            .Select(c => (c.degree, difference: c.own!.Value.Minus(c.blunt!.Value.Accuracy), c.blunt.Value.Tool))
            .ToArray();
        var subject = own.HasTargets ? "The dial" : "One training for every degree";
        if (compared.Length == 0)
        {
            return frontier.Plan.Tools.Any(tool => tool.Kind == FrontierKind.Path)
                ? "No blunt tool reaches one of these degrees."
                : $"{subject}; no blunt tool is beside it.";
        }

        return string.Join(
            " ",
            new[]
            {
                Part(
                    $"{subject} is above the best blunt tool at",
                    compared.Where(c => c.difference.Value > Errors * c.difference.StandardError)
                ),
                Part("It is below it at", compared.Where(c => c.difference.Value < -Errors * c.difference.StandardError)),
                Part(
                    "No difference beyond two standard errors at",
                    compared.Where(c => !(Math.Abs(c.difference.Value) > Errors * c.difference.StandardError))
                ),
            }.Where(part => part.Length > 0)
        );

        static string Part(string begin, IEnumerable<(double Degree, Estimate Difference, FrontierTool Tool)> some)
        {
            var items = some.Select(c => $"m {Numbers.Degree(c.Degree)} ({Points(c.Difference)}, {c.Tool.Title})").ToArray();
            return items.Length == 0 ? "" : $"{begin} {string.Join(", ", items)}.";
        }
    }

    /// <summary>Says how well the dial met its targets; empty where the dial is not among the tools.</summary>
    public static string Targets(Frontier frontier)
    {
        var runs = frontier.Runs.Where(run => run.Cell.Tool.Kind == FrontierKind.Dial).ToArray();
        if (runs.Length == 0)
        {
            return "";
        }

        var held = runs.Count(run => run.HeldOut.Interval is var (low, high) && low <= run.Cell.Target && run.Cell.Target <= high);
        var off = runs.Average(run => Math.Abs(run.End.Memorization - run.Cell.Target!.Value));
        var truths = runs.Where(run => run.TrueMemorization is not null)
            .Select(run => Math.Abs(run.TrueMemorization!.Value - run.HeldOut.Value))
            .ToArray();
        var words =
            $"On the canaries that steered it the dial ended {off:F3} from what was asked for on average; the interval on the held-out "
            + $"canaries held it in {held} of {runs.Length} runs.";
        return truths.Length == 0
            ? words
            : $"{words} Memorization of the data's own wrong labels differed from that on those canaries by {truths.Average():F3} on "
                + $"average.";
    }

    private static string Points(Estimate difference) =>
        $"{100 * difference.Value:+0.0;-0.0} ± {100 * difference.StandardError:0.0} points";
}
