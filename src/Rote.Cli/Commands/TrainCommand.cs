using System.CommandLine;
using System.Globalization;
using Rote.Cli.Clusters;
using Rote.Cli.Displays;
using Rote.Cli.Help;
using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Recipes;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Cli.Commands;

/// <summary><c>rote train DATA</c>: one network on one data set, with every part of the recipe as an option.</summary>
internal static class TrainCommand
{
    private const string Auto = "auto";
    private const string Adjustable = "adjustable";

    private static readonly Argument<string> Data = new("DATA")
    {
        Description = "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables",
    };

    private static readonly DataOptions OwnData = new();

    private static readonly ClusterOptions Cluster = new(JobKind.Runs);

    private static readonly Option<string> Network = new("--network")
    {
        Description =
            $"auto, {string.Join(", ", NetworkCatalog.Names)}, or mlp-A-B-… for other widths; auto is resnet for pictures of 8×8 pixels "
            + $"and more, else mlp-1x512",
        DefaultValueFactory = _ => Auto,
    };

    private static readonly Option<double> Dropout = new("--dropout")
    {
        Description = "Share of hidden values dropped in training, 0 to below 1",
        HelpName = "X",
    };

    private static readonly Option<string> Corruption = new("--corruption")
    {
        Description = $"What to destroy in the data first: {string.Join(", ", CorruptionCatalog.Names)}",
        DefaultValueFactory = _ => CorruptionCatalog.Names[0],
    };

    private static readonly Option<string?> Memorize = new("--memorize")
    {
        Description =
            "Degree of memorization to reach, 0 to 1: the share of planted wrong labels that the network fits, held there by feedback "
            + "and certified; auto tries "
            + $"{string.Join(", ", TrainDegrees.Tried)} and keeps the best on examples held out; adjustable trains once for every degree",
        HelpName = "M",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "End with exit code 1 if the degree asked for is not certified",
    };

    private static readonly Option<bool> Baseline = new("--baseline")
    {
        Description =
            "With --memorize, also train without the dial: the same canaries and epochs, the phases of a dial at 1, and every label "
            + "believed",
    };

    private static readonly Option<bool> Strip = new("--strip-canaries")
    {
        Description =
            "With --memorize, train a little longer to take the planted labels out again, and say what changes; the network without them "
            + "is in the run's folder, below stripped",
    };

    private static readonly Option<bool> Watch = new("--watch-memorization")
    {
        Description = "Plant canaries and read memorization after every evaluation, without steering it",
    };

    private static readonly Option<int?> Examples = new("--examples")
    {
        Description = "Train on the first N examples [default: all]",
        HelpName = "N",
    };

    private static readonly Option<int?> TestExamples = new("--test-examples")
    {
        Description = "Test on the first N examples [default: all]",
        HelpName = "N",
    };

    private static readonly Option<string> Crop = new("--crop")
    {
        Description = "Side of the centre crop that the network sees, auto or none; auto is the paper's 28 for its networks",
        DefaultValueFactory = _ => Auto,
    };

    private static readonly Option<long> Seed = new("--seed") { Description = "Source of all randomness", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Train N times, with seeds that count up from --seed",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Processes that train several seeds at the same time [default: as many as the cores allow]",
        HelpName = "N",
    };

    private static readonly Option<string> Precision = CommonOptions.Precision(hasDevice: true);

