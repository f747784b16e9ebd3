using System.CommandLine;
using System.Globalization;
using Rote.Cli.Displays;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Data.Formats;
using Rote.Evaluation;
using Rote.Reports.Evaluations;
using Rote.Storage;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary><c>rote evaluate RUN [DATA]</c>: predictions of a finished run's network for a data set, in numbers and example by
/// example.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> RunName = RunsCommand.Name();

    private static readonly Argument<string?> Data = new("DATA")
    {
        Description =
            "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables [default: the data the run "
            + "was trained on]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Part = new("--split")
    {
        Description =
            "test, train, held-out or all; of the run's own data train and held-out have the labels that it was given, with the true "
            + "ones beside them",
        DefaultValueFactory = _ => "test",
        HelpName = "SPLIT",
    };

    private static readonly Option<bool> Unlabelled = new("--unlabelled")
    {
        Description = "DATA has no labels: predict all of it, pictures in whatever folders, a table or an array of features alone",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = $"Folder for the predictions [default: {PredictionFiles.DefaultFolder} in the run's folder]",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Memorize = new("--memorize")
    {
        Description =
            "Degree of memorization to set first, of a run that was trained with --memorize adjustable [default: the run's network as it "
            + "was trained]",
        HelpName = "M",
    };

    private static readonly Option<bool> Overwrite = new("--overwrite")
    {
        Description = "Replace predictions that are already there and differ",
    };

    private static readonly Option<bool> Probabilities = new("--probabilities")
    {
        Description = "Also write every class's logit and probability",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Also write a page with the confusions and the surest errors",
        HelpName = "FILE.html",
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads to compute with [default: as in training, which repeats its numbers to the bit]",
        HelpName = "N",
    };

    private static readonly Option<string> Device = DeviceOption.Create();

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly DataOptions OwnData = new(ofTrainedNetwork: true, EncoderUse.AsTrained);

    public static Command Create()
    {
        var command = new Command(
            "evaluate",
            "Predict a data set with the network of a finished run: accuracy, confusions, and a table with every example"
        )
        {
            RunName,
            Data,
            Part,
            Unlabelled,
            Memorize,
            Output,
            Overwrite,
            Probabilities,
            Report,
            Runs,
            Device,
            Threads,
        };
        command.SetAction(Run);
        return OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var part = EvaluationParts.Find(parse.GetValue(Part)!);
        var report = RunsCommand.File(parse.GetValue(Report));
        var run = RunsCommand.Store(parse, Runs).Get(parse.GetValue(RunName)!).Finished();
        double? degree = parse.GetValue(Memorize) is { } asked ? TrainCommand.Degree(asked) : null;
        var output = FolderOf(parse.GetValue(Output), run, degree);
        TorchLibrary.Load();
        var device = DeviceOption.Resolve(parse.GetValue(Device)!);
        using var network = TrainedNetwork.Load(run, device: device, degree: degree);
        DeviceOption.Print(screen, device, run.Experiment.Data.Encoder is not null);
        using var interrupt = new Interrupt(screen, $"Interrupted; no predictions were written. Once more: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            if (parse.GetValue(Unlabelled))
            {
                return RunUnlabelled(parse, screen, network, output, report, interrupt.Token);
            }

            using var data = Examples(parse, screen, network, shelf, part);
            var evaluation = Predict(parse, screen, network, data, interrupt.Token);
            var files = PredictionFiles.Write(evaluation, output, parse.GetValue(Overwrite));
            if (report is not null)
            {
                EvaluationReport.Write(
                    evaluation,
                    data.Images,
                    Provenance(evaluation.Run, evaluation.Data, evaluation.Provenance, parse),
                    report
                );
            }

            EvaluateOutput.Print(screen, evaluation, files, report);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static int RunUnlabelled(
        ParseResult parse,
        Screen screen,
        TrainedNetwork network,
        string output,
        string? report,
        CancellationToken cancel
    )
    {
        if (CommandLine.Has(parse, Part))
        {
            throw new InputException("--unlabelled predicts all of DATA, and --split chooses a part; leave one out.");
        }

        using var data = EvaluateUnlabelled.Examples(
            screen,
            network,
            parse.GetValue(Data),
            OwnData.Read(parse),
            OwnData.HasFit(parse),
            EncoderOf(parse, network, OwnData),
            cancel
        );
        using var display = new EvaluateDisplay(screen, data.Images.Count, TimeProvider.System);
        var threads = parse.GetValue(Threads) ?? network.Run.Experiment.Threads;
        var evaluation = UnlabelledEvaluation.Of(network, data, threads, parse.GetValue(Probabilities), display, cancel);
        var files = PredictionFiles.Write(evaluation, output, parse.GetValue(Overwrite));
        if (report is not null)
        {
            UnlabelledReport.Write(evaluation, Provenance(evaluation.Run, evaluation.Data, evaluation.Provenance, parse), report);
        }

        EvaluateUnlabelled.Print(screen, evaluation, files, report);
        return ExitCode.Done;
    }

    private static EvaluationData Examples(
        ParseResult parse,
        Screen screen,
        TrainedNetwork network,
        DatasetCache shelf,
        EvaluationPart part
    )
    {
        var name = parse.GetValue(Data) ?? EvaluationData.NameOfOwn(network.Run.Experiment);
        if (DatasetLoader.IsCatalogName(name))
        {
            EvaluationData.RequireFit(network, name);
        }

        var spec = SpecOf(parse, network, shelf, name, OwnData);
        var whole = shelf.Load(spec);
        var data = EvaluationData.From(network, new NamedData(spec, whole), part);
        if (!data.IsOwn && part == EvaluationPart.Test && whole.Origin == SplitOrigin.SetAside)
        {
            screen.Line(
                $"{data.Name} has no test part of its own: the {data.Images.Count:N0} of its {whole.Train.Count + whole.Test.Count:N0} "
                    + "examples that a training would set apart are predicted; --split all takes all."
            );
        }

        return data;
    }

    /// <summary>The name of the user's data, read as the network's training data was unless an option says otherwise.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="network">The network.</param>
    /// <param name="shelf">Keeps what was read.</param>
    /// <param name="name">A catalog name or a path.</param>
    /// <param name="own">The options of the user's own data.</param>
    /// <param name="isItsData">Whether it has to be what the network was trained on.</param>
    internal static DataSpec SpecOf(
        ParseResult parse,
        TrainedNetwork network,
        DatasetCache shelf,
        string name,
        DataOptions own,
        bool isItsData = false
    )
    {
        var options = own.Read(parse);
        var taken = DatasetLoader.OptionsOf(name);
        if (taken.HasFlag(ReaderOptions.Pictures))
        {
            options = network.ReadAsTrained(options, own.HasFit(parse), isItsData);
        }

        if (options is { Labels: null, LabelColumn: null } && taken.HasFlag(ReaderOptions.Columns))
        {
            options = options with { LabelColumn = network.LabelColumnFor(taken) };
        }

        if (taken.HasFlag(ReaderOptions.Columns))
        {
            options = network.ReadColumnsAsTrained(options);
        }

        return shelf.Find(name, options, EncoderOf(parse, network, own));
    }

    /// <summary>The encoder of the network's training, by name or by the file that the user gives.</summary>
    /// <exception cref="InputException">It is a file, and none is given; or the network was trained without one, or with
    /// another.</exception>
    private static string? EncoderOf(ParseResult parse, TrainedNetwork network, DataOptions own)
    {
        var (run, trained) = (Path.GetFileName(network.Run.Folder), network.Run.Experiment.Data.Encoder);
        if (!own.HasEncoder(parse))
        {
            return trained is null || EncoderCatalog.Names.Contains(trained.Name.Split('=')[0])
                ? trained?.Name
                : throw new InputException(
                    $"The network of {run} was trained on vectors of {trained.Name}, and a run does not keep where that lies; give "
                        + $"the file "
                        + $"with --embed."
                );
        }

        return (own.Encoder(parse), trained) switch
        {
            (null, not null) => throw new InputException(
                $"The network of {run} was trained on vectors of {trained.Name}; leave out --embed none."
            ),
            (not null, null) => throw new InputException($"The network of {run} was trained without an encoder; leave out --embed."),
            var (asked, _) => asked,
        };
    }

    private static NetworkEvaluation Predict(
        ParseResult parse,
        Screen screen,
        TrainedNetwork network,
        EvaluationData data,
        CancellationToken cancel
    )
    {
        using var display = new EvaluateDisplay(screen, data.Images.Count, TimeProvider.System);
        var threads = parse.GetValue(Threads) ?? network.Run.Experiment.Threads;
        return NetworkEvaluation.Of(network, data, threads, parse.GetValue(Probabilities), display, cancel);
    }

    private static IReadOnlyList<(string Name, string Value)> Provenance(
        FinishedRun run,
        string data,
        Provenance provenance,
        ParseResult parse
    )
    {
        var experiment = run.Experiment;
        return
        [
            ("Command", CommandLine.Of(parse)),
            ("Run", run.Folder),
            ("Experiment", run.Summary.Experiment),
            ("Weights SHA-256", run.Summary.WeightsSha256),
            ("Trained on", experiment.Data.Name),
            ("Recipe", $"{experiment.Recipe.Describe()}, {Wording.Count(run.Summary.Epochs, "epoch")}, seed {experiment.Seed}"),
            ("Data", $"{data}, from {provenance.Source}"),
            ("Data SHA-256", provenance.Sha256),
            ("Threads", $"{parse.GetValue(Threads) ?? experiment.Threads}"),
            .. MachineFacts.Now(),
        ];
    }

    private static string FolderOf(string? path, FinishedRun run, double? degree) =>
        path switch
        {
            null => Path.Combine(run.Folder, PredictionFiles.DefaultFolder)
                + (degree is { } asked ? string.Create(CultureInfo.InvariantCulture, $"-m{asked}") : ""),
            "" => throw new InputException("--output is empty, expected a folder."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                "--output holds a character that no folder's name has."
            ),
            _ when File.Exists(path) => throw new InputException($"--output is {path}, which is a file; expected a folder."),
            _ => Path.GetFullPath(path),
        };
}
