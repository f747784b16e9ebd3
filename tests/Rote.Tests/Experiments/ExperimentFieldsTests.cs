using Rote.Corruptions;
using Rote.Experiments;
using Rote.Networks;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests.Experiments;

public sealed class ExperimentFieldsTests
{
    private static readonly Experiment Plain = RunFolders.Experiment();

    [Fact]
    public void What_is_left_at_its_default_is_not_listed()
    {
        var fields = ExperimentFields.NotDefault(
            Plain with
            {
                Corruption = new PartiallyCorruptedLabels { Probability = 0.3 },
                Network = new Mlp { Hidden = [64, 32] },
                Recipe = new Recipe
                {
                    LearningRate = 0.1,
                    Schedule = new ExponentialSchedule { Decay = 0.9 },
                },
                Seed = 7,
            }
        );
        Assert.Equal(
            [
                "data.name=cifar10",
                "data.cropSide=28",
                "corruption.kind=corrupted-labels",
                "corruption.probability=0.3",
                "network.kind=mlp",
                "network.hidden=[64, 32]",
                "recipe.learningRate=0.1",
                "recipe.schedule.kind=exponential",
                "recipe.schedule.decay=0.9",
                "seed=7",
                "threads=1",
            ],
            fields.Select(field => $"{field.Path}={field.Value}")
        );
    }

    [Fact]
    public void What_is_not_listed_can_be_left_out_of_the_file()
    {
        // The schedule is the recipe's default as a whole, though its decay is not its kind's.
        var fields = ExperimentFields.NotDefault(Plain with { Recipe = new Recipe() });
        Assert.DoesNotContain(fields, field => field.Path.StartsWith("recipe", StringComparison.Ordinal));
        Assert.Contains(ExperimentFields.Of(Plain), field => field is { Path: "recipe.schedule.decay", Value: "0.97" });
    }

    [Fact]
    public void Only_what_differs_is_listed_with_a_value_for_each()
    {
        var differences = ExperimentFields.Differences([
            Plain,
            Plain with
            {
                Seed = 2,
                Corruption = new PartiallyCorruptedLabels { Probability = 0.3 },
            },
        ]);
        Assert.Equal(
            ["corruption.kind: true-labels | corrupted-labels", "corruption.probability:  | 0.3", "seed: 1 | 2"],
            differences
                .OrderBy(difference => difference.Path, StringComparer.Ordinal)
                .Select(difference => $"{difference.Path}: {string.Join(" | ", difference.Values)}")
        );
    }

    [Fact]
    public void Equal_experiments_do_not_differ() =>
        Assert.Empty(ExperimentFields.Differences([Plain, RunFolders.Experiment(), Plain with { Seed = 1 }]));

    [Fact]
    public void Experiments_differ_in_a_field_exactly_if_their_identities_differ() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Long[1, 3], Gen.Long[1, 3])
            .Sample(
                (epochs, otherEpochs, seed, otherSeed) =>
                {
                    var one = Plain with { Recipe = Plain.Recipe with { Epochs = epochs }, Seed = seed };
                    var other = Plain with { Recipe = Plain.Recipe with { Epochs = otherEpochs }, Seed = otherSeed };
                    return (ExperimentFields.Differences([one, other]).Count == 0) == (one.Identity == other.Identity);
                }
            );
}
