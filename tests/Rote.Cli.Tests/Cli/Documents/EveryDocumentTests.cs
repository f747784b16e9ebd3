using System.Diagnostics;
using Rote.Cli;
using Rote.Cli.Documents;
using Rote.Tests.Docs.Commands;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Documents;

/// <summary>Every command is run at its smallest, in every form of its document.</summary>
public sealed class EveryDocumentTests(EveryDocumentTests.Made made) : IClassFixture<EveryDocumentTests.Made>
{
    private const string Small = "--network mlp-1x8 --epochs 2 --threads 1";

    /// <summary>Command lines; what stands in braces is made beforehand.</summary>
    private static readonly string[] _lines =
    [
        "apply {audit} --decisions {decisions.csv}",
        "audit {photos} --members 3 --embed none --fail-over 1% --audits {audits} " + Small,
        "audit --predictions {P.npy} --labels {y.txt} --output {own}",
        "data check {photos} --output {checks}",
        "data get shapes",
        "data list",
        "data pack {photos} {photos.rote}",
        "data show {iris.csv} --label-column species --out {iris.png}",
        "data show modular-addition-17 --out {sums.png}",
        "doctor",
        "embed {photos} --embed {toy.onnx} --out {vectors.npy}",
        "evaluate {run} {photos} --output {predictions}",
        "evaluate {run} {photos} --unlabelled --output {predictions}",
        "features {run} --data {photos} --examples 60 --threads 1 --output {features}",
        "forget {run} {photos} --examples {forget.txt} --compare-retrained",
        "quickstart --data {photos} --rule-epochs 5 --runs {quick} --report {quick.html} " + Small,
        "reproduce zhang2017 --list",
        "reproduce zhang2017 --scale smoke --only parameters --runs {runs} --report {zhang.html}",
        "review {audit} --export csv --output {labels.csv}",
        "runs compare {run} {other} --runs {runs}",
        "runs list --runs {runs}",
        "runs remove {spare} --runs {spares} --yes",
        "runs show {run}",
        "schema",
        "theory kernel modular-addition-17 --examples 60 --threads 1",
        "theory minimum-norm modular-addition-17 --examples 20",
        "theory theorem1 --generated 20x4",
        "train {photos} --corruption random-labels --runs {random} " + Small,
        "train {photos} --seeds 2 --on slurm --dry-run --runs {runs} " + Small,
    ];

    /// <summary>Those that start workers.</summary>
    private static readonly string[] _withWorkers =
    [
        "frontier modular-addition-17 --network mlp-1x8 --tools dial,plain --targets 0.5 --epochs 2 --workers 1 --runs {f} "
            + "--report {f.html}",
        "train {photos} --seeds 2 --workers 1 --runs {seeds} " + Small,
    ];

    /// <summary>Those that go on until they are stopped.</summary>
    private static readonly string[] _served = ["review {audit} --no-open", "serve {runs} --no-open"];

    public static TheoryData<string> Lines => [.. _lines];

    public static TheoryData<string> WithWorkers => [.. _withWorkers];

    public static TheoryData<string> Served => [.. _served];

    [Fact]
    public void No_command_with_a_schema_is_left_out() =>
        Assert.Equal(
            Schemas.Names,
            _lines.Concat(_withWorkers).Concat(_served).Select(line => NameOf(line.Split(' '))).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_document_is_what_its_schema_says(string line)
    {
        var words = made.Words(line);
        var (code, output, error) = Command.Run(words);
        Assert.True(code is ExitCode.Done || (code is ExitCode.CheckFailed && words.Contains("--fail-over")), error);
        Assert.Empty(DocumentCheck.Errors(NameOf(words), output));
    }

    [Theory]
    [MemberData(nameof(WithWorkers))]
    public void A_document_of_many_runs_is_what_its_schema_says(string line)
    {
        var words = made.Words(line);
        var (code, output, error) = Command.Start(words);
        Assert.True(code == ExitCode.Done, error);
        Assert.Empty(DocumentCheck.Errors(NameOf(words), output));
    }

    [Theory]
    [MemberData(nameof(Served))]
    public void A_document_of_a_page_is_what_its_schema_says(string line)
    {
        var words = made.Words(line);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), words)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = "";
        while (!output.EndsWith("\n}\n", StringComparison.Ordinal) && process.StandardOutput.ReadLine() is { } next)
        {
            output += next + "\n";
        }

        process.Kill();
        process.WaitForExit();
        Assert.Empty(DocumentCheck.Errors(NameOf(words), output));
    }

    private static string NameOf(string[] words) => Schemas.NameOf(Program.Build().Parse(words).CommandResult.Command);

    /// <summary>Four classes of small pictures, two runs, an audit, and what commands read beside them.</summary>
    public sealed class Made : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Made()
        {
            SmallInputs.Make("photos iris.csv P.npy y.txt decisions.csv", _folder.Path);
            File.WriteAllText(_folder.File("forget.txt"), "bird/3.png\n");
            File.WriteAllBytes(_folder.File("toy.onnx"), OnnxFiles.Pictures([0, 3, 8, 8], [1, 0, -1, 2, 0, 1, 1, -2, 0, 1, 0, 2], 4));
            foreach (var (store, seed) in new[] { ("runs", 1), ("runs", 2), ("spares", 1) })
            {
                Run($"train {{photos}} --image-size 8 --seed {seed} --runs {{{store}}} {Small}");
            }

            Run(_lines[1]);
        }

        /// <summary>The words of a line, with a document asked for.</summary>
        public string[] Words(string line) =>
            [
                .. line.Split(' ')
                    .Select(word =>
                        word switch
                        {
                            "{run}" => RunsIn("runs")[0],
                            "{other}" => RunsIn("runs")[1],
                            "{spare}" => RunsIn("spares")[0],
                            "{audit}" => Directory.GetDirectories(_folder.File("audits")).Single(),
                            ['{', .. var name, '}'] => _folder.File(name),
                            _ => word,
                        }
                    ),
                "--json",
                "--quiet",
            ];

        public void Dispose() => _folder.Dispose();

        private void Run(string line)
        {
            var (code, _, error) = Command.Run(Words(line));
            Assert.True(code is ExitCode.Done or ExitCode.CheckFailed, error);
        }

        /// <summary>Runs on the labels as they are, in the order of their seeds.</summary>
        private string[] RunsIn(string store) =>
            [
                .. Directory
                    .GetDirectories(_folder.File(store))
                    .Where(run => File.Exists(Path.Combine(run, "summary.json")) && !File.Exists(Path.Combine(run, "forgotten.json")))
                    .Order(StringComparer.Ordinal),
            ];
    }
}
