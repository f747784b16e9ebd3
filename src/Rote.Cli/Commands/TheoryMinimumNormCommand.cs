using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Reports.Theories;
using Rote.Tensors;
using Rote.Theory.MinimumNorm;

namespace Rote.Cli.Commands;

/// <summary><c>rote theory minimum-norm DATA</c>: which of many solutions SGD finds.</summary>
internal static class TheoryMinimumNormCommand
{
    private const int DefaultExamples = 200;

    private static readonly Argument<string> Data = TheoryCommand.Data();
    private static readonly Option<int?> Examples = TheoryCommand.Examples($"{DefaultExamples}");
    private static readonly Option<double> Tolerance = new("--tolerance")
    {
        Description = "Relative distance to the minimum-norm solution to descend to",
        DefaultValueFactory = _ => 1e-6,
        HelpName = "NUMBER",
    };
    private static readonly Option<long> Seed = TheoryCommand.Seed();
    private static readonly Option<string?> Report = TheoryCommand.Report();

    public static Command Create()
    {
        var command = new Command(
            "minimum-norm",
            "Run SGD on least squares with more weights than labels: from zero it finds the solution of least norm, from elsewhere "
                + "another one"
        )
        {
            Data,
            Examples,
            Tolerance,
            Seed,
            Report,
        };
        command.SetAction(Run);
        return TheoryCommand.OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var report = RunsCommand.File(parse.GetValue(Report));
        return TheoryCommand.Run(
            parse,
            Environment.ProcessorCount,
            (screen, shelf, progress, cancel) =>
            {
                using var data = TheoryCommand.Load(
                    parse,
                    screen,
                    shelf,
                    parse.GetValue(Data)!,
                    parse.GetValue(Examples) ?? DefaultExamples,
                    isCentred: false
                );
                var result = LeastSquaresDescent.Run(
                    data.Train.Provenance.Name,
                    data.Train,
                    parse.GetValue(Tolerance),
                    new Seeds(parse.GetValue(Seed)),
                    progress,
                    cancel
                );
                Print(parse, screen, result, data.Train.Provenance, report);
            }
        );
    }

    private static void Print(ParseResult parse, Screen screen, MinimumNormResult result, Provenance data, string? report)
    {
        screen.Line();
        screen.Table(MinimumNormReport.Create(result));
        if (report is not null)
        {
            MinimumNormReport.Write(result, TheoryCommand.Provenance(parse, data, ("Seed", $"{parse.GetValue(Seed)}")), report);
            screen.Line($"The page: {report}");
        }

        screen.Document(new MinimumNormDocument(result, report));
    }
}
