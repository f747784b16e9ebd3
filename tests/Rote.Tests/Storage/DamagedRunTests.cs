using Rote.Corruptions;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

/// <summary>Whatever lies in the store, the list is whole: what is wrong is said of the folder that is wrong.</summary>
public sealed class DamagedRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public DamagedRunTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RunFiles.Experiment, null, "it has no experiment.json")]
    [InlineData(RunFiles.Manifest, null, "it has no manifest.json")]
    [InlineData(RunFiles.Metrics, null, "it has no metrics.jsonl")]
    [InlineData(RunFiles.Weights, null, "it has summary.json but no weights.safetensors")]
    [InlineData(RunFiles.Experiment, "", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, "[]", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, "null", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, "{}", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, """{"a": 1, "a": 2}""", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, """{"schema": 3, "new": true}""", "its experiment's identity begins with ")]
    [InlineData(RunFiles.Experiment, """{"schema": "x"}""", "experiment.json is not what it should be")]
    [InlineData(
        RunFiles.Experiment,
        """{"data": null, "network": {"kind": "resnet"}, "recipe": {}, "threads": 1}""",
        "experiment.json is not what it should be"
    )]
    [InlineData(
        RunFiles.Experiment,
        """{"data": {"name": "x"}, "network": {}, "recipe": {}, "threads": 1}""",
        "experiment.json is not what it should be"
    )]
    [InlineData(
        RunFiles.Experiment,
        """{"data": {"name": "x"}, "network": {"kind": "resnet"}, "recipe": {}, "threads": 0}""",
        "experiment.json cannot be read (The number of threads is 0"
    )]
    [InlineData(
        RunFiles.Experiment,
        """{"data": {"name": "x"}, "network": {"kind": "resnet"}, "recipe": {}, "threads": 1}""",
        "its experiment's identity begins with "
    )]
    [InlineData(RunFiles.Manifest, "{", "manifest.json is not what it should be")]
    [InlineData(RunFiles.Experiment, """{"data": {"name": "\ud800"}}""", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Experiment, """{"\udc00": 1}""", "experiment.json is not what it should be")]
    [InlineData(RunFiles.Manifest, """{"host": "\ud800"}""", "manifest.json is not what it should be")]
    [InlineData(RunFiles.Manifest, """{"\udc00": 1}""", "manifest.json is not what it should be")]
    [InlineData(RunFiles.Summary, """{"experiment": "\ud800"}""", "summary.json is not what it should be")]
    [InlineData(RunFiles.Summary, """{"\udc00": 1}""", "summary.json is not what it should be")]
    [InlineData(RunFiles.Metrics, "{\"\\ud800\": 1}\n", "metrics.jsonl is not what it should be")]
    [InlineData(RunFiles.Summary, """{"experiment": null}""", "summary.json is not what it should be")]
    [InlineData(RunFiles.Metrics, "{\"epoch\": 0,\n", "metrics.jsonl is not what it should be")]
    public void What_is_wrong_with_a_finished_run_is_said(string file, string? content, string reason)
    {
        var whole = RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()));
        var folder = RunFolders.Finished(_store, RunFolders.Experiment(), started: 1);
        File.Delete(Path.Combine(folder, file));
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(folder, file), content);
        }

        var all = _store.All();
        Assert.Equal(RunState.Finished, all.Single(run => run.Folder == whole).State);
        var damaged = all.Single(run => run.Folder == folder);
        Assert.Equal(RunState.Damaged, damaged.State);
        Assert.StartsWith(reason, damaged.Damage, StringComparison.Ordinal);
        Assert.Contains("is damaged: ", Assert.Throws<InputException>(damaged.Finished).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schema\": 2", "\"schema\": 3", "experiment.json has schema 3, this Rote knows 2: a newer one wrote it")]
    [InlineData(
        "\"network\":",
        "\"control\": { \"kind\": \"early-stopping\" }, \"network\":",
        "an older Rote only read its memorization under the name 'early-stopping', which stops today; train again"
    )]
    [InlineData(
        "\"kind\": \"mlp\"",
        "\"kind\": \"tiny-conv\"",
        "its experiment has a 'tiny-conv', which an extension or a newer Rote adds; load the extension (--extension FILE.dll)"
    )]
    public void A_whole_run_of_what_this_program_does_not_know_is_foreign_and_not_damaged(string known, string unknown, string reason)
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        var text = File.ReadAllText(Path.Combine(folder, RunFiles.Experiment)).Replace(known, unknown, StringComparison.Ordinal);
        var identity = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(RoteJson.Canonical(System.Text.Json.Nodes.JsonNode.Parse(text)))
            )
        );
        var summary = File.ReadAllText(Path.Combine(folder, RunFiles.Summary))
            .Replace(RunFolders.Experiment().Identity, identity, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, RunFiles.Experiment), text);
        File.WriteAllText(Path.Combine(folder, RunFiles.Summary), summary);
        Directory.Move(folder, Path.Combine(Path.GetDirectoryName(folder)!, identity[..12] + "-foreign"));
        var run = Assert.Single(_store.All());
        Assert.Equal((RunState.Foreign, reason), (run.State, run.Damage));
        Assert.DoesNotContain("emove", Assert.Throws<InputException>(run.Finished).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_of_another_experiment_is_recognized()
    {
        var (one, other) = (
            RunFolders.Finished(_store, RunFolders.Experiment()),
            RunFolders.Finished(_store, RunFolders.Experiment(seed: 2))
        );
        File.Copy(Path.Combine(other, RunFiles.Summary), Path.Combine(one, RunFiles.Summary), overwrite: true);
        Assert.Equal("summary.json belongs to another experiment", _store.Get(one).Damage);
    }

    [Fact]
    public void A_log_that_a_kill_has_cut_is_no_damage()
    {
        var folder = RunFolders.Interrupted(_store, RunFolders.Experiment(), epochs: 3);
        File.AppendAllText(Path.Combine(folder, RunFiles.Metrics), "{\"epoch\":4,\"lear");
        var run = _store.Get(folder);
        Assert.Equal((RunState.Interrupted, 4), (run.State, run.History.Count));
        File.AppendAllText(Path.Combine(folder, RunFiles.Metrics), "\0\0\0\n");
        Assert.Equal((RunState.Interrupted, 4), (_store.Get(folder).State, _store.Get(folder).History.Count));
    }

    [Fact]
    public void Folders_in_the_place_of_files_are_no_trouble()
    {
        foreach (var file in new[] { RunFiles.Experiment, RunFiles.Lock, RunFiles.Metrics })
        {
            Directory.CreateDirectory(Path.Combine(_store.Root, "foreign", file));
        }

        Assert.Equal("it has no experiment.json", Assert.Single(_store.All()).Damage);
    }

    [Fact]
    public void A_file_far_too_long_is_not_read()
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        using (var stream = File.OpenWrite(Path.Combine(folder, RunFiles.Experiment)))
        {
            stream.SetLength(5_000_000_000);
        }

        Assert.Contains("it has 5,000,000,000 bytes, expected at most 50,000,000", _store.Get(folder).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_file_never_breaks_the_list()
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        var original = File.ReadAllBytes(Path.Combine(folder, RunFiles.Experiment));
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    byte[] changed = [.. original];
                    changed[at] = value;
                    File.WriteAllBytes(Path.Combine(folder, RunFiles.Experiment), changed);
                    return _store.All().Count == 1;
                },
                iter: 500,
                threads: 1
            );
    }
}
