using System.CommandLine;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Data.Encoders;

namespace Rote.Cli.Commands;

/// <summary><c>rote embed DATA --out FILE</c>: the vectors of a frozen encoder as a file.</summary>
internal static class EmbedCommand
{
    private static readonly string[] Splits = ["all", "train", "test"];

    private static readonly Argument<string> Data = new("DATA")
    {
        Description = "A catalog name ('rote data list' shows them) or the path of your own data",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description =
            "The file to write: .npy (an array of float32, one row an example) or .parquet (the columns file, row, label "
            + "and embedding), in "
            + "the order of the source",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Part = new("--split")
    {
        Description = $"Which examples: {string.Join(", ", Splits)}",
        HelpName = "SPLIT",
        DefaultValueFactory = _ => Splits[0],
    };

    private static readonly DataOptions OwnData = new(encoder: EncoderUse.Needed);

    public static Command Create()
    {
        var command = new Command("embed", "Write the vectors that a frozen encoder gives for a data set") { Data, Out, Part };
        command.SetAction(Run);
        return OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var path = parse.GetValue(Out)!;
        EmbeddingFile.RequireName(path);
        if (!Splits.Contains(parse.GetValue(Part)))
        {
            throw Nearest.Unknown("part of the data", parse.GetValue(Part)!, Splits);
        }

        using var interrupt = new Interrupt(
            screen,
            $"Interrupted; no file was written, and what was encoded is kept. Go on with: {CommandLine.Typed(parse)}"
        );
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            var spec = shelf.Find(parse.GetValue(Data)!, OwnData.Read(parse), OwnData.Encoder(parse));
            var data = shelf.Load(spec);
            using var vectors = parse.GetValue(Part) switch
            {
                "train" => data.Train.With(),
                "test" => data.Test.With(),
                _ => data.Joined(Split.Train),
            };
            EmbeddingFile.Write(path, vectors, spec.Encoder!);
            Print(screen, spec, vectors, Path.GetFullPath(path));
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static void Print(Screen screen, DataSpec spec, Dataset vectors, string path)
    {
        screen.Line($"{vectors.Count:N0} examples of {spec.Name}, {vectors.Width} numbers each, by {spec.Encoder!.Name}: {path}");
        screen.Document(new EmbedDocument(spec, vectors.Count, vectors.Width, path));
    }
}
