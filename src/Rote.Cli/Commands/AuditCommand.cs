using System.CommandLine;
using Rote.Audits;
using Rote.Audits.Review;
using Rote.Cli.Clusters;
using Rote.Cli.Gate;
using Rote.Cli.Help;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;

namespace Rote.Cli.Commands;

/// <summary><c>rote audit DATA</c>: what is learned by rule, what by rote, and which labels are wrong.</summary>
internal static class AuditCommand
{
    private const string Auto = "auto";

    private static readonly Argument<string?> Data = new("DATA")
    {
        Description = "A catalog name ('rote data list' shows them) or the path of your own pictures, arrays or tables",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Embeddings = new("--embeddings")
    {
        Description = "In place of DATA: vectors that another model made of your examples, an .npy, .npz, CSV or Parquet; with --labels",
        HelpName = "FILE",
    };
    private static readonly Option<string> Budget = new("--budget")
    {
        Description = "Time to train, as 90s, 15m or 1.5h: as many networks as fit, at most --members; none: all of them",
        DefaultValueFactory = _ => "15m",
        HelpName = "TIME",
    };
    private static readonly Option<int> Members = new("--members")
    {
        Description = "Networks at most; the same number gives the same result",
        DefaultValueFactory = _ => new AuditBudget().Members,
        HelpName = "N",
    };

    private static readonly Option<string> Network = new("--network")
    {
        Description =
            $"auto, {string.Join(", ", NetworkCatalog.Names)}, or mlp-A-B-… for other widths; auto is a residual network of width 16 for "
            + $"pictures of 8×8 pixels and more, else an MLP with 256 hidden units",
        DefaultValueFactory = _ => Auto,
    };

    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description = "Passes over its examples that each network makes [default: 30, fewer for more than 6,666 examples, at least 10]",
        HelpName = "N",
    };
    private static readonly Option<int?> Examples = new("--examples")
    {
        Description = "Audit the first N examples [default: all]",
        HelpName = "N",
    };
    private static readonly Option<long> Seed = new("--seed") { Description = "Source of all randomness", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads that each network computes with; other numbers give other last bits [default: 1]",
        HelpName = "N",
    };
    private static readonly Option<int?> Workers = new("--workers")
    {
        Description =
            "Networks that are trained at the same time; the result does not depend on it [default: as many as cores and memory allow]",
        HelpName = "N",
    };
    private static readonly Option<bool> TrainOnly = new("--train-only")
    {
        Description = "Train networks that no other process trains, and judge nothing: for machines that share --audits",
    };
    private static readonly Option<string[]> Measures = new("--measure")
    {
        Description = "A measure that an --extension adds, beside the usual ones; once for each",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Precision = CommonOptions.Precision(hasDevice: true);
    private static readonly Option<string> Device = DeviceOption.Create();
    private static readonly Option<string> Audits = new("--audits")
    {
        Description = "Folder that keeps every audit, so that it goes on after a stop",
        DefaultValueFactory = _ => AuditPlaces.Root,
        HelpName = "FOLDER",
    };
    private static readonly Option<string?> Output = new("--output")
    {
        Description =
            "Folder for report.html, examples.parquet and .csv, suspects.csv, summary.json, keep.txt [default: the audit's own in "
            + "--audits]",
        HelpName = "FOLDER",
    };
    private static readonly Option<string?> Decisions = new("--decisions")
    {
        Description =
            "Decisions of people on labels, decisions.jsonl of 'rote review' or decisions.csv of a page: kept labels are known to be "
            + "right, changed ones are corrected before the audit, dropped examples left out",
        HelpName = "FILE",
    };
    private static readonly DataOptions OwnData = new(encoder: EncoderUse.Beside);
    private static readonly AuditOwnModel OwnModel = new();
    private static readonly ShowOptions Show = new();
    private static readonly GateOptions Gate = new();
    private static readonly AuditCluster Cluster = new();

    public static Command Create()
    {
        var command = new Command(
            "audit",
            "Find the labels of a data set that are probably wrong, and what is learned by rule or by rote; stop at any time and go "
                + "on with the same command"
        )
        {
            Data,
            Embeddings,
            OwnModel.Predictions,
            OwnModel.Dynamics,
            Decisions,
            Budget,
            Members,
            Network,
            Epochs,
            Examples,
            Seed,
            Threads,
            Workers,
            TrainOnly,
            Measures,
            Device,
            Precision,
            Audits,
            Output,
        };
        command.SetAction(Run);
        HelpGroups.Put(Decisions, HelpGroups.OwnData);
        return Cluster.AddTo(Show.AddTo(OwnData.AddTo(Gate.AddTo(command))));
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        if (OwnModel.IsAsked(parse))
        {
            return RunOwnModel(parse, screen);
        }

        var session = new AuditSession(screen, SettingsOf(parse));
        return session.Run(interrupted: CommandLine.Typed(parse));
    }

    private static AuditSettings SettingsOf(ParseResult parse)
    {
        var cluster = Cluster.Read(parse, Budget);
        var budget = BudgetOf(parse, cluster);
        if (cluster is null)
        {
            RequireCores(parse.GetValue(Threads) ?? 1, parse.GetValue(Workers) ?? 1);
        }

        RequireJudging(parse);
        var network = parse.GetValue(Network) is { } name and not Auto ? NetworkCatalog.Find(name) : null;
        MeasureCatalog.Of(parse.GetValue(Measures));
        var device = DeviceOption.Resolve(parse.GetValue(Device)!, cluster);
        return new AuditSettings
        {
            Parse = parse,
            Budget = budget,
            Cluster = cluster,
            Network = network,
            Epochs = parse.GetValue(Epochs),
            Seed = parse.GetValue(Seed),
            Threads = parse.GetValue(Threads),
            Measures = parse.GetValue(Measures),
            Device = device,
            Precision = CommonOptions.Resolve(parse.GetValue(Precision)!, device),
            Root = FolderOf("--audits", parse.GetValue(Audits)!),
            Output = parse.GetValue(Output) is { } folder ? FolderOf("--output", folder) : null,
            Gate = Gate.Read(parse, hasInterval: true),
            Decisions = DecisionsOf(parse),
            Examples = new DataSpec { Name = "", Examples = parse.GetValue(Examples) }.Examples, // refuses what is none
            TrainOnly = parse.GetValue(TrainOnly),
            Source = Source(parse),
            Vectors = parse.GetValue(Embeddings),
            Own = OwnData,
            Shown = Show.Read(parse),
            Worker = Cluster,
        };
    }

    /// <summary>The words of a worker that trains networks of the same audit and nothing else.</summary>
    /// <param name="settings">The audit.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="probe">What the worker must find in the job's folder.</param>
    internal static IReadOnlyList<string> WorkerWords(AuditSettings settings, AuditPlan plan, string probe)
    {
        Option[] own =
        [
            .. Gate.All,
            .. Show.All,
            Members,
            Device,
            Precision,
            TrainOnly,
            Audits,
            Output,
            GlobalOptions.Json,
            GlobalOptions.Quiet,
            GlobalOptions.Explain,
        ];
        string[] added =
        [
            TrainOnly.Name,
            Members.Name,
            $"{settings.Budget.Members}",
            Budget.Name,
            AuditBudget.NoLimit,
            .. plan.Recipe.Device.IsGpu ? (string[])[Device.Name, $"{plan.Recipe.Device}"] : [],
            Precision.Name,
            plan.Recipe.Precision.ToString().ToLowerInvariant(),
            Audits.Name,
            settings.Root,
        ];
        return Cluster.Words(settings.Parse, own, added, probe);
    }

    private static DecisionFile? DecisionsOf(ParseResult parse) =>
        parse.GetValue(Decisions) switch
        {
            null => null,
            "" => throw new InputException("--decisions is empty, expected a file."),
            var path when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                "--decisions holds a character that no file's name has."
            ),
            var path => DecisionFile.Read(path),
        };

