namespace Rote.Tests.Docs.Commands;

/// <summary>How a command of a page is made small enough to be run by a test: all that is changed stands here.</summary>
internal static class SmallRules
{
    /// <summary>Options that are added to a command where the page does not give them.</summary>
    private static readonly Dictionary<string, string[]> _added = new(StringComparer.Ordinal)
    {
        ["quickstart"] =
        [
            "--data",
            "shapes",
            "--examples",
            "200",
            "--network",
            "mlp-1x8",
            "--epochs",
            "2",
            "--rule-epochs",
            "5",
            "--threads",
            "1",
        ],
        ["train"] = ["--network", "mlp-1x16", "--epochs", "3", "--threads", "1"],
        ["audit"] = ["--network", "mlp-1x16", "--members", "3", "--epochs", "3", "--embed", "none"],
        ["frontier"] = ["--network", "mlp-1x16", "--tools", "dial", "--targets", "0.5", "--epochs", "2", "--workers", "1"],
        ["features"] = ["--examples", "60", "--threads", "1"],
        ["reproduce"] = ["--scale", "smoke"],
        ["review"] = ["--no-open"],
        ["serve"] = ["--no-open"],
    };

    /// <summary>Words that are replaced where they stand alone, on the pages of the first entry that names them; an empty page is
    /// any.</summary>
    private static readonly (string Page, string Word, string Instead)[] _replaced =
    [
        // CIFAR-10 has to be fetched. Drawn instead: shapes where pictures of the same classes follow, else the sums of 289 pairs.
        ("docs/guide/evaluate.md", "cifar10", "shapes --examples 200 --test-examples 100"),
        ("", "cifar10", "modular-addition-17"),
        // 50,000 pictures are drawn whole; 200 of them are trained on.
        ("", "shapes", "shapes --examples 200 --test-examples 100"),
        // Where the repository's build put it.
        ("", "artifacts/bin/Extending/release_linux-x64/Extending.dll", Path.Combine(AppContext.BaseDirectory, "Extending.dll")),
    ];

    /// <summary>The runs that docs/guide/runs.md calls by the beginning of their names: the n-th of this test's, in the order of their
    /// training.</summary>
    private static readonly string[] _runs = ["4c90", "f032", "4e9e", "c020", "1972", "bf57"];

    /// <summary>Commands before those of a page that begins in the middle: its reader has done this.</summary>
    public static IReadOnlyDictionary<string, string[]> Before { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["docs/guide/audit.md"] = ["rote audit ./my-photos"],
            ["docs/guide/tutorial-data-engineer.md"] = ["rote audit ./my-photos"],
            ["docs/guide/forget.md"] = ["rote train cifar10"],
            ["docs/guide/serve.md"] = ["rote train cifar10"],
            ["docs/guide/runs.md"] =
            [
                "rote train cifar10 --seed 1",
                "rote train cifar10 --seed 2",
                "rote train cifar10 --seed 3",
                "rote train cifar10 --corruption random-labels",
                "rote train cifar10 --corruption gaussian-pixels",
                "rote train cifar10 --corruption shuffled-pixels",
            ],
        };

    /// <summary>Lines that end with another code than 0, and why that is right.</summary>
    public static IReadOnlyDictionary<string, (int Code, string Said)> Other { get; } =
        new Dictionary<string, (int, string)>(StringComparer.Ordinal)
        {
            // It asks; in a test nobody answers.
            ["./rote runs remove c020"] = (2, "--yes"),
        };

