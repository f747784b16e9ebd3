using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rote.Cli.Clusters;
using Rote.Corruptions;
using Rote.Experiments;
using Rote.Networks;
using Rote.Recipes;
using Rote.Reports.Frontiers;
using Rote.Storage;
using Rote.Studies.Frontiers;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote frontier DATA</c>: test accuracy against memorization, the dial beside the blunt tools.</summary>
internal static class FrontierCommand
{
    private const int UsualExamples = 10_000;

    private static readonly Argument<string> Data = new("DATA")
    {
        Description = "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables",
    };

    private static readonly DataOptions OwnData = new();

    private static readonly ClusterOptions Cluster = new(JobKind.Runs);

    private static readonly Option<string> Network = new("--network")
    {
        Description = $"{string.Join(", ", NetworkCatalog.Names)}, or mlp-A-B-…, resnet-W for other widths",
        DefaultValueFactory = _ => "mlp-1x512",
    };

    private static readonly Option<string> Corruption = new("--corruption")
    {
        Description = $"What is wrong with the labels: {string.Join(", ", CorruptionCatalog.OfLabels)}",
        DefaultValueFactory = _ => "corrupted-labels=0.4",
    };

    private static readonly Option<int?> Examples = new("--examples")
    {
        Description = $"Train on the first N examples [default: {UsualExamples}, or as many as there are]",
        HelpName = "N",
    };

    private static readonly Option<int?> TestExamples = new("--test-examples")
    {
        Description = "Test on N examples [default: all]",
        HelpName = "N",
    };

    private static readonly Option<int?> TestFrom = new("--test-from")
    {
        Description = "Test on examples from this one on, counted from 0, to leave out those that something was chosen by [default: 0]",
        HelpName = "N",
    };

    private static readonly Option<string> Tools = new("--tools")
    {
        Description =
            $"With commas: all, parts (the dial with each of its parts left out), "
            + $"{string.Join(", ", FrontierTool.All.Select(tool => tool.Name))}",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<string> Targets = new("--targets")
    {
        Description = "Degrees of memorization, with commas",
        DefaultValueFactory = _ =>
            string.Join(",", FrontierPlan.DefaultTargets.Select(target => target.ToString(CultureInfo.InvariantCulture))),
    };

    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description =
            "Passes of the dial over the training examples; adjustable takes 0.3 more, blunt tools a quarter, which are at least as many "
            + "images [default: by network]",
        HelpName = "N",
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Source of all randomness; with --seeds the first of them",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Run everything with this many seeds; errors are then those over seeds",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int?> Attack = new("--attack")
    {
        Description =
            "Also attack: train N networks on random halves of the examples, of the dial at each degree, and say how well it can be told "
            + "from one what it was trained on (LiRA)",
        HelpName = "N",
    };

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Runs at the same time, of one thread each [default: as many as the cores allow]",
        HelpName = "N",
    };

    private static readonly Option<string> Precision = CommonOptions.Precision(hasDevice: true);

    private static readonly Option<string> Device = DeviceOption.Create();

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly Option<string?> Report = new("--report")
    {
        Description =
            "Where to write the page; picture and numbers go beside it as SVG and JSON [default: reports/frontier-DATA-NETWORK.html]",
    };

