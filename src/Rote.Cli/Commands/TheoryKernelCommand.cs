using System.CommandLine;
using System.Globalization;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Reports.Theories;
using Rote.Tensors;
using Rote.Theory.Kernels;

namespace Rote.Cli.Commands;

/// <summary><c>rote theory kernel DATA</c>: every training label met by a kernel, and what that does to new examples.</summary>
internal static class TheoryKernelCommand
{
    // The author's for MNIST, as his code has it; Fashion-MNIST's pictures are of the same kind.
    private const double MnistGamma = 0.02;

    private static readonly Argument<string> Data = TheoryCommand.Data();

    private static readonly Option<string> Gamma = new("--gamma")
    {
        Description =
            $"Bandwidth: the kernel is exp(-gamma * squared distance); auto is {MnistGamma} for the pixels of mnist and fashion-mnist, "
            + $"else chosen by cross-validation",
        DefaultValueFactory = _ => "auto",
        HelpName = "NUMBER",
    };

    private static readonly Option<string> Features = new("--features")
    {
        Description = $"What a picture is to the kernel: {string.Join(", ", KernelOptions.FeatureNames)}",
        DefaultValueFactory = _ => "pixels",
        HelpName = "NAME",
    };
    private static readonly Option<int> Filters = new("--filters")
    {
        Description = "Random filters of --features patches; the paper has 32000, which takes hours",
        DefaultValueFactory = _ => 512,
        HelpName = "N",
    };
    private static readonly Option<string> Ridge = new("--ridge")
    {
        Description = "Ridges to compare with, as 0.1,1; or none",
        DefaultValueFactory = _ => "0.1,1",
        HelpName = "LIST",
    };
    private static readonly Option<double> Tolerance = new("--tolerance")
    {
        Description = "Relative residual to solve to, in the Frobenius norm",
        DefaultValueFactory = _ => 1e-4,
        HelpName = "NUMBER",
    };
    private static readonly Option<int?> Examples = TheoryCommand.Examples("all");
    private static readonly Option<long> Seed = TheoryCommand.Seed();
    private static readonly Option<int> Threads = CommonOptions.Threads();
    private static readonly Option<string?> Report = TheoryCommand.Report();

    public static Command Create()
    {
        var command = new Command(
            "kernel",
            "Interpolate all training labels with a Gaussian kernel, without regularization, and beside it with a ridge: test errors, "
                + "norms, residuals"
        )
        {
            Data,
            Gamma,
            Features,
            Filters,
            Ridge,
            Tolerance,
            Examples,
            Seed,
            Threads,
            Report,
        };
        command.SetAction(Run);
        return TheoryCommand.OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var report = RunsCommand.File(parse.GetValue(Report));
        var name = parse.GetValue(Data)!;
        var options = new KernelOptions
        {
            Features = parse.GetValue(Features)!,
            Gamma = GammaOf(parse.GetValue(Gamma)!, name, parse.GetValue(Features)!),
            Filters = parse.GetValue(Filters),
            Ridges = RidgesOf(parse.GetValue(Ridge)!),
            Tolerance = parse.GetValue(Tolerance),
        };
        return TheoryCommand.Run(
            parse,
            parse.GetValue(Threads),
            (screen, shelf, progress, cancel) =>
            {
                using var data = TheoryCommand.Load(parse, screen, shelf, name, parse.GetValue(Examples));
                var result = KernelInterpolation.Run(
                    data.Train.Provenance.Name,
                    data,
                    options,
                    new Seeds(parse.GetValue(Seed)),
                    progress,
                    cancel
                );
                Print(parse, screen, result, data.Train.Provenance, report);
            }
        );
    }

    private static double? GammaOf(string text, string data, string features) =>
        text switch
        {
            "auto" => features == "pixels" && data is ("mnist" or "fashion-mnist") ? MnistGamma : null,
            _ => Number("--gamma", text),
        };

    private static double[] RidgesOf(string text) => text == "none" ? [] : [.. text.Split(',').Select(part => Number("--ridge", part))];

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException(
                $"{option} is \"{text}\", expected a number{(option == "--gamma" ? " or auto" : ", several of them with commas, or none")}."
            );

    private static void Print(ParseResult parse, Screen screen, KernelResult result, Provenance data, string? report)
    {
        screen.Line();
        if (KernelTables.Trials(result) is { } trials)
        {
            screen.Table(trials);
        }

        screen.Table(KernelTables.Solutions(result));
        screen.Table(KernelTables.Milestones(result));
        if (KernelTables.Paper(result) is { } paper)
        {
            screen.Table(paper);
        }

        foreach (var solution in result.Solutions.Where(s => !s.IsConverged))
        {
            screen.Line(KernelReport.NotReached(solution, result.Tolerance));
        }

        screen.Line(
            $"Kernel matrix in {result.Seconds.Gram:F0} s, preconditioner of rank {result.Rank:N0} in {result.Seconds.Preconditioner:F0} "
                + $"s; {result.Memory / 1e9:F1} GB foreseen."
        );
        if (report is not null)
        {
            KernelReport.Write(
                result,
                TheoryCommand.Provenance(parse, data, ("Seed", $"{parse.GetValue(Seed)}"), ("Threads", $"{parse.GetValue(Threads)}")),
                report
            );
            screen.Line($"The page: {report}");
        }

        screen.Document(
            new KernelDocument
            {
                Data = result.Data,
                Features = result.Features,
                Description = result.Description,
                Dimension = result.Dimension,
                Train = result.Train,
                Test = result.Test,
                Gamma = result.Gamma,
                Trials = result.Trials,
                Tolerance = result.Tolerance,
                Solutions = result.Solutions,
                Rank = result.Rank,
                Memory = result.Memory,
                Seconds = new KernelSeconds(result.Seconds.Bandwidth, result.Seconds.Gram, result.Seconds.Preconditioner),
                Report = report,
            }
        );
    }
}
