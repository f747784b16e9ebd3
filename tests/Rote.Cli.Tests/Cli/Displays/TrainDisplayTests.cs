using Rote.Cli.Displays;
using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Training;

namespace Rote.Tests.Cli.Displays;

public sealed class TrainDisplayTests
{
    private static readonly EpochMetrics Releasing = new()
    {
        Epoch = 9,
        LearningRate = 0.1,
        RunningLoss = 1.23456,
        Memorization = 0.42,
        ReleasedShare = 1,
        ExpectedMemorization = 0.61,
        HeldOutAccuracy = 0.5,
        Seconds = 12.3,
    };

    public static TheoryData<ControlMethod, bool> Methods =>
        new()
        {
            {
                new MemorizationDial { Target = 0.6 },
                false
            },
            {
                new MemorizationDial { Target = 0.67 },
                false
            }, // within what canaries can tell
            {
                new MemorizationDial { Target = 0.7 },
                true
            },
            { new AdjustableMemorization(), true },
            { new WatchedMemorization(), false },
        };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_degree_that_is_out_of_reach_at_this_pace_is_said(ControlMethod control, bool isSaid)
    {
        var pace = isSaid ? "  at this pace m 0.61 after 20 epochs" : "";
        Assert.Equal(
            $"epoch   9  loss 1.2346  m 0.42  let through 100 %{pace}  held out 50.0 %  12 s",
            TrainDisplay.Line(Releasing, Of(control)).Replace('\u00A0', ' ')
        );
    }

    [Fact]
    public void The_untrained_network_has_a_line_too() =>
        Assert.Equal(
            "epoch   0  untrained  train 9.9 %  test 10.1 %  4 s",
            TrainDisplay
                .Line(
                    new EpochMetrics
                    {
                        Epoch = 0,
                        LearningRate = 0,
                        TrainAccuracy = 0.099,
                        TestAccuracy = 0.101,
                        Seconds = 4,
                    },
                    Of(new MemorizationDial { Target = 1 })
                )
                .Replace('\u00A0', ' ')
        );

    private static Experiment Of(ControlMethod control) =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Canaries = new CanaryPlan { Steering = 25, HeldOut = 25 },
            Control = control,
            Network = new Mlp(),
            Recipe = new Recipe { Epochs = 20, HoldOut = 0.1 },
            Threads = 1,
        };
}