    public static Command Create()
    {
        var command = new Command("frontier", "Draw test accuracy against memorization: the dial and the tools people use")
        {
            Data,
            Network,
            Corruption,
            Examples,
            TestFrom,
            TestExamples,
            Tools,
            Targets,
            Epochs,
            Seed,
            Seeds,
            Attack,
            Workers,
            Device,
            Precision,
            Runs,
            Report,
        };
        foreach (var option in CanaryOptions.Numbers)
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return Cluster.AddTo(OwnData.AddTo(command));
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var network = NetworkCatalog.Find(parse.GetValue(Network)!);
        var (tools, targets) = (Chosen(parse.GetValue(Tools)!, network), Degrees(parse.GetValue(Targets)!));
        TrainSeeds.RequireKnown(parse.GetValue(Seeds), null);
        CanaryOptions.RequireKnown(parse, isRead: true);
        var (cluster, typed) = (Cluster.Read(parse), CommandLine.Typed(parse));
        var device = DeviceOption.Resolve(parse.GetValue(Device)!, cluster);
        using var interrupt = new Interrupt(
            screen,
            cluster is null ? $"Interrupted; what was trained is kept. Go on with: {typed}" : SetRunner.Farewell(typed)
        );
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            var plan = Plan(parse, screen, device, network, tools, targets, shelf);
            var page = RunsCommand.File(
                parse.GetValue(Report) ?? Path.Combine("reports", $"frontier-{plan.Data.Name}-{parse.GetValue(Network)}.html")
            )!;
            if (Path.GetExtension(page) is ".json" or ".svg")
            {
                throw new InputException(
                    $"--report is {page}, but numbers and picture go into the .json and .svg files beside the page; name the page "
                        + $"otherwise."
                );
            }

            var store = new RunStore(parse.GetValue(Runs)!, TimeProvider.System);
            return Draw(screen, parse, plan, shelf, new SetRunner(screen, store, cluster, interrupt.Token), interrupt.Token) is { } result
                ? Print(screen, result, page, parse)
                : ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static FrontierPlan Plan(
        ParseResult parse,
        Screen screen,
        ComputeDevice device,
        NetworkSpec network,
        IReadOnlyList<FrontierTool> tools,
        IReadOnlyList<double> targets,
        DatasetCache shelf
    )
    {
        var spec = shelf.Find(parse.GetValue(Data)!, OwnData.Read(parse), OwnData.Encoder(parse));
        var data = shelf.Load(spec);
        var images = data.Train;
        var crop = network.CropFor(images.Height, images.Width);
        var fitting = ExampleCount.Fit(
            screen,
            spec with
            {
                TestFrom = parse.GetValue(TestFrom) is 0 ? null : parse.GetValue(TestFrom),
            },
            data,
            parse.GetValue(Examples) ?? Math.Min(UsualExamples, images.Count),
            parse.GetValue(TestExamples)
        );
        var examples = fitting.Examples!.Value;
        var recipe = DialRecipe.For(network, ExperimentDefaults.ShapeOf(images, crop), examples);
        var usual = recipe with { Epochs = parse.GetValue(Epochs) ?? recipe.Epochs };
        DeviceOption.Print(screen, device, spec.Encoder is not null);
        var canaries = CanaryOptions.Plan(parse, examples, usual, images.Classes);
        foreach (var target in tools.Any(tool => tool.Kind == FrontierKind.Dial) ? targets : [])
        {
            CanaryOptions.Print(screen, canaries, target, usual, examples, images.Classes);
        }

        if (tools.Any(tool => tool.Kind == FrontierKind.Adjustable))
        {
            CanaryOptions.PrintAdjustable(screen, canaries, usual, examples, images.Classes);
        }

        return new FrontierPlan
        {
            Data = fitting with { CropSide = crop },
            Corruption = CorruptionCatalog.Find(parse.GetValue(Corruption)!),
            Network = network,
            Recipe = usual with { Device = device, Precision = CommonOptions.Resolve(parse.GetValue(Precision)!, device) },
            Examples = examples,
            Tools = tools,
            Targets = targets,
            FirstSeed = parse.GetValue(Seed),
            Seeds = parse.GetValue(Seeds),
            Canaries = canaries,
            AttackNetworks = parse.GetValue(Attack),
        };
    }

    private static (Frontier Frontier, RunOutcome[] Failed, InputException? NoAttack)? Draw(
        Screen screen,
        ParseResult parse,
        FrontierPlan plan,
        DatasetCache shelf,
        SetRunner runner,
        CancellationToken cancel
    )
    {
        var (cells, attacked, own) = (plan.Cells(), plan.AttackCells(), shelf.SourceOf(plan.Data));
        screen.Progress(
            $"{cells.Count + attacked.Count} runs of the {plan.Network.Title} on {plan.Data.Name}: {plan.Recipe.Describe()}."
                + (attacked.Count > 0 ? $" {attacked.Count} of them are for the attack, each on a random half." : "")
        );
        Experiment[] all = [.. cells.Select(cell => cell.Experiment), .. attacked.Select(cell => cell.Experiment)];
        var workers = parse.GetValue(Workers) ?? WorkerStart.Usual(all[0], all.Length);
        if (runner.Run([.. all.Select(experiment => new RunRequest(experiment, own))], workers) is not { } outcomes)
        {
            return null;
        }

        FrontierRun[] runs =
        [
            .. cells.Zip(outcomes).Where(pair => pair.Second.Run is not null).Select(pair => new FrontierRun(pair.First, pair.Second.Run!)),
        ];
        (AttackCell, FinishedRun)[] halves =
        [
            .. attacked
                .Zip(outcomes.Skip(cells.Count))
                .Where(pair => pair.Second.Run is not null)
                .Select(pair => (pair.First, pair.Second.Run!)),
        ];
        var (attacks, noAttack) = Attacked(plan, halves, shelf, cancel);
        return (new Frontier(plan, runs) { Attacks = attacks }, [.. outcomes.Where(outcome => outcome.Failure is not null)], noAttack);
    }

    /// <summary>The attacks that are asked for, or why there are none; the rest of the frontier stands without them.</summary>
    private static (IReadOnlyList<FrontierAttack> Attacks, InputException? None) Attacked(
        FrontierPlan plan,
        (AttackCell, FinishedRun)[] halves,
        DatasetCache shelf,
        CancellationToken cancel
    )
    {
        try
        {
            return (plan.AttackNetworks is null ? [] : FrontierAttack.Of(halves, plan.Targets, shelf.Load, cancel), null);
        }
        catch (InputException e)
        {
            return ([], e);
        }
    }

    private static int Print(
        Screen screen,
        (Frontier Frontier, RunOutcome[] Failed, InputException? NoAttack) result,
        string page,
        ParseResult parse
    )
    {
        var (frontier, failed, noAttack) = result;
        foreach (var outcome in failed)
        {
            screen.Line(
                $"{outcome.Request.Experiment.Control!.Title}, seed {outcome.Request.Experiment.Seed} failed: {outcome.Failure!.Sentence}"
            );
        }

        if (frontier.Runs.Count > 0)
        {
            var document = FrontierDocument.Of(frontier);
            FrontierReport.Write(frontier, Provenance(parse, frontier.Plan), page);
            var (numbers, picture) = (Path.ChangeExtension(page, ".json"), Path.ChangeExtension(page, ".svg"));
            FrontierReport.WritePicture(frontier, picture);
            AtomicFile.WriteText(numbers, JsonSerializer.Serialize(document, RoteJson.Options) + "\n");
            foreach (var attack in frontier.Attacks)
            {
                FrontierReport.WritePrivacyPicture(attack, Path.ChangeExtension(page, null) + $"-privacy-{attack.Tool}.svg");
            }

            screen.Line();
            screen.PeopleWriter.Write(FrontierReport.ToText(frontier, screen.Style));
            screen.Line();
            screen.Line($"The page with the picture: {page}");
            screen.Line($"The picture alone: {picture}");
            screen.Line($"The numbers for programs: {numbers}");
            screen.Document(document);
        }

        return failed.Length > 0 ? ExitCode.Of(failed[0].Failure!.Kind)
            : noAttack is not null ? throw noAttack
            : ExitCode.Done;
    }

    private static IReadOnlyList<FrontierTool> Chosen(string list, NetworkSpec network) =>
        list == "all" ? [.. FrontierTool.All.Where(tool => tool.Suits(network))]
        : list == "parts" ? [FrontierTool.All[0], .. FrontierTool.Parts]
        : [.. list.Split(',').Select(name => FrontierTool.Find(name.Trim())).Distinct()];

    private static IReadOnlyList<double> Degrees(string list) =>
        [
            .. list.Split(',')
                .Select(text =>
                    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degree) && degree is >= 0 and <= 1
                        ? degree
                        : throw new InputException($"--targets is given '{text.Trim()}', expected numbers from 0 to 1 with commas.")
                )
                .Distinct()
                .Order(),
        ];

    private static IReadOnlyList<(string Name, string Value)> Provenance(ParseResult parse, FrontierPlan plan)
    {
        return
        [
            ("Command", CommandLine.Of(parse)),
            ("Recipe", plan.Recipe.Describe()),
            ("Seeds", $"{plan.FirstSeed} to {plan.FirstSeed + plan.Seeds - 1}, one thread a run"),
            .. MachineFacts.Now(),
        ];
    }
}
