using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class PredictionSummaryTests
{
    // Labels 0 0 0 1 1 3 of four classes; predicted 0 1 1 1 0 0. Counted by hand.
    private static Predictions Six() =>
        FixedLogits.Predict(
            [
                [9, 0, 0, 0],
                [0, 9, 0, 0],
                [0, 9, 0, 0],
                [0, 9, 0, 0],
                [9, 0, 0, 0],
                [9, 0, 0, 0],
            ],
            [0, 0, 0, 1, 1, 3]
        );

    [Fact]
    public void Six_examples_counted_by_hand()
    {
        var summary = PredictionSummary.Of(Six());
        Assert.Equal(Estimate.Share(2, 6), summary.Accuracy);
        Assert.Equal(
            [
                [1, 2, 0, 0],
                [1, 1, 0, 0],
                [0, 0, 0, 0],
                [1, 0, 0, 0],
            ],
            summary.ConfusionMatrix.Select(row => row.ToArray())
        );
        Assert.Equal(
            [
                new ClassAccuracy(0, Estimate.Share(1, 3), 3),
                new ClassAccuracy(1, Estimate.Share(1, 2), 3),
                new ClassAccuracy(3, Estimate.Share(0, 1), 0),
            ],
            summary.Classes
        );
        Assert.Equal(
            [
                new Confusion(0, 1, 2, Estimate.Share(2, 3)),
                new Confusion(1, 0, 1, Estimate.Share(1, 2)),
                new Confusion(3, 0, 1, Estimate.Share(1, 1)),
            ],
            summary.MostConfused(5)
        );
        Assert.Equal(2, summary.MostConfused(2).Count);
    }

    [Fact]
    public void The_loss_is_the_mean_with_the_error_of_its_spread()
    {
        var predictions = Six();
        Assert.Equal(Estimate.Mean(predictions.Loss), PredictionSummary.Of(predictions).Loss);
    }

    [Fact]
    public void Every_example_is_in_the_matrix_once() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[0, 99].Array[1, 50], Gen.Int[0, 99].Array[50])
            .Sample(
                (classes, labels, picks) =>
                {
                    var logits = labels
                        .Select((_, i) => Enumerable.Range(0, classes).Select(k => k == picks[i] % classes ? 1f : 0f).ToArray())
                        .ToArray();
                    var summary = PredictionSummary.Of(FixedLogits.Predict(logits, [.. labels.Select(l => (long)(l % classes))]));
                    Assert.Equal(labels.Length, summary.ConfusionMatrix.Sum(row => row.Sum()));
                    Assert.Equal(labels.Length, summary.Classes.Sum(c => c.Accuracy.Samples));
                    Assert.Equal(
                        labels.Length,
                        summary.ConfusionMatrix.Select((row, c) => row[c]).Sum() + summary.MostConfused(classes * classes).Sum(c => c.Count)
                    );
                }
            );

    [Fact]
    public void No_predictions_have_no_summary() =>
        Assert.Throws<ArgumentException>(() => PredictionSummary.Of(Six() with { Labels = [] }));

    // Guo et al. 2017, equation 3, by hand: five examples at probability 0.8 of which three are right are 0.2 off; five at 0.55, all right,
    // are 0.45 off.
    [Fact]
    public void The_calibration_error_of_two_bins_by_hand()
    {
        var predictions = Confident(
            [0.8, 0.8, 0.8, 0.8, 0.8, 0.55, 0.55, 0.55, 0.55, 0.55],
            [true, true, true, false, false, true, true, true, true, true]
        );
        var error = Calibration.ExpectedError(predictions);
        Assert.Equal((0.5 * 0.2) + (0.5 * 0.45), error.Value, 12);
        Assert.Equal(Math.Sqrt(0.25 * 0.6 * 0.4 / 5), error.StandardError, 12);
        Assert.Equal(10, error.Samples);
    }

    [Fact]
    public void A_network_that_is_right_as_often_as_it_says_is_calibrated()
    {
        Assert.Equal(0, Calibration.ExpectedError(Confident([0.75, 0.75, 0.75, 0.75, 1], [true, true, true, false, true])).Value, 12);

        // The ends of the scale belong to the outer bins.
        Assert.Equal(0.5, Calibration.ExpectedError(Confident([0, 1], [false, false])).Value, 12);
    }

    private static Predictions Confident(double[] probabilities, bool[] right) =>
        Six() with
        {
            Labels = [.. right.Select(r => r ? 0 : 1)],
            Predicted = new int[right.Length],
            PredictedProbability = probabilities,
        };
}