    private static AuditBudget BudgetOf(ParseResult parse, ClusterRequest? cluster) =>
        new()
        {
            Time = cluster is null ? AuditBudget.ParseTime(parse.GetValue(Budget)!) : AuditBudget.Unlimited,
            Members = parse.GetValue(Members),
            Together = Cluster.Together(parse, parse.GetValue(Workers), parse.GetValue(Threads) ?? 1),
        };

    /// <summary>An audit that trains nothing; options of training are refused.</summary>
    private static int RunOwnModel(ParseResult parse, Screen screen)
    {
        Option[] ofTraining =
        [
            Embeddings,
            Budget,
            Members,
            Network,
            Epochs,
            Examples,
            Seed,
            Threads,
            Workers,
            TrainOnly,
            Device,
            Precision,
            OwnData.Embed,
            .. Cluster.All,
        ];
        if (CommandLine.FirstOf(parse, ofTraining) is { } asked)
        {
            throw new InputException($"{asked.Name} has no meaning with --predictions or --dynamics, which train nothing; leave it out.");
        }

        var output = parse.GetValue(Output) is { } folder ? FolderOf("--output", folder) : null;
        var root = FolderOf("--audits", parse.GetValue(Audits)!);
        var gate = Gate.Read(parse, hasInterval: false);
        var request = new OwnModelRequest(
            parse.GetValue(Data),
            OwnData.Read(parse),
            Show.Read(parse),
            parse.GetValue(Measures),
            DecisionsOf(parse)
        );
        return OwnModel.Run(parse, screen, request, root, output, gate);
    }

    /// <summary>Refuses what says where a judgement goes or how it is shown, where there is none.</summary>
    private static void RequireJudging(ParseResult parse)
    {
        Option[] ofJudgement = [.. Gate.All, Output, GlobalOptions.Json, GlobalOptions.Explain, .. Show.All];
        if (parse.GetValue(TrainOnly) && CommandLine.FirstOf(parse, ofJudgement) is { } asked)
        {
            throw new InputException($"{asked.Name} has no meaning with --train-only, which judges nothing; leave it out.");
        }
    }

    private static void RequireCores(int threads, int workers)
    {
        if ((long)threads * workers > Environment.ProcessorCount && workers > 1)
        {
            throw new InputException(
                $"{workers} networks of {threads} {(threads == 1 ? "thread" : "threads")} each need more cores than the "
                    + $"{Environment.ProcessorCount} that are here; give fewer --workers or --threads."
            );
        }
    }

    private static string Source(ParseResult parse) =>
        (parse.GetValue(Data), parse.GetValue(Embeddings)) switch
        {
            ({ } data, null) => data,
            (null, { } embeddings) when !File.Exists(embeddings) && !Directory.Exists(embeddings) => throw new InputException(
                $"There is nothing at {Path.GetFullPath(embeddings)}, which --embeddings names."
            ),
            (null, { } embeddings) => Path.GetFullPath(embeddings),
            ({ }, { }) => throw new InputException("An audit is of DATA or of --embeddings, not of both; leave one out."),
            _ => throw new InputException(
                "An audit needs data: a catalog name or a path as DATA, vectors with --embeddings, or your own model's predictions with "
                    + "--predictions and --labels."
            ),
        };

    private static string FolderOf(string option, string path) =>
        path switch
        {
            "" => throw new InputException($"{option} is empty, expected a folder."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                $"{option} holds a character that no folder's name has."
            ),
            _ when File.Exists(path) => throw new InputException($"{option} is {path}, which is a file; expected a folder."),
            _ => Path.GetFullPath(path),
        };
}
