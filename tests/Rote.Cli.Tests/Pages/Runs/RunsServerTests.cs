using System.Net;
using System.Text.Json;
using Rote.Corruptions;
using Rote.Networks;
using Rote.Pages.Runs;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Pages.Runs;

/// <summary>What the page of runs is told, by the real server on real folders.</summary>
public sealed class RunsServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.File("all");

    private RunStore Store => new(Path.Combine(Root, "runs"), TimeProvider.System);

    [Fact]
    public async Task A_finished_run_says_what_its_summary_says()
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        await using var page = await ServedPage.Open(Root);
        var run = Assert.Single(await page.Items(items => items.Length == 1));
        Assert.Equal(("run", "finished", "cifar10", "mlp-1x512"), (Of(run, "kind"), Of(run, "state"), Of(run, "data"), Of(run, "network")));
        Assert.Equal((0.99, 0.5), (run.GetProperty("train").GetDouble(), run.GetProperty("test").GetDouble()));
        Assert.Equal((4, 4), (run.GetProperty("epoch").GetInt32(), run.GetProperty("epochs").GetInt32()));
    }

    [Theory]
    [InlineData("mlp-2x64", new[] { 64, 64 })]
    [InlineData("mlp-64-32-64", new[] { 64, 32, 64 })]
    public async Task An_mlp_has_the_name_by_which_it_is_asked_for(string name, int[] hidden)
    {
        RunFolders.Finished(Store, RunFolders.Experiment() with { Network = new Mlp { Hidden = hidden } });
        await using var page = await ServedPage.Open(Root);
        var run = Assert.Single(await page.Items(items => items.Length == 1));
        Assert.Equal(name, Of(run, "network"));
        Assert.Equal(hidden, Assert.IsType<Mlp>(NetworkCatalog.Find(name)).Hidden);
    }

    // Half of a surrogate pair ended the whole program once: JSON allows it, and whoever reads the text gets an exception.
    [Theory]
    [InlineData("experiment.json", "{\"data\":{\"name\":\"\\ud800\"}}")]
    [InlineData("experiment.json", "{\"\\udc00\":1}")]
    [InlineData("experiment.json", "{\"a\":1,\"a\":2}")]
    [InlineData("experiment.json", "[]")]
    [InlineData("summary.json", "{\"experiment\":\"\\ud800\"}")]
    [InlineData("summary.json", "{\"epochs\":{}}")]
    [InlineData("summary.json", "{\"testCount\":-1}")]
    public async Task A_run_that_holds_anything_at_all_is_damaged_and_the_others_are_shown(string file, string content)
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        var odd = RunFolders.Interrupted(Store, RunFolders.Experiment(seed: 2), epochs: 1);
        File.WriteAllText(Path.Combine(odd, file), content);
        await using var page = await ServedPage.Open(Root);
        var items = await page.Items(items => items.Length == 2);
        Assert.Equal(["damaged", "finished"], items.Select(item => Of(item, "state")).Order());
        var compared = await page.Json("/api/compare?" + string.Join('&', items.Select(i => $"run={Uri.EscapeDataString(Of(i, "id")!)}")));
        Assert.Equal(JsonValueKind.Array, compared.ValueKind);
    }

    [Fact]
    public async Task An_epoch_that_holds_anything_at_all_is_passed_over()
    {
        var run = RunFolders.Interrupted(Store, RunFolders.Experiment(), epochs: 1);
        File.AppendAllText(Path.Combine(run, "metrics.jsonl"), "{\"epoch\":9,\"\\ud800\":1}\n\0\n{\"epoch\":1e99}\n" + Epoch(3));
        await using var page = await ServedPage.Open(Root);
        var item = Assert.Single(await page.Items(items => items.Length == 1));
        Assert.Equal(3, item.GetProperty("epoch").GetInt32());
    }

    [Fact]
    public async Task A_new_epoch_is_told_by_an_event_and_read_from_where_the_last_one_ended()
    {
        var run = RunFolders.Interrupted(Store, RunFolders.Experiment(), epochs: 1);
        await using var page = await ServedPage.Open(Root);
        var id = Of((await page.Items(items => items.Length == 1))[0], "id");
        var address = $"/api/curves?run={Uri.EscapeDataString(id)}&offset=";
        var first = await page.Json(address + "0");
        var known = first.GetProperty("rows").GetArrayLength();
        using var request = new HttpRequestMessage(HttpMethod.Get, page.Server.Origin + "/api/events?since=0");
        using var answer = await page.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await Next(events);
        File.AppendAllText(Path.Combine(run, "metrics.jsonl"), Epoch(7) + "{\"epoch\":8,\"lear"); // the next is half-way
        var told = (await Next(events)).GetProperty("items")[0];
        Assert.Equal((id, 7), (Of(told, "id"), told.GetProperty("epoch").GetInt32()));

        var more = await page.Json(address + first.GetProperty("next").GetInt64());
        Assert.Equal(7, Assert.Single(more.GetProperty("rows").EnumerateArray())[0].GetInt32());
        Assert.False(more.GetProperty("isAnew").GetBoolean());
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), Epoch(1)); // a resume writes the log anew
        var anew = await page.Json(address + more.GetProperty("next").GetInt64());
        Assert.True(anew.GetProperty("isAnew").GetBoolean());
        Assert.Single(anew.GetProperty("rows").EnumerateArray());
        Assert.True(known >= 1);
    }

    [Fact]
    public async Task Who_works_on_a_run_is_seen_and_nothing_is_written()
    {
        var (here, left, away) = (Run(1), Run(2), Run(3));
        using var held = RunLock.Take(here);
        var claim = Path.Combine(Store.Root, ".claims", Path.GetFileName(away));
        Directory.CreateDirectory(claim);
        File.WriteAllText(
            Path.Combine(claim, "x.json"),
            "{\"host\":\"node7\",\"space\":\"another\",\"process\":1,\"processStarted\":0,\"since\":\"2026-01-01T00:00:00+00:00\"}"
        );
        var before = Listing();
        await using (var page = await ServedPage.Open(Root))
        {
            var items = (await page.Items(items => items.Length == 3)).ToDictionary(item => Of(item, "name"));
            Assert.Equal("training", Of(items[Path.GetFileName(here)], "state"));
            Assert.Equal("interrupted", Of(items[Path.GetFileName(left)], "state"));
            Assert.Equal(("elsewhere", "node7"), (Of(items[Path.GetFileName(away)], "state"), Of(items[Path.GetFileName(away)], "host")));
            await Task.Delay(1500); // some looks more
        }

        Assert.Equal(before, Listing());

        string Run(long seed) => RunFolders.Interrupted(Store, RunFolders.Experiment(seed: seed), epochs: 1);
        string[] Listing() =>
            [
                .. Directory
                    .EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
                    .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public async Task A_set_says_what_waits_what_failed_and_how_far_it_is()
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        var failing = RunFolders.Experiment(seed: 3);
        RunRequest[] requests =
        [
            .. new[] { RunFolders.Experiment(), RunFolders.Experiment(seed: 2), failing }.Select(experiment => new RunRequest(
                experiment,
                null
            )),
        ];
        var set = RunSetFolder.Of(Store, requests);
        set.Write(requests, tensorBoard: false);
        set.Failures.Note(Store, failing, new RunFailure(FailureKind.Training, "It <b>diverged</b>."));
        await using var page = await ServedPage.Open(Root);
        var items = await page.Items(items => items.Length == 4);
        Assert.Equal(["failed", "finished", "waiting"], items.Where(i => Of(i, "kind") == "run").Select(i => Of(i, "state")).Order());
        Assert.Equal("It <b>diverged</b>.", Of(items.Single(i => Of(i, "state") == "failed" && Of(i, "kind") == "run"), "note"));
        var told = items.Single(i => Of(i, "kind") == "set");
        Assert.Equal(
            (3, 1, 1),
            (told.GetProperty("total").GetInt32(), told.GetProperty("finished").GetInt32(), told.GetProperty("failed").GetInt32())
        );
    }

    [Theory]
    [InlineData("experiment.json", "{\"schema\":2,\"da")]
    [InlineData("experiment.json", "[1]")]
    [InlineData("experiment.json", "")]
    [InlineData(
        "experiment.json",
        "{\"seed\":1e999,\"data\":7,\"network\":{\"kind\":\"mlp\",\"hidden\":[]},\"recipe\":{\"epochs\":\"x\"}}"
    )]
    [InlineData("metrics.jsonl", "\0\0\n{\"epoch\":-1}\n{}\n[]\n\n{\"epoch\":99999999999}\n")]
    [InlineData("summary.json", "{\"experiment\":\"x\",\"trainCount\":0}")]
    [InlineData("summary.json", "null")]
    public async Task What_cannot_be_read_of_a_run_harms_nothing_else(string file, string content)
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        var broken = RunFolders.Finished(Store, RunFolders.Experiment(new RandomLabels()));
        File.WriteAllText(Path.Combine(broken, file), content);
        await using var page = await ServedPage.Open(Root);
        var items = await page.Items(items => items.Length == 2);
        Assert.Equal("finished", Of(items.Single(i => Of(i, "name") != Path.GetFileName(broken)), "state"));
        foreach (var item in items)
        {
            Assert.Equal(HttpStatusCode.OK, (await page.Get($"/api/curves?run={Uri.EscapeDataString(Of(item, "id"))}")).StatusCode);
        }
    }

    [Fact]
    public async Task A_run_that_is_removed_while_it_is_shown_is_told_gone_and_2000_at_once_are_told()
    {
        var run = RunFolders.Finished(Store, RunFolders.Experiment());
        await using var page = await ServedPage.Open(Root);
        await page.Items(items => items.Length == 1);
        var version = (await page.Json("/api/items")).GetProperty("version").GetString();
        Directory.Delete(run, recursive: true);
        await page.Items(items => items.Length == 0);
        var gone = await page.Json($"/api/items?since={version}");
        Assert.EndsWith(
            Path.GetFileName(run),
            Assert.Single(gone.GetProperty("gone").EnumerateArray()).GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Get($"/api/curves?run=runs/{Path.GetFileName(run)}")).StatusCode);

        for (var i = 0; i < 2000; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Store.Root, $"{i:x12}-many")).FullName;
            File.WriteAllText(Path.Combine(folder, "experiment.json"), $"{{\"seed\":{i}}}");
        }

        var items = await page.Items(items => items.Length == 2000);
        Assert.Equal(2000, items.Select(item => item.GetProperty("seed").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task What_differs_between_runs_is_told_by_member()
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        RunFolders.Finished(Store, RunFolders.Experiment(seed: 9));
        await using var page = await ServedPage.Open(Root);
        var ids = (await page.Items(items => items.Length == 2)).Select(item => $"run={Uri.EscapeDataString(Of(item, "id"))}").ToArray();
        var row = Assert.Single((await page.Json($"/api/compare?{string.Join('&', ids)}")).EnumerateArray());
        Assert.Equal("seed", Of(row, "path"));
        Assert.Equal(["1", "9"], row.GetProperty("values").EnumerateArray().Select(value => value.GetString()).Order());
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Get($"/api/compare?{ids[0]}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Get($"/api/compare?{ids[0]}&run=../x")).StatusCode);
    }

    [Fact]
    public async Task Wrong_folders_are_refused_in_one_sentence()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");
        foreach (var wrong in new[] { "", "a\0b", file, _folder.File("nowhere") })
        {
            var error = await Assert.ThrowsAsync<InputException>(async () => await RunsServer.Start(wrong));
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    private static string Epoch(int epoch) =>
        $"{{\"epoch\":{epoch},\"learningRate\":0.1,\"runningLoss\":1.5,\"testAccuracy\":0.{epoch},\"seconds\":1}}\n";

    private static string Of(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    /// <summary>The next event that holds something.</summary>
    private static async Task<JsonElement> Next(StreamReader events)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await events.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var changes = JsonDocument.Parse(line[6..]).RootElement.Clone();
                if (changes.GetProperty("items").GetArrayLength() > 0)
                {
                    return changes;
                }
            }
        }

        throw new InvalidOperationException("The events ended.");
    }
}
