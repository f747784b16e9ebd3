using Rote.Memorization;
using Rote.Memorization.Dial;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Tests.Memorization.Dial;

public sealed class LearningPhaseTests
{
    private static readonly Recipe Cropped = new()
    {
        Epochs = 50,
        LearningRate = 0.1,
        Augmentation = new Augmentation { CropPadding = 4 },
    };

    [Fact]
    public void The_step_size_rises_for_two_epochs()
    {
        var phase = Phase(Cropped, 10_000);
        Assert.Equal(0.02, phase.LearningRate(0), 9);
        Assert.Equal(0.06, phase.LearningRate(1), 9);
        Assert.Equal(0.1, phase.LearningRate(2), 9);
    }

    // At 0.1 the phase lasts 41 of 50 epochs at the longest; 28.7 is 0.7 of them.
    [Theory]
    [InlineData(28.7, 0.1)]
    [InlineData(34.85, 0.0525)] // half way to a twentieth
    [InlineData(41, 0.005)]
    [InlineData(60, 0.005)]
    public void Of_many_cropped_pictures_it_falls_before_the_phase_ends(double epoch, double rate)
    {
        Assert.Equal(rate, Phase(Cropped, 20_000).LearningRate(epoch), 9);
        Assert.Equal(0.1, Phase(Cropped, 19_999).LearningRate(epoch), 9);
        Assert.Equal(0.1, Phase(Cropped with { Augmentation = new Augmentation { HorizontalFlip = true } }, 20_000).LearningRate(epoch), 9);
        Assert.Equal(0.1, Phase(Cropped with { Augmentation = null }, 20_000).LearningRate(epoch), 9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 0.525)]
    [InlineData(1, 0.05)]
    public void The_phase_after_it_begins_with_large_steps_only_where_they_were_large_before(double done, double share)
    {
        Assert.Equal(share, ReleasePhase.RateShare(done, hasManyCropped: false), 9);
        Assert.Equal(0.3 * share, ReleasePhase.RateShare(done, hasManyCropped: true), 9);
    }

    [Theory]
    [InlineData(0, 45)]
    [InlineData(0.1, 41)]
    [InlineData(0.5, 25)]
    [InlineData(0.6, 22, 22)]
    [InlineData(0.75, 22, 18)]
    [InlineData(1, 22, 12)]
    public void It_ends_with_the_gap_or_at_the_latest_when_the_rest_is_needed_to_memorize(
        double target,
        int latest,
        int? latestAsTheyAre = null
    )
    {
        var asTheyAre = new LearningPhase(new MemorizationDial { Target = target }, Cropped with { Augmentation = null }, 10_000);
        Assert.False(asTheyAre.IsOver((latestAsTheyAre ?? latest) - 1, 0.5, 0.5));
        Assert.True(asTheyAre.IsOver(latestAsTheyAre ?? latest, 0.5, 0.5));
        var phase = new LearningPhase(new MemorizationDial { Target = target }, Cropped, 10_000);
        Assert.False(phase.IsOver(latest - 1, 0.5, 0.5));
        Assert.True(phase.IsOver(latest, 0.5, 0.5));
        Assert.False(phase.IsOver(1, 0.57, 0.5)); // 0.07 of 0.5
        Assert.True(phase.IsOver(1, 0.576, 0.5));
        Assert.False(phase.IsOver(0, 1, 0.1)); // nothing is trained yet
    }

    [Fact]
    public void Adjustable_memorization_learns_longer_where_pictures_are_cropped()
    {
        var method = new AdjustableMemorization();
        Assert.Equal((22, 4), Shares(Cropped));
        Assert.Equal((12, 14), Shares(Cropped with { Augmentation = null }));

        (int Learning, int? Low) Shares(Recipe recipe) =>
            (Enumerable.Range(1, 50).First(epoch => method.Learning(recipe, 10_000).IsOver(epoch, 0, 0)), method.Stages(recipe)[0].Epochs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_shortest_trainings_have_a_step_size(int epochs)
    {
        var phase = new LearningPhase(new MemorizationDial { Target = 1 }, Cropped with { Epochs = epochs }, 50_000);
        for (var epoch = 0.0; epoch <= epochs; epoch += 0.25)
        {
            Assert.InRange(phase.LearningRate(epoch), 0.0009, 0.1);
        }

        Assert.True(phase.IsOver(1, 0, 0));
    }

    private static LearningPhase Phase(Recipe recipe, int examples) => new(new MemorizationDial { Target = 0.1 }, recipe, examples);
}
