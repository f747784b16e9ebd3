using Rote.Measurement;
using Rote.Training;

namespace Rote.Tests.Measurement;

public sealed class FittingTimeTests
{
    [Theory]
    [InlineData(0.1, 0)] // there from the beginning
    [InlineData(0.5, 1)] // at an evaluation
    [InlineData(0.7, 1.5)] // in the middle between 0.5 and 0.9
    [InlineData(0.95, 3)] // the epoch without an evaluation lies between: half of the way from 1.0 at epoch 4 back to 0.9 at epoch 2
    [InlineData(1.0, 4)]
    [InlineData(1.1, double.PositiveInfinity)]
    public void The_time_lies_on_the_line_between_two_evaluations(double level, double epochs) =>
        Assert.Equal(epochs, FittingTime.Epochs(History(0.1, 0.5, 0.9, null, 1.0), epoch => epoch.TrainAccuracy, level), 12);

    [Fact]
    public void The_first_time_counts_where_a_level_is_lost_again() =>
        Assert.Equal(1, FittingTime.Epochs(History(0, 1, 0.2, 1), epoch => epoch.TrainAccuracy, 1));

    [Fact]
    public void Without_a_value_there_is_no_time() =>
        Assert.True(double.IsNaN(FittingTime.Epochs(History(null, null), epoch => epoch.TrainAccuracy, 0.5)));

    [Fact]
    public void A_higher_level_is_never_reached_sooner() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 20], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample(
                (values, a, b) =>
                {
                    var history = History([.. values.Select(value => (double?)value)]);
                    return Time(Math.Min(a, b)) <= Time(Math.Max(a, b));

                    double Time(double level) => FittingTime.Epochs(history, epoch => epoch.TrainAccuracy, level);
                }
            );

    private static EpochMetrics[] History(params double?[] accuracies) =>
        [
            .. accuracies.Select(
                (accuracy, epoch) =>
                    new EpochMetrics
                    {
                        Epoch = epoch,
                        LearningRate = 0,
                        TrainAccuracy = accuracy,
                        Seconds = 0,
                    }
            ),
        ];
}
