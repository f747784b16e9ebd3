using System.CommandLine;
using Rote.Cli.Clusters;
using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Reports.Reproductions;
using Rote.Storage;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Theory.Representation;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote reproduce</c>: a paper, claim by claim.</summary>
internal static class ReproduceCommand
{
    private static readonly Argument<string> Study = new("STUDY")
    {
        Description = $"The paper: {string.Join(", ", StudyCatalog.Studies.Select(study => $"{study.Name} ({study.Source})"))}",
    };

    private static readonly Option<string?> ScaleName = new("--scale")
    {
        Description =
            "smoke: small and drawn data, to see that all works; laptop, on two cores: rule-after-rote and double-descent a minute, "
            + "benign-kernels, nakkiran2020 and imagenet-sized five, arpit2017 ten, feldman2020 twenty, zhang2017 and "
            + "complexity-measures thirty; quarter: of imagenet-sized, twenty minutes; full: "
            + "the paper's sizes, of zhang2017 and imagenet-sized [default: laptop; full for imagenet-sized]",
    };

    private static readonly Option<string?> Only = new("--only")
    {
        Description = "Claims by name or beginning of a name, with commas: table1, figure1a/mlp-1x512 [default: all]",
        HelpName = "CLAIMS",
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Also the claims that are left out of the core to keep it short",
    };

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Run everything with this many seeds; errors are then those over seeds",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Check = new("--check") { Description = "End with exit code 1 if a claim is not reproduced" };