    /// <summary>What is not run, each with its reason.</summary>
    public static IReadOnlyDictionary<string, string> NotRun { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dotnet test -c Release"] = "is what runs this test",
            ["rote reproduce rule-after-rote"] = Smoke,
            ["rote reproduce double-descent"] = Smoke,
            ["rote reproduce benign-kernels"] = Smoke,
            ["rote reproduce complexity-measures"] = Smoke,
            ["rote reproduce zhang2017"] = Smoke,
            ["build/release"] = "takes minutes; .ci/run does it, step 'the packages, from an empty folder'",
            ["dotnet tool install --global Rote.Tool --add-source artifacts/package/release"] = Packed,
            ["dotnet add package Rote --source PATH/TO/rote/artifacts/package/release"] = Packed,
            ["tar -xzf rote-0.1.0-linux-x64.tar.gz"] = Archive,
            ["rote-0.1.0-linux-x64/rote doctor"] = Archive,
            ["podman build -f build/Containerfile -t rote artifacts/package/release"] = Container,
            ["podman run --rm -v \"$PWD:/data\" rote audit my-photos"] = Container,
            ["dotnet new console"] = Outside,
            ["dotnet add reference PATH/TO/rote/src/Rote/Rote.csproj"] = Outside,
            ["dotnet build -c Release samples/Extending"] = "the build of the tests does it: they reference the sample",
            ["rote audit cifar10 --labels corrected.csv --label-column label"] = "needs CIFAR-10 and 50,000 corrected labels of it",
            ["sha256sum data_batch_[1-5].bin | sha256sum"] = "needs CIFAR-10's files",
            ["./rote data get cifar10"] = "needs the network",
            ["apt-get install python3-torch"] = "needs the network and a machine of one's own",
            ["dotnet test -c Release -- --ignore-exit-code 8 --filter-class \"*PyTorchTests\""] = "is one of the tests beside this one",
            [
                "rote train cifar10 --seeds 200 --runs /shared/runs --on slurm --tasks 20 --cpus 4 "
                    + "--threads 4 --memory 8G --time 8:00:00 --partition cpu"
            ] = Cluster,
            [
                "for host in a b c; do ssh $host \"cd project && ./rote train cifar10 --seeds 12 --workers 2 "
                    + "--precision float32 --runs /shared/runs\" & done; wait"
            ] = Cluster,
            ["rote audit photos.rote --members 2000 --audits /shared/audits --on slurm --tasks 100 --memory 8G --time 4:00:00"] = Cluster,
            [
                "for host in a b c; do ssh $host \"cd project && ./rote audit photos.rote --members 200 --budget none "
                    + "--train-only --audits /shared/audits\" & done; wait"
            ] = Cluster,
            ["rote audit photos.rote --members 200 --budget none --audits /shared/audits"] = Cluster,
        };

    private const string Smoke = "takes a minute; .ci/run does it at this scale, step 'every claim of every study at the smallest scale'";
    private const string Packed = "needs the packages; build/release installs from them, in an empty folder";
    private const string Archive = "needs the archive; build/release unpacks and runs it";
    private const string Container = "needs a container engine; the page says that it was never tried";
    private const string Outside = "makes a project; .ci/run builds one, step 'a program elsewhere that uses the library'";
    private const string Cluster = "needs a cluster; tests/cluster has a small one, which .ci/run starts";

    /// <summary>The small command line.</summary>
    /// <param name="line">A line of a page that calls the program alone.</param>
    /// <param name="folder">Where it is run; its runs give names to <c>RUN</c> and to those of runs.md.</param>
    public static string Small(PageLine line, string folder)
    {
        var words = line.Arguments;
        var command = words[0];
        // Where the page says how many examples of a drawn set, that is taken.
        var isCut = words.Contains("--examples");
        var small = words.Select(word => isCut && word == "shapes" ? word : Instead(line.Page, word, folder)).ToList();
        if (_added.TryGetValue(command, out var added))
        {
            for (var i = 0; i < added.Length; i++)
            {
                if (added[i].StartsWith("--", StringComparison.Ordinal) && !words.Contains(added[i]) && Fits(added[i], words))
                {
                    small.AddRange(
                        added.Skip(i).Take(1).Concat(added.Skip(i + 1).TakeWhile(w => !w.StartsWith("--", StringComparison.Ordinal)))
                    );
                }
            }
        }

        return $"{PageLine.Split(line.Text).First()} {string.Join(' ', small)}";
    }

    /// <summary>An audit that trains nothing takes none of the options of training; a line without DATA encodes nothing.</summary>
    private static bool Fits(string option, string[] words) =>
        !words.Any(word => word is "--predictions" or "--dynamics") || option is "--no-open";

    private static string Instead(string page, string word, string folder)
    {
        if (Array.IndexOf(_runs, word) is >= 0 and var i && page == "docs/guide/runs.md")
        {
            return Path.GetFileName(Runs(folder)[i])[..12];
        }

        return word == "RUN"
            ? Path.GetFileName(Runs(folder)[^1])
            : Array.Find(_replaced, entry => entry.Word == word && (entry.Page.Length == 0 || entry.Page == page)).Instead ?? Quoted(word);
    }

    private static string Quoted(string word) => word.All(c => char.IsLetterOrDigit(c) || "-_./=:,%".Contains(c)) ? word : $"'{word}'";

    /// <summary>Finished runs of a folder, the one that was made first at the beginning.</summary>
    private static string[] Runs(string folder) =>
        [
            .. Directory
                .GetDirectories(Path.Combine(folder, "runs"))
                .Where(run => File.Exists(Path.Combine(run, "summary.json")))
                .OrderBy(run => File.GetLastWriteTimeUtc(Path.Combine(run, "summary.json"))),
        ];
}
