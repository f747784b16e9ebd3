using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Training.Optimizers;

namespace Rote.Tests.Storage;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunComparisonTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_that_differ_by_seed_alone_have_a_mean_with_the_error_over_seeds()
    {
        // Test shares 0.5, 0.52, 0.6: mean 0.54, s² = 0.0028, error √(0.0028 / 3).
        var comparison = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            Finished(new TrueLabels(), 2, 260),
            Finished(new TrueLabels(), 3, 300),
        ]);
        var group = Assert.Single(comparison.Groups);
        Assert.Equal(0.54, group.Test!.Value.Value, 12);
        Assert.Equal(Math.Sqrt(0.0028 / 3), group.Test.Value.StandardError, 12);
        Assert.Equal((3, 3, true), (group.Test.Value.Samples, group.Seeds, group.IsOverSeeds));
        Assert.Equal("seed", Assert.Single(comparison.Differences).Path);
        Assert.Empty(comparison.Things);
        Assert.Null(comparison.Difference);
    }

    [Fact]
    public void Two_groups_that_differ_by_one_thing_have_a_difference_with_its_error()
    {
        var comparison = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            Finished(new PartiallyCorruptedLabels { Probability = 0.3 }, 1, 100),
            Finished(new TrueLabels(), 2, 270),
            Finished(new PartiallyCorruptedLabels { Probability = 0.3 }, 2, 110),
        ]);
        var difference = comparison.Difference!;
        Assert.Equal(
            ("corruption", "true-labels", "corrupted-labels, probability 0.3"),
            (difference.Thing, difference.First.Label, difference.Second.Label)
        );
        Assert.Equal(0.21 - 0.52, difference.Test.Value, 12);
        // half the distance of two is their error
        Assert.Equal(Math.Sqrt((0.02 * 0.02) + (0.01 * 0.01)), difference.Test.StandardError, 12);
    }

    [Fact]
    public void One_run_each_gives_binomial_errors()
    {
        var comparison = RunComparison.Of([Finished(new TrueLabels(), 1, 250), Finished(new RandomLabels(), 1, 50)]);
        Assert.All(comparison.Groups, group => Assert.False(group.IsOverSeeds));
        Assert.Equal(Estimate.Share(50, 500).Minus(Estimate.Share(250, 500)), comparison.Difference!.Test);
    }

    [Fact]
    public void A_difference_that_may_come_of_the_seed_has_no_cause()
    {
        var comparison = RunComparison.Of([Finished(new TrueLabels(), 1, 250), Finished(new RandomLabels(), 2, 50)]);
        Assert.True(comparison.IsSeedMixedIn);
        Assert.Null(comparison.Difference);
        Assert.Contains(
            "They differ by seed and corruption; with one run each the two cannot be told apart.\n",
            ComparisonReport.ToText(comparison),
            StringComparison.Ordinal
        );
        Assert.Contains("2 runs compared by seed, corruption", ComparisonReport.ToHtml(comparison), StringComparison.Ordinal);

        // Several seeds of each carry their spread in the error.
        var several = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            Finished(new TrueLabels(), 2, 260),
            Finished(new RandomLabels(), 3, 50),
            Finished(new RandomLabels(), 4, 60),
        ]);
        Assert.False(several.IsSeedMixedIn);
        Assert.NotNull(several.Difference);

        // A single run with a seed of its own.
        var uneven = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            Finished(new TrueLabels(), 2, 260),
            Finished(new RandomLabels(), 3, 50),
        ]);
        Assert.Null(uneven.Difference);
        Assert.Contains(
            "one has a single run, so the two cannot be told apart.",
            ComparisonReport.ToText(uneven).ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
    }

    /// <summary>A run that is not finished is in no mean, and its seed was taken for a common one.</summary>
    [Fact]
    public void The_seed_of_a_run_that_is_not_finished_is_not_common()
    {
        var comparison = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            _store.Get(RunFolders.Interrupted(_store, RunFolders.Experiment(new TrueLabels(), 2))),
            Finished(new RandomLabels(), 2, 50),
        ]);
        Assert.True(comparison.IsSeedMixedIn);
        Assert.Null(comparison.Difference);
    }

    [Fact]
    public void Two_things_have_no_difference()
    {
        var other = RunFolders.Experiment(new RandomLabels());
        other = other with { Recipe = other.Recipe with { LearningRate = 0.1, Momentum = 0.5 } };
        var comparison = RunComparison.Of([Finished(new TrueLabels(), 1, 250), _store.Get(RunFolders.Finished(_store, other))]);
        Assert.Equal(["corruption", "recipe.learningRate", "recipe.momentum"], comparison.Things.Order(StringComparer.Ordinal));
        Assert.Null(comparison.Difference);
    }

    [Fact]
    public void Other_data_and_another_network_are_one_thing_each()
    {
        var one = RunFolders.Experiment();
        var own = one with
        {
            Data = new DataSpec
            {
                Name = "pets",
                Sha256 = new string('b', 64),
                ImageSize = 32,
            },
        };
        Assert.Equal(["data"], Compare(one, own).Things);
        Assert.Equal(["network"], Compare(one, one with { Network = new SmallResNet() }).Things);
        Assert.Equal(["recipe.optimizer"], Compare(one, one with { Recipe = one.Recipe with { Optimizer = new Adam() } }).Things);
        Assert.Equal(["network.hidden"], Compare(one, one with { Network = new Mlp { Hidden = [] } }).Things);
    }

    [Fact]
    public void A_run_that_is_not_finished_is_compared_without_results()
    {
        var comparison = RunComparison.Of([
            Finished(new TrueLabels(), 1, 250),
            _store.Get(RunFolders.Interrupted(_store, RunFolders.Experiment(new RandomLabels()))),
        ]);
        Assert.Null(comparison.Groups[1].Test);
        Assert.Equal((0, null), (comparison.Groups[1].Seeds, comparison.Difference));
    }

    [Fact]
    public void What_cannot_be_compared_is_one_sentence()
    {
        var run = Finished(new TrueLabels(), 1, 250);
        var damaged = _store.Get(Directory.CreateDirectory(Path.Combine(_store.Root, "foreign")).FullName);
        Assert.Contains("two runs or more", Assert.Throws<InputException>(() => RunComparison.Of([run])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "one experiment",
            Assert.Throws<InputException>(() => RunComparison.Of([run, run])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "it has no experiment.json",
            Assert.Throws<InputException>(() => RunComparison.Of([run, damaged])).Message,
            StringComparison.Ordinal
        );
    }

    private StoredRun Finished(Corruption corruption, long seed, int testCorrect) =>
        _store.Get(RunFolders.Finished(_store, RunFolders.Experiment(corruption, seed), testCorrect: testCorrect));

    private RunComparison Compare(Experiment one, Experiment other) =>
        RunComparison.Of([_store.Get(RunFolders.Finished(_store, one)), _store.Get(RunFolders.Finished(_store, other))]);
}
