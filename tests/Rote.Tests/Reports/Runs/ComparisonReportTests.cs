using Rote.Corruptions;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Runs;

public sealed class ComparisonReportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public ComparisonReportTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_groups_of_seeds() =>
        Snapshot.Verify(
            ComparisonReport.ToText(
                RunComparison.Of([
                    Finished(new TrueLabels(), 1, 250),
                    Finished(new TrueLabels(), 2, 260),
                    Finished(new PartiallyCorruptedLabels { Probability = 0.3 }, 1, 100),
                ])
            ),
            "runs-compare"
        );

    [Fact]
    public void Runs_without_several_seeds_have_no_table_of_groups()
    {
        var text = ComparisonReport.ToText(
            RunComparison.Of([Finished(new TrueLabels(), 1, 250), Finished(new RandomLabels(), 1, 50), Finished(new RandomPixels(), 1, 50)])
        );
        Assert.DoesNotContain("seed alone", text, StringComparison.Ordinal);
        Assert.EndsWith("No difference is given: there are 3 groups, and a difference has two.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cause_of_a_difference_must_be_one()
    {
        var other = RunFolders.Experiment(new RandomLabels());
        other = other with { Recipe = other.Recipe with { BatchSize = 32 } };
        var text = ComparisonReport.ToText(
            RunComparison.Of([Finished(new TrueLabels(), 1, 250), _store.Get(RunFolders.Finished(_store, other))])
        );
        Assert.Contains(
            "They differ by corruption and recipe.batchSize; with one run each the two cannot be told apart.",
            text.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_page_names_each_group_once_and_draws_each_run()
    {
        var html = ComparisonReport.ToHtml(
            RunComparison.Of([Finished(new TrueLabels(), 1, 250), Finished(new TrueLabels(), 2, 260), Finished(new RandomLabels(), 1, 50)])
        );
        Assert.Equal(6, html.Split("<svg").Length - 1);
        Assert.Equal(6, html.Split(">true-labels (2 seeds)</text>").Length - 1);
        Assert.Equal(6, html.Split(">random-labels</text>").Length - 1);
        Assert.Contains("random-labels against true-labels: training accuracy", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_seeds_begins_with_their_mean()
    {
        var html = ComparisonReport.ToHtml(RunComparison.Of([Finished(new TrueLabels(), 1, 250), Finished(new TrueLabels(), 2, 260)]));
        Assert.Contains("<h1>2 seeds of one experiment</h1>", html, StringComparison.Ordinal);
        Assert.Contains(
            "Mean over 2 seeds: training accuracy 99.0\u00A0%, test accuracy 51.0\u00A0%\u00A0±\u00A01.0.",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_that_is_not_finished_is_noted()
    {
        var interrupted = _store.Get(RunFolders.Interrupted(_store, RunFolders.Experiment(new RandomLabels())));
        var comparison = RunComparison.Of([Finished(new TrueLabels(), 1, 250), interrupted]);
        Assert.Contains("It is not finished", ComparisonReport.ToHtml(comparison), StringComparison.Ordinal);
        Assert.Contains(
            "No difference is given: a group has no finished run.",
            ComparisonReport.ToText(comparison),
            StringComparison.Ordinal
        );
    }

    private StoredRun Finished(Corruption corruption, long seed, int testCorrect) =>
        _store.Get(RunFolders.Finished(_store, RunFolders.Experiment(corruption, seed), testCorrect: testCorrect));
}
