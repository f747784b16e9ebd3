using System.CommandLine;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Evaluation;
using Rote.Features;
using Rote.Reports.Features;
using Rote.Storage;
using Rote.Studies.Features;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote features RUN [RUN…]</c>: what the layers of a finished run's network have become, beside the same network untrained and
/// on random labels.</summary>
internal static class FeaturesCommand
{
    private static readonly Argument<string[]> Names = new("RUN")
    {
        Description =
            "The run to look into, as for 'rote runs'; then others on the same data to compare with it [default: of the runs that "
            + "are there the one on random labels, and one of another seed]",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The path of your own data that the run was trained on [default: the catalog's, by the run's name for it]",
        HelpName = "DATA",
    };

    private static readonly Option<int> Examples = new("--examples")
    {
        Description = "Number of training and of test examples, 40 to 20000; fewer if the data has fewer",
        DefaultValueFactory = _ => new FeatureOptions().Examples,
        HelpName = "N",
    };

    private static readonly Option<bool> CodeLength = new("--code-length")
    {
        Description =
            "Also measure in how many bits the labels can be said, which takes as long as training the run again, and once more "
            + "on random labels",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = $"Folder for the page and {FeaturesFile.Name} [default: {FeaturesFile.DefaultFolder} in the run's folder]",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads to compute with [default: as in training]",
        HelpName = "N",
    };

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly DataOptions OwnData = new(ofTrainedNetwork: true, EncoderUse.AsTrained);

    public static Command Create()
    {
        var command = new Command(
            "features",
            "Show what the layers of a finished run's network have become, beside the same network untrained and on random labels"
        )
        {
            Names,
            Data,
            Examples,
            CodeLength,
            Output,
            Runs,
            Threads,
        };
        command.SetAction(Run);
        return OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var options = new FeatureOptions
        {
            Examples = parse.GetValue(Examples),
            CodeLength = parse.GetValue(CodeLength),
            Threads = parse.GetValue(Threads),
        };
        var store = RunsCommand.Store(parse, Runs);
        var names = parse.GetRequiredValue(Names);
        var run = store.Get(names[0]).Finished();
        IReadOnlyList<FinishedRun> others =
            names.Length > 1 ? [.. names.Skip(1).Select(name => store.Get(name).Finished())] : FeatureTwins.Among(run, store.All());
        var folder = FolderOf(parse.GetValue(Output), run);
        TorchLibrary.Load();
        using var interrupt = new Interrupt(screen, $"Interrupted; nothing was written. Once more: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            var spec = SpecOf(parse, run, shelf);
            using var display = new FeaturesDisplay(screen, TimeProvider.System);
            var result = RunFeatures.Of(run, others, _ => shelf.Load(spec), options, display, interrupt.Token);
            Print(screen, result, run, others, folder, parse);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    /// <summary>The data of the run: by its name, or where the user says that it lies.</summary>
    private static DataSpec SpecOf(ParseResult parse, FinishedRun run, DatasetCache shelf)
    {
        using var network = TrainedNetwork.Load(run);
        var trained = run.Experiment.Data.Whole();
        var name = parse.GetValue(Data) ?? NameOfOwn(run);
        var found = EvaluateCommand.SpecOf(parse, network, shelf, name, OwnData, isOwn: true);
        return found == trained
            ? found
            : throw new InputException(
                $"The run {Path.GetFileName(run.Folder)} was trained on other data than {name}: features are measured on a run's own "
                    + $"examples; give what it was trained on with --data."
            );
    }

    private static string NameOfOwn(FinishedRun run) =>
        run.Experiment.Data.Sha256 is null
            ? run.Experiment.Data.Name
            : throw new InputException(
                $"The run {Path.GetFileName(run.Folder)} was trained on your own data {run.Experiment.Data.Name}, and a run "
                    + $"does not keep where "
                    + $"that lies; give its path with --data."
            );

    private static void Print(
        Screen screen,
        FeaturesResult result,
        FinishedRun run,
        IReadOnlyList<FinishedRun> others,
        string folder,
        ParseResult parse
    )
    {
        var signs = FeatureSigns.In(result);
        var (page, file) = (Path.Combine(folder, FeaturesFile.PageName), Path.Combine(folder, FeaturesFile.Name));
        var json = FeaturesFile.ToJson(result, signs, CommandLine.Of(parse));
        AtomicFile.WriteText(file, json);
        AtomicFile.WriteText(page, FeaturesReport.ToHtml(result, signs, Provenance(run, others, parse)));
        screen.Line();
        foreach (var sentence in FeatureWords.Summary(result))
        {
            screen.Line(sentence);
        }

        screen.Line();
        screen.Table(FeatureTables.Layers(result));
        screen.Table(FeatureTables.Networks(result));
        screen.Table(FeatureTables.FirstLayers(result));
        foreach (var table in new[] { FeatureTables.KnockOuts(result), FeatureTables.Codes(result) })
        {
            if (table is not null)
            {
                screen.Table(table);
            }
        }

        foreach (var note in result.Notes)
        {
            screen.Line(note);
        }

        screen.Line($"Every number: {file}");
        screen.Line($"The page: {page}");
        using var document = System.Text.Json.JsonDocument.Parse(json);
        screen.Document(document.RootElement);
    }

    private static IReadOnlyList<(string Name, string Value)> Provenance(
        FinishedRun run,
        IReadOnlyList<FinishedRun> others,
        ParseResult parse
    ) =>
        [
            ("Command", CommandLine.Of(parse)),
            ("Run", run.Folder),
            ("Experiment", run.Summary.Experiment),
            ("Weights SHA-256", run.Summary.WeightsSha256),
            ("Beside it", others.Count == 0 ? "none" : string.Join(", ", others.Select(other => Path.GetFileName(other.Folder)))),
            ("Recipe", $"{run.Experiment.Recipe.Describe()}, {Wording.Count(run.Summary.Epochs, "epoch")}, seed {run.Experiment.Seed}"),
            ("Threads", $"{parse.GetValue(Threads) ?? run.Experiment.Threads}"),
            .. MachineFacts.Now(),
        ];

    private static string FolderOf(string? path, FinishedRun run) =>
        path switch
        {
            null => Path.Combine(run.Folder, FeaturesFile.DefaultFolder),
            "" => throw new InputException("--output is empty, expected a folder."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                "--output holds a character that no folder's name has."
            ),
            _ when File.Exists(path) => throw new InputException($"--output is {path}, which is a file; expected a folder."),
            _ => Path.GetFullPath(path),
        };
}
