namespace Rote.Cli.Help;

/// <summary>One command line for each command that does something useful as it stands.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string> ByCommand = new(StringComparer.Ordinal)
    {
        [""] = "rote quickstart",
        ["quickstart"] = "rote quickstart --data shapes --examples 2000",
        ["audit"] = "rote audit ./my-photos --budget 15m",
        ["review"] = "rote review ./my-photos --reviewer ann",
        ["apply"] = "rote apply ./my-photos",
        ["train"] = "rote train shapes --network mlp-1x512 --examples 5000 --corruption random-labels",
        ["embed"] = "rote embed ./photos --embed resnet18 --out vectors.parquet",
        ["evaluate"] = "rote evaluate random-labels ./more-photos --report page.html",
        ["forget"] = "rote forget random-labels --examples suspects.csv",
        ["features"] = "rote features true-labels",
        ["frontier"] = "rote frontier cifar10 --tools dial,plain --seeds 3",
        ["reproduce"] = "rote reproduce zhang2017 --only table1",
        ["theory"] = "rote theory theorem1 shapes --examples 1000",
        ["theory theorem1"] = "rote theory theorem1 shapes --examples 1000",
        ["theory kernel"] = "rote theory kernel mnist --examples 2000",
        ["theory minimum-norm"] = "rote theory minimum-norm mnist --report page.html",
        ["data"] = "rote data get cifar10",
        ["data list"] = "rote data list --json",
        ["data get"] = "rote data get cifar10",
        ["data show"] = "rote data show ./my-photos --out photos.png",
        ["data check"] = "rote data check ./my-photos --output checks",
        ["data pack"] = "rote data pack ./imagenet imagenet64.rote --size 64",
        ["runs"] = "rote runs list",
        ["runs list"] = "rote runs list --data shapes --state finished",
        ["runs show"] = "rote runs show random-labels --report page.html",
        ["runs compare"] = "rote runs compare true-labels random-labels",
        ["runs remove"] = "rote runs remove random-labels",
        ["serve"] = "rote serve runs",
        ["worker"] = "rote worker --set runs/.sets/0123456789abcdef",
        ["doctor"] = "rote doctor",
        ["schema"] = "rote schema audit",
        ["completion"] = "rote completion bash",
        ["man"] = "rote man",
    };

    /// <summary>The example of a command.</summary>
    /// <param name="path">Its name without the program's, as "runs list"; empty for the program.</param>
    public static string? Of(string path) => ByCommand.GetValueOrDefault(path);

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => ByCommand.Values;
}
