using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Rote.Cli.Help;

/// <summary>Under which heading of the help an option stands.</summary>
internal static class HelpGroups
{
    public const string OwnData = "Your own data";
    public const string Recipe = "Recipe";
    public const string Other = "Options";
    public const string Output = "Output";

    /// <summary>Where runs are made.</summary>
    public const string Cluster = "On a cluster";

    /// <summary>What every command takes.</summary>
    public const string Everywhere = "Every command";

    /// <summary>Commands with fewer options than this have one list.</summary>
    private const int Few = 8;

    private static readonly string[] Order =
    [
        "Data",
        OwnData,
        "Network",
        Recipe,
        "Dial",
        Other,
        "How it is computed",
        Cluster,
        Output,
        Everywhere,
    ];

    private static readonly (string Group, string[] Options)[] Known =
    [
        (
            "Data",
            [
                "--data",
                "--embeddings",
                "--predictions",
                "--dynamics",
                "--examples",
                "--test-examples",
                "--test-from",
                "--corruption",
                "--split",
            ]
        ),
        ("Network", ["--network", "--dropout", "--crop"]),
        (Recipe, ["--epochs", "--rule-epochs"]),
        (
            "Dial",
            [
                "--memorize",
                "--baseline",
                "--strip-canaries",
                "--watch-memorization",
                "--canaries",
                "--precision-of-m",
                "--bound-privacy",
                "--tools",
                "--targets",
            ]
        ),
        (
            "How it is computed",
            ["--budget", "--members", "--seed", "--seeds", "--workers", "--train-only", "--device", "--precision", "--threads"]
        ),
        (
            Output,
            [
                "--check",
                "--runs",
                "--audits",
                "--output",
                "--out",
                "--overwrite",
                "--probabilities",
                "--report",
                "--picture",
                "--rule-picture",
                "--tensorboard",
                "--list",
            ]
        ),
    ];

    private static readonly ConditionalWeakTable<Option, string> Chosen = [];

    /// <summary>Puts an option under a heading, whatever its name.</summary>
    public static Option Put(Option option, string group)
    {
        Chosen.AddOrUpdate(option, group);
        return option;
    }

    /// <summary>A command's own options, then those of every command, under their headings.</summary>
    public static IEnumerable<IGrouping<string, Option>> Of(Command command)
    {
        var own = command
            .Options.Where(option =>
                !option.Hidden && !option.Recursive && option is not System.CommandLine.Help.HelpOption and not VersionOption
            )
            .ToArray();
        var isOneList = own.Length < Few;
        return own.Select(option => (Group: isOneList ? Other : Group(option), Option: option))
            .Concat(Everyone(command).Select(option => (Group: isOneList && own.Length == 0 ? Other : Everywhere, Option: option)))
            .GroupBy(item => item.Group, item => item.Option)
            .OrderBy(group => Array.IndexOf(Order, group.Key));
    }

    private static string Group(Option option) =>
        Chosen.TryGetValue(option, out var chosen)
            ? chosen
            : Known.FirstOrDefault(known => known.Options.Contains(option.Name)).Group ?? Other;

    private static IEnumerable<Option> Everyone(Command command)
    {
        var root = command;
        while (root.Parents.OfType<Command>().FirstOrDefault() is { } parent)
        {
            root = parent;
        }

        return root.Options.Where(option => option.Recursive || option is System.CommandLine.Help.HelpOption || root == command);
    }
}
