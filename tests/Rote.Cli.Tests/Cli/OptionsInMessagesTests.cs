using System.Text.RegularExpressions;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>What a message recommends can be typed.</summary>
public sealed partial class OptionsInMessagesTests
{
    /// <summary>Of npm, of dotnet nuget, of Slurm, and CSS.</summary>
    private static readonly string[] Others =
    [
        "--fetch-retries",
        "--fetch-retry-maxtimeout",
        "--fetch-retry-mintimeout",
        "--ignore-scripts",
        "--no-update-notifier",
        "--prefer-offline",
        "--parsable",
        "--noheader",
        "--array",
        "--jobs",
        "--format",
        "--oneliner",
        "--requeue",
        "--clear",
        "--error-width",
        "--paper",
        "--help",
    ];

    [Fact]
    public void Every_option_that_a_message_names_is_one_of_a_command()
    {
        var known = All(Program.Build())
            .SelectMany(command => command.Options)
            .SelectMany(option => option.Aliases.Append(option.Name))
            .Concat(Others)
            .ToHashSet(StringComparer.Ordinal);
        var wrong = Uses().Where(use => !known.Contains(use.Option)).Distinct().ToArray();
        Assert.Equal("", string.Join(" ", wrong.Select(use => $"{use.File}:{use.Option}")));
    }

    /// <summary>Whose texts a file holds, by the beginning of its path below src; the longest one counts. Empty: every command's.</summary>
    private static readonly (string Path, string[] Commands)[] ShownBy =
    [
        ("Rote.Cli/", []),
        ("Rote.Cli/SettingNames", ["-"]), // asks each command
        ("Rote.Cli/Help/", ["-"]), // names commands
        ("Rote.Cli/Commands/WorkerCommand", ["worker"]),
        ("Rote.Cli/Commands/WorkerSet", ["-"]), // says what made the set
        ("Rote.Cli/WorkerStart", ["train", "frontier", "reproduce"]),
        ("Rote.Cli/ExampleCount", ["-"]), // says what was given
        ("Rote.Cli/Doctor/", ["quickstart"]), // what its answer recommends
        ("Rote.Cli/Clusters/", ["train", "frontier", "reproduce", "audit"]),
        ("Rote.Cli/Clusters/AuditRunner", ["audit"]),
        ("Rote.Cli/Clusters/JobKind", ["-"]), // has the option of runs and that of audits
        ("Rote.Cli/Clusters/ClusterJob", ["worker"]), // how a worker is started
        ("Rote.Cli/Clusters/SlurmSubmission", ["worker"]), // how a job is cancelled
        ("Rote.Cli/Commands/Worker", ["worker"]),
        ("Rote.Cli/Commands/Audit", ["audit"]),
        ("Rote.Cli/Commands/Apply", ["apply"]),
        ("Rote.Cli/Commands/CanaryOptions", ["train"]),
        ("Rote.Cli/Gate/", ["audit"]),
        ("Rote.Cli/Clusters/KubernetesJob", ["-"]),
        ("Rote.Cli/Clusters/SlurmClient", ["-"]), // calls Slurm
        ("Rote.Cli/Clusters/SlurmScript", ["-"]),
        ("Rote.Cli/Clusters/SlurmTask", ["-"]), // a worker says how its set was to be submitted
        ("Rote.Cli/Commands/Completion", ["-"]), // answers for each command
        ("Rote.Cli/Commands/DeviceOption", ["train", "audit", "evaluate", "quickstart", "frontier", "reproduce"]),
        ("Rote.Cli/Commands/Common", ["-"]), // declares only
        ("Rote.Cli/Commands/DataOptions", Data),
        ("Rote.Cli/Commands/Data", ["data show"]),
        ("Rote.Cli/Commands/DataCheck", ["data check"]),
        ("Rote.Cli/Commands/DataPack", ["data pack"]),
        ("Rote.Cli/Commands/Embed", ["embed"]),
        ("Rote.Cli/Commands/EmbedOption", ["-"]), // declares only
        ("Rote.Cli/Commands/Evaluate", ["evaluate"]),
        ("Rote.Cli/Commands/Features", ["features"]),
        ("Rote.Cli/Commands/Forget", ["forget"]),
        ("Rote.Cli/Commands/Frontier", ["frontier"]),
        ("Rote.Cli/Commands/Quickstart", ["quickstart"]),
        ("Rote.Cli/Commands/RecipeOptions", ["train"]),
        ("Rote.Cli/Commands/Reproduce", ["reproduce"]),
        ("Rote.Cli/Commands/Review", ["review"]),
        ("Rote.Cli/LocalPage", ["review", "serve"]),
        ("Rote.Cli/Commands/RunsCommand", ["runs show", "runs compare"]),
        ("Rote.Cli/Commands/RunsList", ["runs list"]),
        ("Rote.Cli/Commands/RunsRemove", ["runs remove"]),
        ("Rote.Cli/Commands/TheoryCommand", ["theory theorem1", "theory kernel", "theory minimum-norm"]),
        ("Rote.Cli/Commands/TheoryKernel", ["theory kernel"]),
        ("Rote.Cli/Commands/TheoryMinimumNorm", ["theory minimum-norm"]),
        ("Rote.Cli/Commands/TheoryTheorem1", ["theory theorem1"]),
        ("Rote.Cli/Commands/Show", ["audit"]),
        ("Rote.Cli/Commands/Train", ["train"]),
        ("Rote.Cli/Displays/Evaluate", ["evaluate"]),
        ("Rote.Cli/Displays/Theory", ["theory theorem1", "theory kernel", "theory minimum-norm"]),
        // Words of pages and states: the library throws none of these.
        ("Rote/Audits/", ["audit"]),
        ("Rote/Reports/Audits/", ["audit"]),
        ("Rote/Reports/Reproductions/", ["reproduce"]),
        ("Rote/Studies/Claims/", ["reproduce"]),
        ("Rote/Storage/RunReader", []),
    ];

