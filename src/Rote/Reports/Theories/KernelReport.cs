using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Theory.Kernels;

namespace Rote.Reports.Theories;

/// <summary>The page of <c>rote theory kernel</c>.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class KernelReport
{
    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(KernelResult result, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(result, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(KernelResult result, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage("Every label met, and it still generalizes", $"rote theory kernel · {result.Data}, {result.Features}");
        page.Lead(Html.Of($"{Lead(result)}"));
        foreach (var solution in result.Solutions.Where(s => !s.IsConverged))
        {
            page.Notice(Html.Of($"{NotReached(solution, result.Tolerance)}"));
        }

        page.Heading("solutions", "With and without a ridge");
        page.Paragraph(
            Html.Text(
                "Among all functions of the kernel's space that meet every training label, the interpolant is the one of least norm. It "
                    + "comes from one linear system, K α = Y: "
                    + "no training, no regularization, no choice of when to stop. A ridge gives up some of the labels for a smaller norm."
            )
        );
        page.Table(KernelTables.Solutions(result), wide: true);
        if (KernelTables.Paper(result) is { } paper)
        {
            page.Table(paper, wide: true);
        }
        else
        {
            page.Paragraph(Html.Of($"The paper has no number for {result.Data} with these features."));
        }

        page.Heading("converged", "Is it solved well enough?");
        page.Figure(
            "residuals",
            Residuals(result),
            Html.Text(
                "Relative residual, Frobenius norm, as the recursion of the conjugate gradients has it, after each product with the "
                    + "kernel matrix. A ridge makes the system easier."
            )
        );
        page.Table(KernelTables.Milestones(result));
        page.Heading("norms", "The norm does not explain it");
        page.Paragraph(
            Html.Text(
                "In the paper the norm of the interpolant of MNIST rises from about 220 on pixels to about 390 on Gabor wavelets, while "
                    + "the error halves. Norms of different features are sizes in different spaces: compare them with care."
            )
        );
        page.Table(KernelTables.Norms(result));
        if (KernelTables.Trials(result) is { } trials)
        {
            page.Heading("bandwidth", "The bandwidth");
            page.Table(trials);
        }

        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    /// <summary>A sentence about a solution that missed the tolerance.</summary>
    public static string NotReached(KernelSolution solution, double tolerance) =>
        $"{(solution.Ridge == 0 ? "The interpolant" : $"The solution with a ridge of {solution.Ridge:G4}")} has a residual of "
        + $"{solution.Residual:0.0e+0}, not the {tolerance:0.0e+0} that was asked for: "
        + "the kernel is too smooth for float32, or more products are needed.";

    private static string Lead(KernelResult result)
    {
        var interpolant = result.Solutions[0];
        var test = Numbers.PercentWithError(Estimate.Share(interpolant.TestWrong, result.Test));
        return interpolant.TrainWrong == 0
            ? $"A Gaussian kernel on {result.Description} meets all {Numbers.Count(result.Train)} training labels of {result.Data}. It "
                + $"gets {test} of the test examples wrong."
            : $"A Gaussian kernel on {result.Description}, solved for the {Numbers.Count(result.Train)} training labels of "
                + $"{result.Data}, gets {test} of the test examples wrong.";
    }

    private static LineChart Residuals(KernelResult result) =>
        new()
        {
            Title = "Residual after each product with the kernel matrix",
            Description = string.Join(" ", result.Solutions.Select(s => $"{Name(s)}: {s.Residual:0.0e+0} after {s.Iterations} products.")),
            X = new ChartAxis("Products with the kernel matrix"),
            Y = new ChartAxis("Residual, as a power of ten"),
            Lines =
            [
                .. result.Solutions.Select(
                    (s, i) =>
                        new ChartLine(Name(s), i, [.. s.Steps.Select(step => new ChartPoint(step.Iteration, Math.Log10(step.Residual)))])
                ),
            ],
        };

    private static string Name(KernelSolution solution) => solution.Ridge == 0 ? "no ridge" : $"ridge {solution.Ridge:G4}";
}