    private static readonly Option<bool> List = new("--list") { Description = "Show the claims and what they need, and run nothing" };

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Runs at the same time, each in a process of its own [default: as many as the cores allow]",
        HelpName = "N",
    };

    private static readonly ClusterOptions Cluster = new(JobKind.Runs);

    private static readonly Option<string> Precision = CommonOptions.Precision(hasDevice: true);

    private static readonly Option<string> Device = DeviceOption.Create();

    private static readonly Option<string> Runs = CommonOptions.Runs();

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Where to write the page; the ledger goes beside it as JSON [default: reports/STUDY-SCALE.html]",
    };

    private static readonly Option<string?> Pictures = new("--pictures")
    {
        Description = "Also write every figure into this folder, as an SVG file",
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command("reproduce", "Run a paper's experiments, compare every claim with the printed number, and mark it")
        {
            Study,
            ScaleName,
            Only,
            All,
            Seeds,
            Check,
            List,
            Workers,
            Device,
            Precision,
            Runs,
            Report,
            Pictures,
        };
        command.SetAction(Run);
        return Cluster.AddTo(command);
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var study = StudyCatalog.Find(parse.GetRequiredValue(Study));
        var cluster = Cluster.Read(parse);
        var device = DeviceOption.Resolve(parse.GetValue(Device)!, cluster);
        var plan = study.Plan(parse.GetValue(ScaleName), parse.GetValue(Seeds), CommonOptions.Resolve(parse.GetValue(Precision)!, device));
        var (page, pictures) = (Page(parse, study, plan), Folder(parse.GetValue(Pictures)));
        var claims = ClaimSelection.Of(plan.Claims(), parse.GetValue(Only), parse.GetValue(All));
        if (parse.GetValue(List))
        {
            return ReproduceOutput.Listing(screen, claims);
        }

        var store = new RunStore(parse.GetValue(Runs)!, TimeProvider.System);
        var typed = CommandLine.Typed(parse);
        using var interrupt = new Interrupt(
            screen,
            cluster is null ? $"Interrupted; what was trained is kept. Go on with: {typed}" : SetRunner.Farewell(typed)
        );
        try
        {
            var runner = new SetRunner(screen, store, cluster, interrupt.Token);
            if (Reproduce(screen, parse, device, study, plan, claims, runner, interrupt.Token) is not { } result)
            {
                return ExitCode.Done;
            }

            ReproduceOutput.Print(screen, result, page);
            if (pictures is not null)
            {
                screen.Line($"{Wording.Count(ReproductionReport.WritePictures(result, pictures), "figure")} as SVG: {pictures}");
            }

            return result.Ledger.Count(ClaimVerdict.NotRun) > 0 ? ExitCode.MachineLacks
                : parse.GetValue(Check) && !result.Ledger.IsClean ? ExitCode.CheckFailed
                : ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interrupt.Stopped();
        }
    }

    private static Reproduction? Reproduce(
        Screen screen,
        ParseResult parse,
        ComputeDevice device,
        IStudy study,
        StudyPlan plan,
        IReadOnlyList<Claim> claims,
        SetRunner runner,
        CancellationToken cancel
    )
    {
        var requests = plan.Requests(claims);
        screen.Progress($"{claims.Count} claims at the scale '{plan.Name}' rest on {requests.Count} runs. {plan.Purpose}");
        if (MakeRuns(screen, device, requests, parse.GetValue(Workers), runner) is not { } outcomes)
        {
            return null;
        }

        using var shelf = new DatasetCache(screen, cancel);
        var evidence = new Evidence(
            outcomes,
            run =>
                OrNothing(() =>
                    RunMeasures
                        .CriticalSamples(run, EvaluationPart.Test, plan.CriticalExamples, plan.CriticalSearch, shelf.Load, null, cancel)
                        .Ratio
                ),
            () => OrNothing(() => Represent(shelf.Load(new DataSpec { Name = plan.Data }), cancel)),
            new Calculations(
                Path.Combine(parse.GetValue(Runs)!, ".calculations", device.IsGpu ? $"{device.Kind}" : ""), // of runs there
                spec => OrNothing(() => shelf.Load(spec)),
                screen.Progress,
                cancel
            )
        );
        return Reproduction.Of(study, plan, claims, evidence, claim => Command(parse, study, claim), Provenance(parse, device, plan));
    }

    /// <summary>Makes the runs on the device. What a study asks for by its plan is on the processor; the answer is found by the same
    /// name.</summary>
    private static RunOutcome[]? MakeRuns(
        Screen screen,
        ComputeDevice device,
        IReadOnlyList<RunRequest> requests,
        int? workers,
        SetRunner runner
    )
    {
        if (device.IsGpu && requests.Count == 0)
        {
            throw new InputException("--device is for runs, and these claims rest on none: leave it out.");
        }

        DeviceOption.Print(screen, device, hasEncoder: false);
        if (device.IsGpu)
        {
            screen.Progress("What claims rest on beside runs is computed on the processor.");
        }

        RunRequest[] placed = [.. requests.Select(request => request.On(device))];
        return runner
            .Run(placed, workers ?? placed.Select(request => WorkerStart.Usual(request.Experiment, placed.Length)).FirstOrDefault(1))
            ?.Select((outcome, i) => outcome with { Request = requests[i] })
            .ToArray();
    }

    private static Theorem1Result Represent(DatasetSplits data, CancellationToken cancel)
    {
        var seeds = new Seeds(1);
        using var given = new RandomLabels().Apply(data, seeds);
        return Theorem1.Represent(new ImagePoints(given.Images.Train), seeds, null, cancel);
    }

    /// <summary>A measure that cannot be taken leaves its own claim without a verdict, and the others with theirs.</summary>
    private static T OrNothing<T>(Func<T> measure)
    {
        try
        {
            return measure();
        }
        catch (RoteException error)
        {
            throw new NoEvidenceException(error.Message, isOfTheNetwork: false);
        }
    }

    /// <summary>The page of a part does not take the place of the whole study's.</summary>
    private static string Page(ParseResult parse, IStudy study, StudyPlan plan)
    {
        var parts = parse.GetValue(Only) is null ? "" : "-part";
        var seeds = plan.Seeds == 1 ? "" : $"-{plan.Seeds}-seeds";
        var page = RunsCommand.File(parse.GetValue(Report) ?? Path.Combine("reports", $"{study.Name}-{plan.Name}{seeds}{parts}.html"))!;
        return Path.GetExtension(page) == ".json"
            ? throw new InputException(
                $"--report is {page}, but the ledger goes into the .json file beside the page; name the page otherwise."
            )
            : page;
    }

    private static string? Folder(string? path) =>
        path switch
        {
            null => null,
            "" => throw new InputException("--pictures is empty, expected a folder's name."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                "--pictures holds a character that no folder's name has."
            ),
            _ when File.Exists(path) => throw new InputException($"--pictures is {path}, which is a file; expected a folder's name."),
            _ => Path.GetFullPath(path),
        };

    private static string Command(ParseResult parse, IStudy study, Claim claim)
    {
        var words = new List<string> { $"rote reproduce {study.Name} --only {claim.Id}" };
        Add("--scale", parse.GetValue(ScaleName) ?? "", "");
        Add("--seeds", $"{parse.GetValue(Seeds)}", "1");
        Add("--device", parse.GetValue(Device)!, "cpu");
        Add("--precision", parse.GetValue(Precision)!, "auto");
        Add("--runs", parse.GetValue(Runs)!, "runs");
        return string.Join(' ', words);

        void Add(string option, string value, string usual)
        {
            if (value != usual)
            {
                words.Add($"{option} {CommandLine.Quote(value)}");
            }
        }
    }

    private static IReadOnlyList<(string Name, string Value)> Provenance(ParseResult parse, ComputeDevice device, StudyPlan plan)
    {
        return
        [
            ("Command", CommandLine.Of(parse)),
            ("Scale", $"{plan.Name}: {plan.Purpose}"),
            ("Seeds", $"1 to {plan.Seeds}, one thread a run"),
            ("Data", plan.Data),
            ("Precision", CommonOptions.Resolve(parse.GetValue(Precision)!, device).ToString()),
            .. device.IsGpu ? ((string, string)[])[("Device", $"{device.Kind}")] : [],
            .. MachineFacts.Now(),
        ];
    }
}