    private static string[] Data =>
        [
            "audit",
            "evaluate",
            "forget",
            "frontier",
            "quickstart",
            "train",
            "data show",
            "data pack",
            "theory theorem1",
            "theory kernel",
            "theory minimum-norm",
        ];

    [Fact]
    public void Every_option_that_a_text_names_is_one_of_each_command_that_shows_the_text()
    {
        var root = Program.Build();
        var wrong = Uses()
            .SelectMany(use => Missing(root, use).Select(command => $"{use.File}: {command} has no {use.Option}"))
            .Distinct()
            .ToArray();
        Assert.Equal("", string.Join("\n", wrong));
    }

    [Fact]
    public void What_help_says_of_a_command_names_its_own_options()
    {
        var wrong = All(Program.Build())
            .SelectMany(command =>
                command
                    .Options.Select(option => option.Description)
                    .Concat(command.Arguments.Select(argument => argument.Description))
                    .Append(command.Description)
                    .SelectMany(text => Named().Matches(text ?? ""))
                    .Where(option => !Has(command, option.Value))
                    .Select(option => $"{command.Name}: {option.Value}")
            )
            .ToArray();
        Assert.Equal("", string.Join("\n", wrong));
    }

    [Fact]
    public void The_library_speaks_of_settings()
    {
        // Others are npm's, a state of runs, a claim's reason, and words of pages.
        string[] allowed = ["Data/Download/NpmClient", "Reports/", "Storage/RunReader", "Studies/Claims/ClaimSelection"];
        Assert.Equal(
            "",
            string.Join(
                "\n",
                Uses()
                    .Where(use => use.File.StartsWith("Rote/", StringComparison.Ordinal))
                    .Where(use => !allowed.Any(place => use.File["Rote/".Length..].StartsWith(place, StringComparison.Ordinal)))
                    .Select(use => $"{use.File}: {use.Option}")
            )
        );
    }

    private static IEnumerable<string> Missing(System.CommandLine.Command root, (string File, string Option) use)
    {
        var shown = ShownBy
            .Where(place => use.File.StartsWith(place.Path, StringComparison.Ordinal))
            .OrderByDescending(place => place.Path.Length)
            .Select(place => place.Commands)
            .FirstOrDefault();
        var commands =
            shown is null ? []
            : shown is ["-"] ? null
            : shown.Length == 0 ? [root]
            : shown.Select(path => path.Split(' ').Aggregate(root, (command, name) => command.Subcommands.First(c => c.Name == name)));
        return Others.Contains(use.Option) || commands is null ? []
            : shown is null ? ["nobody knows which command"]
            : commands.Where(command => !Has(command, use.Option)).Select(command => command.Name);
    }

    private static bool Has(System.CommandLine.Command command, string name) =>
        command
            .Options.Concat(command.Parents.OfType<System.CommandLine.Command>().SelectMany(Recursive))
            .Any(o => o.Name == name || o.Aliases.Contains(name));

    private static IEnumerable<System.CommandLine.Option> Recursive(System.CommandLine.Command command) =>
        command.Options.Where(o => o.Recursive).Concat(command.Parents.OfType<System.CommandLine.Command>().SelectMany(Recursive));

    /// <summary>Every option in a text of the sources, with the file below src.</summary>
    private static IEnumerable<(string File, string Option)> Uses() =>
        from path in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        from line in File.ReadLines(path)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from text in Text().Matches(line)
        from option in Named().Matches(text.Value)
        select (Path.GetRelativePath(Path.Combine(Repository.Root, "src"), path).Replace('\\', '/'), option.Value);

    private static IEnumerable<System.CommandLine.Command> All(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(All).Prepend(command);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*[a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
