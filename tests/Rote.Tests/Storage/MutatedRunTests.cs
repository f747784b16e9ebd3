using System.Text;
using Rote.Corruptions;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Storage;

/// <summary>Whatever something else has made of a run's files, whoever reads them gets a sentence of ours or a value that can be.</summary>
public sealed class MutatedRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public MutatedRunTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RunFiles.Experiment)]
    [InlineData(RunFiles.Manifest)]
    [InlineData(RunFiles.Metrics)]
    [InlineData(RunFiles.Summary)]
    public void A_mutated_file_makes_a_run_damaged_and_nothing_else_fails(string file)
    {
        var experiment = RunFolders.Experiment();
        RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()));
        var path = Path.Combine(RunFolders.Finished(_store, experiment), file);
        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < 150; seed++)
        {
            File.WriteAllBytes(path, Mutations.Json(whole, seed));
            try
            {
                var all = _store.All();
                var mutated = all.Single(run => Path.GetDirectoryName(path) == run.Folder);
                RunReport.ToText(mutated);
                RunReport.ToHtml(mutated);
                RunListTable.Create(all, _store.Root).ToText();
                _store.Find(experiment);
                RunComparison.Of(all);
            }
            catch (Exception error) when (error is not RoteException)
            {
                Assert.Fail($"{file}, seed {seed}: {error}");
            }
            catch (RoteException)
            {
                continue; // as it should
            }
        }
    }

    [Fact]
    public void A_mutated_tensor_file_is_refused_or_read()
    {
        var path = _folder.File("weights.safetensors");
        using (var stream = File.Create(path))
        {
            using var weights = arange(12, ScalarType.Float32).reshape(3, 4);
            Safetensors.Write(stream, [("a", weights), ("b", weights)], new Dictionary<string, string> { ["format"] = "pt" });
        }

        var whole = File.ReadAllBytes(path);
        for (var seed = 0; seed < 500; seed++)
        {
            File.WriteAllBytes(path, Mutations.Bytes(whole, seed));
            try
            {
                Safetensors.Read(path).Dispose();
            }
            catch (InputException)
            {
                continue;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""",
        "its tensors claim 8 bytes of 4."
    )]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,9000000000000000000],"data_offsets":[0,0]}}""", "'a' has sides that no memory holds.")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[9000000000000000000,9000000000000000000],"data_offsets":[0,4]}}""",
        "'a' has sides that no memory holds."
    )]
    [InlineData("""{"__metadata__":{"x":1}}""", "")]
    [InlineData("""{"a":{"dtype":"U8","shape":null,"data_offsets":[0,4]}}""", "lacks a type, a shape or two offsets")]
    public void A_header_that_claims_what_is_not_there_is_refused_before_memory_is_taken(string header, string part)
    {
        var path = _folder.File("x.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), 1, 2, 3, 4]);
        Assert.Contains(part, Assert.Throws<InputException>(() => Safetensors.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"trainCorrect\": 990", "\"trainCorrect\": 1990", "trainCorrect is 1990 of trainCount 1000")]
    [InlineData("\"testCount\": 500", "\"testCount\": 0", "testCount is 0, expected at least 1")]
    [InlineData("\"testCorrect\": 250", "\"testCorrect\": -1", "testCorrect is -1 of testCount 500")]
    [InlineData(
        "\"parameters\": 1209866",
        "\"parameters\": 1209866, \"changedCount\": 10, \"memorizedCount\": 11",
        "memorizedCount is 11 of changedCount 10"
    )]
    [InlineData(
        "\"parameters\": 1209866",
        "\"parameters\": 1209866, \"changedCount\": 999, \"memorizedCount\": 5",
        "memorizedCount 5 of changedCount 999 leaves 985 of 1 for the other labels"
    )]
    public void Counts_that_cannot_be_are_said_with_the_file(string old, string mutated, string reason)
    {
        var experiment = RunFolders.Experiment();
        var path = Path.Combine(RunFolders.Finished(_store, experiment), RunFiles.Summary);
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, mutated, StringComparison.Ordinal));
        Assert.Equal($"summary.json is not what it should be ({reason})", Assert.Single(_store.All()).Damage);
        Assert.Equal(
            $"{path} is damaged ({reason}); remove the run's folder to train again.",
            Assert.Throws<InputException>(() => _store.Find(experiment)).Message
        );
    }

    [Fact]
    public void A_log_without_an_end_of_line_takes_no_memory()
    {
        var path = Path.Combine(RunFolders.Finished(_store, RunFolders.Experiment()), RunFiles.Metrics);
        File.WriteAllText(path, new string('1', 50_000));
        Assert.Equal("metrics.jsonl cannot be read (it has a line of more than 10,000 characters)", Assert.Single(_store.All()).Damage);
    }
}