    private static readonly Option<string> Device = DeviceOption.Create();

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description =
            "Threads a run computes with; other numbers give other last bits [default: all cores for one run, 1 for each of several]",
        HelpName = "N",
    };

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly Option<bool> TensorBoard = new("--tensorboard")
    {
        Description = "Also keep an event file for TensorBoard in the run's folder",
    };

    public static Command Create()
    {
        var command = new Command("train", "Train a network on a data set; stop at any time and go on with the same command")
        {
            Data,
            Memorize,
            Check,
            Baseline,
            Strip,
            Watch,
            Network,
            Corruption,
            Examples,
            TestExamples,
            Crop,
            Seed,
            Seeds,
            Workers,
        };
        foreach (var option in RecipeOptions.All)
        {
            command.Add(HelpGroups.Put(option, HelpGroups.Recipe));
        }

        foreach (var option in CanaryOptions.All.Concat([Dropout, Device, Precision, Threads, Runs, TensorBoard]))
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return Cluster.AddTo(OwnData.AddTo(command));
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var cluster = RequireKnown(parse);
        var typed = CommandLine.Typed(parse);
        using var interrupt = new Interrupt(
            screen,
            cluster is null ? $"Interrupted; the run is kept. Go on with: {typed}" : SetRunner.Farewell(typed)
        );
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            var spec = shelf.Find(parse.GetValue(Data)!, OwnData.Read(parse), OwnData.Encoder(parse));
            var store = new RunStore(parse.GetValue(Runs)!, TimeProvider.System) { TensorBoard = parse.GetValue(TensorBoard) };
            var device = DeviceOption.Resolve(parse.GetValue(Device)!, cluster); // first: reading data takes a while
            var data = shelf.Load(spec);
            var experiment = Experiment(
                parse,
                device,
                ExampleCount.Fit(screen, spec, data, parse.GetValue(Examples), parse.GetValue(TestExamples)),
                data.Train
            );
            DeviceOption.Print(screen, device, spec.Encoder is not null);
            CanaryOptions.Print(screen, experiment, Trained(experiment.Data, data.Train), data.Train.Classes);
            var runner = new SetRunner(screen, store, cluster, interrupt.Token);
            return parse.GetValue(Seeds) > 1
                    ? TrainSeeds.Run(screen, experiment, parse.GetValue(Seeds), parse.GetValue(Workers), store, shelf, runner)
                : parse.GetValue(Memorize) == Auto
                    ? TrainDegrees.Run(screen, experiment, parse.GetValue(Workers), parse.GetValue(Check), shelf, runner, interrupt.Token)
                : One(screen, experiment, store, shelf, parse, interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static int One(
        Screen screen,
        Experiment experiment,
        RunStore store,
        DatasetCache shelf,
        ParseResult parse,
        CancellationToken cancel
    )
    {
        var run = Train(experiment);
        var baseline = parse.GetValue(Baseline) ? Train(TrainOutput.Baseline(experiment)) : null;
        TrainOutput.Print(screen, run, baseline, stripped: parse.GetValue(Strip) ? Stripped(screen, run, shelf, cancel) : null);
        return parse.GetValue(Check) && run.Summary.Certificate()?.IsReached != true ? ExitCode.CheckFailed : ExitCode.Done;

        FinishedRun Train(Experiment some) =>
            TrainDisplay.Show(screen, some, progress => Flow.Run(some, store, shelf.Load, progress, cancel));
    }

    private static StrippedNetwork Stripped(Screen screen, FinishedRun run, DatasetCache shelf, CancellationToken cancel) =>
        TrainDisplay.ShowAfter(
            screen,
            run,
            "Taking the canaries out.",
            StripFlow.MostEpochs,
            progress => StripFlow.Run(run, shelf.Load, progress, cancel)
        );

    /// <summary>Refuses at once what needs no data to be refused: reading some takes a while.</summary>
    /// <returns>What is asked of a cluster; null: nothing.</returns>
    private static ClusterRequest? RequireKnown(ParseResult parse)
    {
        RecipeOptions.Apply(parse, new Recipe(), border: 0).RequireConsistent();
        CorruptionCatalog.Find(parse.GetValue(Corruption)!);
        Control(parse);
        RequireKnownDegree(parse);
        CanaryOptions.RequireKnown(parse, parse.GetValue(Memorize) is not null || parse.GetValue(Watch));

        CommonOptions.Resolve(parse.GetValue(Precision)!);
        ComputeDevice.Read(parse.GetValue(Device)!);
        TrainSeeds.RequireKnown(parse.GetValue(Seeds), parse.GetValue(Memorize) == Auto ? null : parse.GetValue(Workers));
        _ = new DataSpec
        {
            Name = "",
            Examples = parse.GetValue(Examples),
            TestExamples = parse.GetValue(TestExamples),
        };
        if (parse.GetValue(Network) is { } network and not Auto)
        {
            NetworkCatalog.Find(network);
        }

        var cluster = Cluster.Read(parse);
        return cluster is not null && parse.GetValue(Seeds) == 1 && parse.GetValue(Memorize) != Auto
            ? throw new InputException("--on is for many runs: say how many with --seeds, or give --memorize auto.")
            : cluster;
    }

    private static void RequireKnownDegree(ParseResult parse)
    {
        var (degree, seeds) = (parse.GetValue(Memorize), parse.GetValue(Seeds));
        if (parse.GetValue(Check) && (degree is null or Adjustable || seeds > 1))
        {
            throw new InputException(
                "--check is about one degree of memorization of one run: give --memorize with a number or auto, and no --seeds."
            );
        }

        if (parse.GetValue(Baseline) && (degree is null or Auto or Adjustable || seeds > 1))
        {
            throw new InputException(
                "--baseline is what one run of the dial is held against: give --memorize with a number, and no --seeds."
            );
        }

        if (parse.GetValue(Strip) && (degree is null or Auto or Adjustable || seeds > 1))
        {
            throw new InputException(
                "--strip-canaries takes out what one run of the dial has planted: give --memorize with a number, and no --seeds."
            );
        }

        if (degree == Auto && seeds > 1)
        {
            throw new InputException("--memorize auto chooses among runs of one seed; leave --seeds out, or give a degree.");
        }
    }

    private static Experiment Experiment(ParseResult parse, ComputeDevice device, DataSpec data, Dataset images)
    {
        var network = NetworkFor(parse.GetValue(Network)!, images) with { Dropout = parse.GetValue(Dropout) };
        var crop = CropFor(parse.GetValue(Crop)!, network, images);
        var corruption = CorruptionCatalog.Find(parse.GetValue(Corruption)!);
        var control = Control(parse);
        var examples = Trained(data, images);
        var own = ExperimentDefaults.RecipeFor(
            network,
            images,
            crop,
            control is null ? null : examples,
            parse.GetValue(RecipeOptions.Batch)
        );
        if (control is AdjustableMemorization)
        {
            own = DialRecipe.ForEveryDegree(own);
        }

        var border = crop is null ? Math.Max(1, Math.Min(images.Height, images.Width) / 8) : 0;
        var recipe = RecipeOptions.Apply(parse, corruption.ReplacesPixels ? own with { Augmentation = null } : own, border, images) with
        {
            Device = device,
            Precision = CommonOptions.Resolve(parse.GetValue(Precision)!, device),
        };
        var experiment = new Experiment
        {
            Data = data with { CropSide = crop },
            Corruption = corruption,
            Network = network,
            Recipe = recipe,
            Control = control,
            Canaries = control is null ? null : CanaryOptions.Plan(parse, examples, recipe, images.Classes),
            Seed = parse.GetValue(Seed),
            Threads =
                parse.GetValue(Threads)
                ?? (parse.GetValue(Seeds) == 1 && parse.GetValue(Memorize) != Auto ? Environment.ProcessorCount : 1),
        };
        experiment.RequireConsistent();
        return experiment;
    }

    private static int Trained(DataSpec data, Dataset images) => Math.Min(data.Examples ?? images.Count, images.Count);

    private static ControlMethod? Control(ParseResult parse) =>
        (parse.GetValue(Memorize), parse.GetValue(Watch)) switch
        {
            (Auto, false) => new MemorizationDial { Target = TrainDegrees.Tried[0] },
            (Adjustable, false) => new AdjustableMemorization(),
            ({ } target, false) => new MemorizationDial { Target = Degree(target, ", auto or adjustable") },
            (null, true) => new WatchedMemorization(),
            (null, false) => null,
            _ => throw new InputException("--memorize steers memorization and --watch-memorization only watches it; give one of them."),
        };

    /// <summary>Reads a degree of memorization.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="orElse">What may stand in its place, for the message.</param>
    /// <exception cref="InputException">It is no number.</exception>
    internal static double Degree(string text, string orElse = "") =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"The degree of memorization is '{text}', expected a number from 0 to 1{orElse}.");

    private static NetworkSpec NetworkFor(string name, Dataset images) =>
        name == Auto ? ExperimentDefaults.NetworkFor(images) : NetworkCatalog.Find(name);

    /// <summary>The side to crop to; null where that leaves the image as it is, so that one experiment has one record.</summary>
    private static int? CropFor(string text, NetworkSpec network, Dataset images)
    {
        var side = text switch
        {
            "none" => null,
            Auto => network.CropFor(images.Height, images.Width),
            _ when images.IsVectors => throw new InputException(
                $"--crop is given '{text}', and these examples are vectors, which have no middle to cut out; leave it out."
            ),
            _ when int.TryParse(text, out var number) => number,
            _ => throw new InputException($"--crop is given '{text}', expected a number of pixels, auto or none."),
        };
        return side >= Math.Min(images.Height, images.Width) ? null : side;
    }
}
