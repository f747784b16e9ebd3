using System.CommandLine;
using System.Diagnostics;
using Rote.Cli.Displays;
using Rote.Cli.Documents;
using Rote.Data;
using Rote.Networks;
using Rote.Reports.Quickstarts;
using Rote.Storage;
using Rote.Studies;

namespace Rote.Cli.Commands;

/// <summary><c>rote quickstart</c>: the same network on data with a rule and without, and a report that shows the difference.</summary>
internal static class QuickstartCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description =
            "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables [default: cifar10, or "
            + "shapes where cifar10 cannot be had]",
    };

    private static readonly DataOptions OwnData = new();

    private static readonly Option<string> Network = new("--network")
    {
        Description = $"{string.Join(", ", NetworkCatalog.Names)}, or mlp-A-B-… for other widths",
        DefaultValueFactory = _ => "mlp-1x512",
    };

    private static readonly Option<int?> Examples = new("--examples") { Description = "Train on the first N examples [default: all]" };

    private static readonly Option<long> Seed = new("--seed") { Description = "Source of all randomness", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "Epochs at most for each kind of data; training stops when 99.5 % are fitted",
        DefaultValueFactory = _ => Quickstart.DefaultEpochs,
    };

    private static readonly Option<int> RuleEpochs = new("--rule-epochs")
    {
        Description = "Steps of the second picture's network, which learns sums by rote and then by rule; 0 leaves it out",
        DefaultValueFactory = _ => RuleCourse.DefaultEpochs,
        HelpName = "N",
    };

    private static readonly Option<string> Precision = CommonOptions.Precision(hasDevice: true);

    private static readonly Option<string> Device = DeviceOption.Create();

    private static readonly Option<int> Threads = CommonOptions.Threads();

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly Option<string> Report = new("--report")
    {
        Description = "Where to write the report",
        DefaultValueFactory = _ => Path.Combine("reports", "quickstart.html"),
    };

    private static readonly Option<string?> Picture = new("--picture") { Description = "Also write the first chart as an SVG file" };

    private static readonly Option<string?> RulePicture = new("--rule-picture")
    {
        Description = "Also write the chart from rote to rule as an SVG file",
    };

    public static Command Create()
    {
        var command = new Command(
            "quickstart",
            "Train one network on real data, random labels and random pixels, and write a report with pictures"
        )
        {
            Data,
            Network,
            Examples,
            Seed,
            Epochs,
            Device,
            Precision,
            Threads,
            Runs,
            Report,
            Picture,
            RuleEpochs,
            RulePicture,
        };
        command.SetAction(Run);
        return OwnData.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var clock = Stopwatch.StartNew();
        var screen = new Screen(parse);
        var options = Options(parse);
        Quickstart.Experiments(options);
        var path = RunsCommand.File(parse.GetValue(Report))!;
        var picture = RunsCommand.File(parse.GetValue(Picture), Picture.Name);
        var rulePicture = RunsCommand.File(parse.GetValue(RulePicture), RulePicture.Name);
        using var interrupt = new Interrupt(screen, $"Interrupted; finished runs are kept. Go on with: {CommandLine.Typed(parse)}");
        using var shelf = new DatasetCache(screen, interrupt.Token);
        try
        {
            options = WithData(
                options with
                {
                    Data = shelf.Find(parse.GetValue(Data) ?? options.Data.Name, OwnData.Read(parse), OwnData.Encoder(parse)),
                },
                parse,
                shelf,
                screen
            );
            DeviceOption.Print(screen, options.Device, options.Data.Encoder is not null);
            var store = new RunStore(parse.GetValue(Runs)!, TimeProvider.System);
            using var result = QuickstartDisplay.Show(
                screen,
                options,
                progress => Quickstart.Run(options, store, shelf.Load, Provenance(options, parse, shelf), progress, interrupt.Token)
            );
            QuickstartReport.Write(result, path);
            if (picture is not null)
            {
                QuickstartReport.WritePicture(result, picture);
            }

            if (rulePicture is not null)
            {
                QuickstartReport.WriteRulePicture(result.Rule!, rulePicture);
            }

            Print(screen, result, path, clock.Elapsed);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static QuickstartOptions Options(ParseResult parse)
    {
        var device = DeviceOption.Resolve(parse.GetValue(Device)!);
        return new QuickstartOptions
        {
            Data = new DataSpec { Name = "cifar10" },
            Network = NetworkCatalog.Find(parse.GetValue(Network)!),
            Examples = parse.GetValue(Examples),
            Seed = parse.GetValue(Seed),
            Epochs = parse.GetValue(Epochs),
            RuleEpochs = RuleSteps(parse),
            Threads = parse.GetValue(Threads),
            Device = device,
            Precision = CommonOptions.Resolve(parse.GetValue(Precision)!, device),
        };
    }

    private static int RuleSteps(ParseResult parse) =>
        parse.GetValue(RuleEpochs) == 0 && parse.GetValue(RulePicture) is not null
            ? throw new InputException("--rule-picture draws the second picture, and --rule-epochs 0 leaves it out; leave out one of them.")
            : parse.GetValue(RuleEpochs);

    /// <summary>The options fitted to the data.</summary>
    private static QuickstartOptions WithData(QuickstartOptions options, ParseResult parse, DatasetCache shelf, Screen screen)
    {
        options = parse.GetValue(Data) is null ? Substituted(options, shelf, screen) : options;
        var data = shelf.Load(options.Data);
        var images = data.Train;
        return options with
        {
            CropSide = options.Network.CropFor(images.Height, images.Width),
            Examples = ExampleCount.Fit(screen, options.Data, data, options.Examples).Examples,
        };
    }

    /// <summary>Where the user names no data, shapes stand in for data that cannot be had.</summary>
    private static QuickstartOptions Substituted(QuickstartOptions options, DatasetCache shelf, Screen screen)
    {
        try
        {
            shelf.Load(options.Data);
            return options;
        }
        catch (MachineException error)
        {
            var sentence = $"{options.Data.Name} cannot be had here, so the embedded set of shapes stands in for it. ({error.Message})";
            screen.Line(sentence);
            return options with
            {
                Data = new DataSpec { Name = "shapes" },
                Substitution = sentence,
            };
        }
    }

    private static IReadOnlyList<(string Name, string Value)> Provenance(QuickstartOptions options, ParseResult parse, DatasetCache shelf)
    {
        var data = shelf.Load(options.Data).Train.Provenance;
        var recipe = Quickstart.Experiments(options)[0].Recipe;
        return
        [
            ("Command", CommandLine.Of(parse)),
            ("Seed", $"{options.Seed}"),
            (
                "Recipe",
                $"{recipe.Describe()}, until {Quickstart.FitTarget:P1} of the training examples are right, at most "
                    + $"{Wording.Count(recipe.Epochs, "epoch")}"
            ),
            ("Threads", $"{options.Threads}"),
            ("Data", $"{data.Name}, from {data.Source}"),
            ("Data SHA-256", data.Sha256),
            .. MachineFacts.Now(),
        ];
    }

    private static void Print(Screen screen, QuickstartResult result, string report, TimeSpan elapsed)
    {
        screen.Line();
        screen.Table(QuickstartTable.Create(result));
        if (result.Rule is { } rule)
        {
            screen.Line($"Sums modulo {rule.Modulus}, from rote to rule: {QuickstartReport.RuleFacts(rule)}");
        }

        screen.Line($"Done in {elapsed.TotalSeconds:F0} s. The report with pictures: {report}");
        screen.Document(QuickstartDocument.Of(result, report));
    }
}
