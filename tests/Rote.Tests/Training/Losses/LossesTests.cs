using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Losses;

/// <summary>The losses, and mixtures of them, against their formulas, written as loops in float64.</summary>
[NoTensorLeaks]
public sealed class LossesTests : IDisposable
{
    private readonly TrainingData _data;
    private readonly float[][] _logits;
    private readonly long[] _labels;

    public LossesTests()
    {
        using var images = Samples.Learnable(200, 40);
        _data = TrainingData.From(
            images,
            null,
            new Recipe { HoldOut = 0.1, Precision = Precision.Float32 },
            HeldOutRows.Draw(images.Train.Count, 0.1, new Seeds(1))
        );
        var stream = new Seeds(2).Stream("logits");
        _logits = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 4).Select(_ => (float)(4 * stream.NextDouble())).ToArray())];
        _labels = [.. Enumerable.Range(0, 8).Select(i => (long)(i % 4))];
    }

    private static Recipe Plain => new() { HoldOut = 0.1, Precision = Precision.Float32 };

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Generalized_cross_entropy_is_its_formula(double q) =>
        Assert.Equal(
            Mean(i => (1 - Math.Pow(Softmax(i)[_labels[i]], q)) / q),
            LossOf(Plain with { Loss = new GeneralizedCrossEntropy { Q = q } }),
            1e-6
        );

    [Fact]
    public void Plain_training_has_the_smoothing_of_the_recipe() =>
        Assert.Equal(
            Mean(i =>
                -(
                    (0.85 * Math.Log(Softmax(i)[_labels[i]]))
                    + (0.05 * Enumerable.Range(0, 4).Where(k => k != _labels[i]).Sum(k => Math.Log(Softmax(i)[k])))
                )
            ),
            LossOf(Plain with { LabelSmoothing = 0.2 }),
            1e-6
        );

    // At the first step the average is 0.3 of the predictions themselves, after the second 0.7 of that and 0.3 more: 0.51.
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(2, 0.51)]
    public void Early_learning_holds_predictions_near_their_average(int steps, double kept) =>
        Assert.Equal(
            Mean(i => -Math.Log(Softmax(i)[_labels[i]]) + (3 * Math.Log(1 - (kept * Softmax(i).Sum(p => p * p))))),
            LossOf(Plain with { Loss = new EarlyLearningRegularization() }, steps),
            1e-5
        );

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Mixup_mixes_inputs_and_losses_in_the_same_proportion_and_has_the_smoothing_of_the_recipe(double smoothing)
    {
        using var scope = NewDisposeScope();
        using var objective = Watched(Plain with { MixupAlpha = 1, LabelSmoothing = smoothing });
        var batch = Batch();
        var inputs = objective.Inputs(eye(8, 8), batch).data<float>().ToArray().Chunk(8).ToArray();
        var share = inputs[0][0];
        var partner = Array.FindIndex(inputs[0], 1, weight => weight > 0);
        Assert.InRange(partner, 1, 7);
        Assert.Equal(1, share + inputs[0][partner], 1e-6);
        double Cross(int i, long label) =>
            -((1 - smoothing) * Math.Log(Softmax(i)[label])) - (smoothing * Softmax(i).Average(p => Math.Log(p)));
        var expected = Mean(i => (share * Cross(i, _labels[i])) + ((1 - share) * Cross(i, _labels[(i + partner) % 8])));
        Assert.Equal(expected, objective.Loss(tensor(_logits.SelectMany(row => row).ToArray(), [8, 4]), batch).item<float>(), 1e-5);
    }

    // Mean 1/2 and variance 1/(4(2α + 1)) of Beta(α, α).
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(8)]
    public void The_proportion_has_the_moments_of_its_distribution(double alpha)
    {
        var stream = new Seeds(3).Stream("beta");
        var draws = Enumerable.Range(0, 20_000).Select(_ => Mixup.Beta(alpha, stream)).ToArray();
        Assert.Equal(0.5, draws.Average(), 0.01);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), draws.Average(d => (d - 0.5) * (d - 0.5)), 0.005);
    }

    /// <summary>Both gamma variates of a small α are below the smallest double, and the share was a half then: the most that can be mixed
    /// in place of the least. Of Beta(10⁻³, 10⁻³) all but some 1 in 100 draws are within 0.01 of an end.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-9)]
    public void A_small_alpha_mixes_little(double alpha)
    {
        var stream = new Seeds(3).Stream("beta");
        var draws = Enumerable.Range(0, 5_000).Select(_ => Mixup.Beta(alpha, stream)).ToArray();
        Assert.True(draws.Count(share => share is > 0.01 and < 0.99) < 100);
        Assert.Equal(0.5, draws.Average(), 0.03);
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.All(
            new[] { 0, -1, double.NaN, double.PositiveInfinity },
            value => Assert.Throws<InputException>(() => new Recipe { MixupAlpha = value })
        );
        Assert.All(new[] { 0, 1.1, double.NaN }, value => Assert.Throws<InputException>(() => new GeneralizedCrossEntropy { Q = value }));
        Assert.All(
            new[] { -0.1, double.NaN },
            value => Assert.Throws<InputException>(() => new EarlyLearningRegularization { Strength = value })
        );
        Assert.All(
            new[] { -0.1, 1, double.NaN },
            value => Assert.Throws<InputException>(() => new EarlyLearningRegularization { Memory = value })
        );
        Assert.All(
            new[] { -0.1, 1.1, double.NaN },
            value => Assert.Throws<InputException>(() => new SelfEnsembleLabelCorrection { Memory = value })
        );
        Assert.All(
            new[] { -0.1, 1.1, double.NaN },
            value => Assert.Throws<InputException>(() => new SelfEnsembleLabelCorrection { Start = value })
        );
        Assert.All(
            new[] { -0.1, double.NaN, double.PositiveInfinity },
            value => Assert.Throws<InputException>(() => new SparseOverparameterization { RateOfU = value })
        );
        Assert.All(
            new[] { -0.1, double.NaN, double.PositiveInfinity },
            value => Assert.Throws<InputException>(() => new SparseOverparameterization { RateOfV = value })
        );
        Assert.All(new[] { -0.1, 1.1, double.NaN }, value => Assert.Throws<InputException>(() => new EarlyStopping { Target = value }));
        Assert.All(new[] { -0.1, 1.1, double.NaN }, value => Assert.Throws<InputException>(() => new MemorizationDial { Target = value }));
    }

    [Fact]
    public void A_recipe_asks_for_nothing_that_its_loss_does_not_have()
    {
        var gce = Plain with { Loss = new GeneralizedCrossEntropy() };
        var elr = Plain with { Loss = new EarlyLearningRegularization() };
        gce.RequireConsistent();
        (gce with { MixupAlpha = 1 }).RequireConsistent();
        (Plain with { MixupAlpha = 1, LabelSmoothing = 0.1 }).RequireConsistent();
        Assert.Equal(
            "The label smoothing is 0.1, and generalized cross-entropy with q = 0.7 has none: set it to 0, or choose cross-entropy.",
            Assert.Throws<InputException>((gce with { LabelSmoothing = 0.1 }).RequireConsistent).Message
        );
        Assert.Throws<InputException>((elr with { LabelSmoothing = 0.1 }).RequireConsistent);
        foreach (var loss in (Loss[])[new SelfEnsembleLabelCorrection(), new SparseOverparameterization()])
        {
            Assert.Throws<InputException>((Plain with { Loss = loss, LabelSmoothing = 0.1 }).RequireConsistent);
            Assert.Throws<InputException>((Plain with { Loss = loss, MixupAlpha = 1 }).RequireConsistent);
        }

        Assert.Contains(
            "leave one of them out",
            Assert.Throws<InputException>((elr with { MixupAlpha = 1 }).RequireConsistent).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(Plain, Plain with { Loss = new CrossEntropy() });
    }

    private TrainingBatch Batch() => new(1, 0, arange(8, int64), tensor(_labels, int64));

    private TrainingMethod Watched(Recipe recipe) =>
        new WatchedMemorization().Create(new ControlSetting(_data, recipe, new Seeds(1), 4, [3, 5]));

    /// <summary>With canaries that are watched and without: the same.</summary>
    private double LossOf(Recipe recipe, int steps = 1)
    {
        var (watched, plain) = (
            LossOf(Watched(recipe), steps),
            LossOf(new PlainTraining(recipe, new Seeds(1), _data.Train.Count, 4), steps)
        );
        Assert.Equal(watched, plain);
        return plain;
    }

    private double LossOf(TrainingMethod method, int steps)
    {
        using var scope = NewDisposeScope();
        using var objective = method;
        var loss = double.NaN;
        for (var step = 0; step < steps; step++)
        {
            loss = objective.Loss(tensor(_logits.SelectMany(row => row).ToArray(), [8, 4]), Batch()).item<float>();
        }

        return loss;
    }

    private double Mean(Func<int, double> loss) => Enumerable.Range(0, 8).Average(loss);

    private double[] Softmax(int row)
    {
        var exponentials = _logits[row].Select(value => Math.Exp(value)).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }
}
