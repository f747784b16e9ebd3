using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Corruptions;
using Rote.Data;
using Rote.Reports.Theories;
using Rote.Tensors;
using Rote.Theory.Representation;

namespace Rote.Cli.Commands;

/// <summary><c>rote theory theorem1 DATA</c>: a network for any labels, written down.</summary>
internal static class TheoryTheorem1Command
{
    private static readonly Argument<string?> Data = new("DATA")
    {
        Description = "A catalog name ('rote data list' shows them) or the path of your own pictures or arrays; nothing with --generated",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Generated = new("--generated")
    {
        Description = "Instead of DATA: N random points of D bytes with random labels, drawn as they are needed and never held",
        HelpName = "NxD",
    };
    private static readonly Option<int> Classes = new("--classes")
    {
        Description = "Classes of generated points",
        DefaultValueFactory = _ => 1000,
        HelpName = "K",
    };

    private static readonly Option<string> Labels = new("--corruption")
    {
        Description = $"What the network is to represent: {string.Join(", ", CorruptionCatalog.Names)}",
        DefaultValueFactory = _ => "true-labels",
        HelpName = "NAME",
    };

    private static readonly Option<int?> Examples = TheoryCommand.Examples("all");
    private static readonly Option<long> Seed = TheoryCommand.Seed();
    private static readonly Option<string?> Report = TheoryCommand.Report();

    public static Command Create()
    {
        var command = new Command(
            "theorem1",
            "Write down a two-layer network of 2n + d weights that gives every training label, and see what each arithmetic makes of it"
        )
        {
            Data,
            Generated,
            Classes,
            Labels,
            Examples,
            Seed,
            Report,
        };
        command.SetAction(Run);
        return TheoryCommand.OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var report = RunsCommand.File(parse.GetValue(Report));
        var (name, generated, seeds) = (parse.GetValue(Data), parse.GetValue(Generated), new Seeds(parse.GetValue(Seed)));
        if (name is null == generated is null)
        {
            throw new InputException("theorem1 needs either DATA or --generated NxD, as --generated 100000x3072.");
        }

        var corruption = CorruptionCatalog.Find(parse.GetValue(Labels)!);
        return TheoryCommand.Run(
            parse,
            Environment.ProcessorCount,
            (screen, shelf, progress, cancel) =>
            {
                if (generated is not null)
                {
                    var (count, dimension) = Sizes(generated);
                    Print(
                        parse,
                        screen,
                        Theorem1.Represent(new GeneratedPoints(count, dimension, parse.GetValue(Classes), seeds), seeds, progress, cancel),
                        null,
                        report
                    );
                    return;
                }

                using var data = TheoryCommand.Load(parse, screen, shelf, name!, parse.GetValue(Examples));
                using var given = corruption.Apply(data, seeds);
                Print(
                    parse,
                    screen,
                    Theorem1.Represent(new ImagePoints(given.Images.Train), seeds, progress, cancel),
                    data.Train.Provenance,
                    report
                );
            }
        );
    }

    private static (int Count, int Dimension) Sizes(string text) =>
        text.Split('x') is [var n, var d] && int.TryParse(n, out var count) && int.TryParse(d, out var dimension)
            ? (count, dimension)
            : throw new InputException($"--generated is \"{text}\", expected points x numbers, as 100000x3072.");

    private static void Print(ParseResult parse, Screen screen, Theorem1Result result, Provenance? data, string? report)
    {
        screen.Line();
        screen.Table(Theorem1Report.Create(result));
        screen.Line(
            $"Projected in {result.Seconds.Projecting:F1} s, solved in {result.Seconds.Solving:F1} s, computed in three ways in "
                + $"{result.Seconds.Computing:F1} s."
        );
        if (report is not null)
        {
            var facts = ("Seed", $"{parse.GetValue(Seed)}");
            Theorem1Report.Write(
                result,
                TheoryCommand.Provenance(parse, data, facts, ("Labels", data is null ? "random" : parse.GetValue(Labels)!)),
                report
            );
            screen.Line($"The page: {report}");
        }

        screen.Document(
            new Theorem1Document
            {
                Data = result.Data,
                Examples = result.Examples,
                Points = result.Points,
                Dimension = result.Dimension,
                Classes = result.Classes,
                Weights = result.Weights,
                Draws = result.Draws,
                SmallestGap = Finite(result.SmallestGap),
                LargestWeight = result.LargestWeight,
                Computations =
                [
                    .. result.Computations.Select(c => new ComputationDocument(
                        c.Name,
                        c.How,
                        c.Points,
                        c.Right,
                        Finite(c.LargestResidual)
                    )),
                ],
                Seconds = new Theorem1Seconds(result.Seconds.Projecting, result.Seconds.Solving, result.Seconds.Computing),
                Report = report,
            }
        );
    }

    // JSON has no NaN and no infinity.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
