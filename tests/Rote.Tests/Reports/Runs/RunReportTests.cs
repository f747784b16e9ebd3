using Rote.Corruptions;
using Rote.Data;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Reports.Runs;

public sealed class RunReportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunReportTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_of_runs_in_every_state()
    {
        RunFolders.Finished(_store, RunFolders.Experiment());
        RunFolders.Finished(
            _store,
            RunFolders.Experiment(new PartiallyCorruptedLabels { Probability = 0.3 }, seed: 12),
            started: 1,
            trainCorrect: 1000
        );
        RunFolders.Interrupted(_store, RunFolders.Experiment(new RandomLabels()), started: 2);
        RunFolders.Finished(_store, RunFolders.Experiment() with { Engine = 0 }, started: 3);
        Directory.CreateDirectory(Path.Combine(_store.Root, "a folder with a name that is far too long"));
        using var held = _store.Open(RunFolders.Experiment(new ShuffledPixels()));
        RunFolders.Write(
            held.Path,
            RunFiles.Manifest,
            _store.All()[0].Manifest! with
            {
                Started = RunFolders.Start.AddMinutes(9),
                Finished = null,
                WallSeconds = null,
            }
        );
        Snapshot.Verify(RunListTable.Create(_store.All(), "runs").ToText(), "runs-list");
    }

    [Fact]
    public void Everything_about_one_run()
    {
        var run = _store.Get(RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()), epochs: 20));
        Snapshot.Verify(RunReport.ToText(run).Replace(_store.Root, "runs", StringComparison.Ordinal), "runs-show");
    }

    [Fact]
    public void A_run_that_went_back_to_an_earlier_epoch_says_so_wherever_its_epochs_are_named()
    {
        var run = _store.Get(RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()), epochs: 20));
        run = run with { Summary = run.Summary! with { KeptEpoch = 13 } };
        var (text, page) = (RunReport.ToText(run), RunReport.ToHtml(run));
        Assert.Contains("20, weights of epoch 13", text, StringComparison.Ordinal);
        Assert.Contains("mean over the kept epoch's batches", text, StringComparison.Ordinal);
        Assert.Contains(", weights of epoch 13, the network gives", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_partly_corrupted_labels_shows_what_is_fitted_in_parts()
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment(new PartiallyCorruptedLabels { Probability = 0.3 }));
        var run = _store.Get(folder);
        run = run with
        {
            Summary = run.Summary! with { ChangedCount = 270, MemorizedCount = 261, RecoveredCount = 5 },
            History =
            [
                .. run.History.Select(epoch =>
                    epoch with
                    {
                        CleanAccuracy = 1 - (0.5 / (epoch.Epoch + 1)),
                        MemorizedShare = 0.2 * epoch.Epoch,
                        RecoveredShare = 0.8 - (0.2 * epoch.Epoch),
                    }
                ),
            ],
        };
        var text = RunReport.ToText(run).Replace(_store.Root, "runs", StringComparison.Ordinal);
        Snapshot.Verify(
            string.Join('\n', text.Split('\n').Where(line => line.Contains("labels", StringComparison.Ordinal)))
                + text[text.IndexOf("\nThe curve", StringComparison.Ordinal)..],
            "runs-show-parts"
        );
        Assert.Equal(6, RunReport.ToHtml(run).Split("<svg").Length - 1); // each for a wide and a narrow reader
        Snapshot.Verify(TrainTable.Create(run.Finished()).ToText(), "train-parts");
    }

    [Fact]
    public void A_run_of_the_dial_shows_what_it_proves()
    {
        var experiment = RunFolders.Experiment(new PartiallyCorruptedLabels { Probability = 0.3 }) with
        {
            Control = new MemorizationDial { Target = 0.25 },
            Canaries = new CanaryPlan { Steering = 237, HeldOut = 237 },
        };
        var folder = RunFolders.Finished(_store, experiment);
        File.WriteAllText(Path.Combine(folder, "distrusted.csv"), "row,givenLabel,suggestedLabel,trust\n");
        var run = _store.Get(folder);
        var canaries = new CanarySummary
        {
            Asked = 0.25,
            SteeringHits = 72,
            SteeringCount = 237,
            HeldOutCanaryHits = 60,
            HeldOutCanaryCount = 237,
            HeldOutCorrect = 230,
            HeldOutCount = 500,
            Classes = 10,
        };
        run = run with
        {
            Summary = run.Summary! with { Canaries = canaries },
            History = [.. run.History.Select(epoch => epoch with { Memorization = 0.06 * epoch.Epoch })],
        };
        var text = RunReport.ToText(run).Replace(_store.Root, "runs", StringComparison.Ordinal);
        Snapshot.Verify(
            text[text.IndexOf("Memorization", StringComparison.Ordinal)..text.IndexOf("\nExperiment", StringComparison.Ordinal)],
            "runs-show-memorization"
        );
        Assert.Contains("Asked: 0.25.", RunReport.ToHtml(run), StringComparison.Ordinal);
        Assert.Contains(
            "Memorization is 0.00 at epoch 0 and 0.24 at epoch 4; 0.25 was asked for.",
            RunReport.ToHtml(run),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Not trusted",
            RunReport.ToText(_store.Get(RunFolders.Finished(_store, RunFolders.Experiment()))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_that_is_not_finished_says_so()
    {
        var run = _store.Get(RunFolders.Interrupted(_store, RunFolders.Experiment()));
        Assert.Contains(
            "It is not finished, epoch 2 of 4 is done; the same training, started again, goes on with it.",
            RunReport.ToText(run),
            StringComparison.Ordinal
        );
        Assert.Contains("role=\"note\">It is not finished", RunReport.ToHtml(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_folder_is_shown_as_far_as_it_can_be()
    {
        var run = _store.Get(Directory.CreateDirectory(Path.Combine(_store.Root, "foreign")).FullName);
        Assert.Equal($"foreign: damaged\n{run.Folder}\nIt is damaged: it has no experiment.json.\n", RunReport.ToText(run));
        Assert.Contains("No epoch of it is known.", RunReport.ToHtml(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_two_charts_and_no_markup_from_data()
    {
        var run = _store.Get(
            RunFolders.Finished(_store, RunFolders.Experiment() with { Data = new DataSpec { Name = "<script>alert(1)</script>" } })
        );
        var html = RunReport.ToHtml(run);
        Assert.Equal(4, html.Split("<svg").Length - 1); // each for a wide and a narrow reader
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("\n  &quot;data&quot;: {\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_written_whole()
    {
        var file = _folder.File("deep/run.html");
        var run = _store.Get(RunFolders.Finished(_store, RunFolders.Experiment()));
        RunReport.Write(run, file);
        Assert.Equal(RunReport.ToHtml(run), File.ReadAllText(file));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(5000, 10)]
    public void The_curve_shows_the_first_epochs_and_the_last(int count, int shown)
    {
        EpochMetrics[] history = [.. Enumerable.Range(0, count).Select(epoch => Epoch(epoch, 0.5))];
        var chosen = RunCurveTable.Choose(history);
        Assert.Equal(shown, chosen.Count);
        Assert.Equal([0, .. count > 1 ? [1] : Array.Empty<int>()], chosen.Take(2).Select(epoch => epoch.Epoch));
        Assert.Equal(count - 1, chosen[^1].Epoch);
        Assert.Equal(chosen.Select(epoch => epoch.Epoch).Order().Distinct(), chosen.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void The_curve_prefers_epochs_that_were_evaluated()
    {
        EpochMetrics[] history = [.. Enumerable.Range(0, 101).Select(epoch => Epoch(epoch, epoch % 20 == 0 ? 0.5 : null))];
        Assert.Equal([0, 20, 40, 60, 80, 100], RunCurveTable.Choose(history).Select(epoch => epoch.Epoch));
    }

    [Theory]
    [InlineData(5, 20)]
    [InlineData(30, 3)]
    public void The_curve_prefers_epochs_that_were_tested_if_they_fill_it(int testEvery, int apart)
    {
        EpochMetrics[] history =
        [
            .. Enumerable.Range(0, 91).Select(epoch => Epoch(epoch, 0.5) with { TestAccuracy = epoch % testEvery == 0 ? 0.5 : null }),
        ];
        var chosen = RunCurveTable.Choose(history);
        Assert.Equal(10, chosen.Count);
        Assert.Equal(testEvery == 5, chosen.All(epoch => epoch.TestAccuracy is not null));
        Assert.True(chosen[1].Epoch <= apart, $"{chosen[1].Epoch}");
    }

    private static EpochMetrics Epoch(int epoch, double? accuracy) =>
        new()
        {
            Epoch = epoch,
            LearningRate = 0.1,
            Seconds = epoch,
            TrainAccuracy = accuracy,
            TestAccuracy = accuracy,
        };
}
