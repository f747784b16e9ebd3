using System.Text.RegularExpressions;
using Rote.Reports.Theories;
using Rote.Tests.Support;
using Rote.Theory.Kernels;
using Rote.Theory.MinimumNorm;
using Rote.Theory.Representation;

namespace Rote.Tests.Reports.Theories;

public sealed partial class TheoryReportTests
{
    private static readonly (string, string)[] Provenance = [("Command", "./rote theory"), ("Rote", "0.1.0")];

    [Fact]
    public void The_tables() =>
        Snapshot.Verify(
            string.Join(
                "\n",
                new[]
                {
                    Theorem1Report.Create(Theorem()),
                    KernelTables.Solutions(Kernel()),
                    KernelTables.Milestones(Kernel()),
                    KernelTables.Norms(Kernel()),
                    KernelTables.Trials(Kernel())!,
                    KernelTables.Paper(Kernel())!,
                    MinimumNormReport.Create(Descent()),
                }.Select(table => table.ToText())
            ),
            "theory-tables"
        );

    [Fact]
    public void The_page_of_theorem_1() => Verify(Theorem1Report.ToHtml(Theorem(), Provenance), "theory-theorem1");

    [Fact]
    public void The_page_of_a_kernel() => Verify(KernelReport.ToHtml(Kernel(), Provenance), "theory-kernel");

    [Fact]
    public void The_page_of_the_minimum_norm() => Verify(MinimumNormReport.ToHtml(Descent(), Provenance), "theory-minimum-norm");

    [Fact]
    public void Data_that_the_paper_does_not_have_says_so()
    {
        var result = Kernel() with { Data = "fashion-mnist", Trials = [] };
        Assert.Null(KernelTables.Paper(result));
        Assert.Null(KernelTables.Trials(result));
        Assert.Contains("The paper has no number for fashion-mnist", KernelReport.ToHtml(result, Provenance), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_reached_is_a_notice()
    {
        var result = Kernel();
        var short1 = result with { Solutions = [result.Solutions[0] with { IsConverged = false, Residual = 0.02, TrainWrong = 3 }] };
        Assert.Contains(
            "The interpolant has a residual of 2.0e-2, not the 1.0e-4 that was asked for",
            KernelReport.ToHtml(short1, Provenance),
            StringComparison.Ordinal
        );
        Assert.Contains("(not reached)", KernelTables.Solutions(short1).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_point_has_no_neighbours() =>
        Assert.Contains(
            "With one point there are no neighbours",
            Theorem1Report.ToHtml(Theorem() with { SmallestGap = double.NaN }, Provenance),
            StringComparison.Ordinal
        );

    [Fact]
    public void Hostile_names_are_shown_and_not_obeyed()
    {
        const string Hostile = "<script>alert(1)</script>";
        Assert.DoesNotContain("<script", Theorem1Report.ToHtml(Theorem() with { Data = Hostile }, Provenance), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "<script",
            KernelReport.ToHtml(Kernel() with { Data = Hostile, ClassNames = [Hostile, "b"] }, Provenance),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<script", MinimumNormReport.ToHtml(Descent() with { Data = Hostile }, Provenance), StringComparison.Ordinal);
    }

    private static void Verify(string page, string name) => Snapshot.Verify(Style().Replace(page, "<style>…</style>"), name, "html");

    private static Theorem1Result Theorem() =>
        new()
        {
            Data = "dots",
            Examples = 51,
            Points = 50,
            Dimension = 12,
            Classes = 10,
            Draws = 1,
            SmallestGap = 1.25e-10,
            LargestWeight = 4.5e10,
            Computations =
            [
                new Computation("double-double", "sorted points, running sums", 50, 50, 2.6e-23),
                new Computation("float64", "forward pass, unit by unit", 50, 49, 0.75),
                new Computation("float32", "forward pass, unit by unit", 50, 3, double.PositiveInfinity),
            ],
            Seconds = (1, 2, 3),
        };

    private static KernelResult Kernel() =>
        new()
        {
            Data = "cifar10",
            Features = "patches",
            Description = "512 random filters",
            Dimension = 4096,
            Train = 1000,
            Test = 200,
            ClassNames = ["cat", "dog"],
            Gamma = 0.0125,
            Trials = [new BandwidthTrial(0.00625, null, 1000), new BandwidthTrial(0.0125, 250, 1000), new BandwidthTrial(0.025, 260, 1000)],
            Tolerance = 1e-4,
            Solutions = [Solution(0, 0, 44, 71.9), Solution(0.1, 1, 41, 45.3)],
            Rank = 250,
            Memory = 12_345_678,
            Seconds = (1, 2, 3),
        };

    private static KernelSolution Solution(double ridge, int trainWrong, int testWrong, double norm) =>
        new()
        {
            Ridge = ridge,
            Residual = 9.1e-5,
            LargestClassResidual = 1.2e-4,
            IsConverged = true,
            Iterations = 4,
            Restarts = 0,
            ClassNorms = [0.6 * norm, 0.8 * norm],
            TrainWrong = trainWrong,
            TestWrong = testWrong,
            Steps =
            [
                new SolverStep(1, 0.4, null),
                new SolverStep(2, 0.06, testWrong + 3),
                new SolverStep(3, 0.002, testWrong + 1),
                new SolverStep(4, 9.1e-5, testWrong),
            ],
            Seconds = 4.4,
        };

    private static MinimumNormResult Descent() =>
        new(
            "dots",
            20,
            108,
            4.5,
            1e-6,
            new Descent("zero", 0, [new DescentStep(0, 1, 1), new DescentStep(1, 0.1, 0.2), new DescentStep(9, 8e-7, 3e-7)]),
            new Descent("a random start", 0.9, [new DescentStep(0, 1.4, 1.3), new DescentStep(1, 0.95, 0.3), new DescentStep(9, 0.9, 4e-7)])
        );

    [GeneratedRegex("<style>.*</style>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Style();
}
