using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Losses;
using Rote.Training.Schedules;

namespace Rote.Tests.Memorization;

/// <summary>Whole runs under the dial and the other methods of control, on small data.</summary>
[NoTensorLeaks]
public sealed class DialFlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _pictures = Samples.Learnable(1200, 200);
    private readonly DatasetSplits _vectors = Vectors.Table(1200, 200);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Corruption = new PartiallyCorruptedLabels { Probability = 0.3 },
            Canaries = new CanaryPlan { Steering = 25, HeldOut = 25 },
            Control = new MemorizationDial { Target = 0.5 },
            Network = new Mlp { Hidden = [64] },
            Recipe = new Recipe
            {
                Epochs = 10,
                BatchSize = 32,
                WeightDecay = 5e-4,
                AverageDecay = 0.97,
                HoldOut = 0.1,
                Schedule = new ConstantSchedule(),
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    public static TheoryData<string, int> Methods
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (
                var name in new[]
                {
                    "dial",
                    "dial-vectors",
                    "dial evaluated every third epoch",
                    "co-teaching",
                    "dividemix",
                    "dp-sgd",
                    "example-tied",
                    "stop",
                    "watch",
                    "elr",
                    "elr without canaries",
                    "selc",
                    "sop",
                    "gce",
                    "mixup",
                    "gce with mixup",
                }
            )
            {
                data.Add(name, 2);
            }

            data.Add("dial", 7);
            data.Add("dial-vectors", 7);
            data.Add("dividemix", 7);
            return data;
        }
    }

    public void Dispose()
    {
        _pictures.Dispose();
        _vectors.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_resumed_run_ends_with_the_bits_of_an_uninterrupted_one(string method, int stopAfter)
    {
        var experiment = Named(method);
        var data = method.EndsWith("vectors", StringComparison.Ordinal) ? _vectors : _pictures;
        var whole = Flow.Run(experiment, Store("whole"), _ => data);
        Interruption.After(stopAfter, experiment, Store("cut"), data);
        var resumed = Flow.Run(experiment, Store("cut"), _ => data);
        Assert.Equal(whole.Summary, resumed.Summary);
        Assert.Equal(whole.History.Select(m => m with { Seconds = 0 }), resumed.History.Select(m => m with { Seconds = 0 }));
    }

    [Fact]
    public void How_often_all_examples_are_evaluated_changes_nothing_that_the_dial_does()
    {
        // The sample that stands in for all is all of so few.
        var (often, seldom) = (
            Flow.Run(Sample, Store("often"), _ => _pictures),
            Flow.Run(Named("dial evaluated every third epoch"), Store("seldom"), _ => _pictures)
        );
        Assert.Equal(often.Summary.Canaries, seldom.Summary.Canaries);
        Assert.Equal(
            often.History.Select(m => (m.Memorization, m.ReleasedShare, m.HeldOutAccuracy, m.RunningLoss)),
            seldom.History.Select(m => (m.Memorization, m.ReleasedShare, m.HeldOutAccuracy, m.RunningLoss))
        );
        Assert.Equal([0, 3, 6, 9, 10], seldom.History.Where(m => m.TrainAccuracy is not null).Select(m => m.Epoch));
    }

    // Chance alone reaches 0: the untrained network was kept.
    [Fact]
    public void Early_stopping_takes_a_step_first()
    {
        var run = Flow.Run(Sample with { Control = new EarlyStopping { Target = 0 } }, Store("a"), _ => _pictures);
        Assert.Equal(1, run.Summary.Epochs);
    }

    [Fact]
    public void A_larger_target_is_a_larger_memorization()
    {
        // Pictures of noise: all there is to learn is labels by rote.
        using var noise = Samples.Noise(1200, 200);
        var reached = new[] { 0, 0.5, 1 }
            .Select(target =>
                Flow.Run(
                    Sample with
                    {
                        Control = new MemorizationDial { Target = target },
                        Network = new Mlp { Hidden = [256] },
                        Recipe = Sample.Recipe with { Epochs = 40 },
                    },
                    Store("a"),
                    _ => noise
                ).Summary.Canaries!.Steering.Value
            )
            .ToArray();
        Assert.InRange(reached[0], 0, 0.1);
        Assert.InRange(reached[1], 0.45, 0.55);
        Assert.InRange(reached[2], 0.95, 1);
    }

    [Fact]
    public void The_learning_phase_ends_when_training_examples_are_fitted_beyond_those_held_out_or_in_the_middle_at_a_half()
    {
        using var noise = Samples.Noise(1200, 200); // all there is to fit is single examples: the gap comes before the middle
        var runs = new[] { (Images: _pictures, Epochs: 12), (Images: noise, Epochs: 30) }
            .Select(world =>
                Flow.Run(Sample with { Recipe = Sample.Recipe with { Epochs = world.Epochs } }, Store("a"), _ => world.Images).History
            )
            .ToArray();
        foreach (var history in runs)
        {
            var first = history.First(m => m.Epoch > 0 && (Gap(m) >= 0.15 || m.Epoch == history[^1].Epoch / 2));
            Assert.All(history, m => Assert.Equal(m.Epoch >= first.Epoch, m.ReleasedShare is not null));
        }

        Assert.Equal(6, Begin(runs[0]));
        Assert.InRange(Begin(runs[1]), 1, 14);

        static double Gap(EpochMetrics m) => (m.TrainAccuracy!.Value - m.HeldOutAccuracy!.Value) / (1 - m.HeldOutAccuracy.Value);
        static int Begin(IReadOnlyList<EpochMetrics> history) => history.First(m => m.ReleasedShare is not null).Epoch;
    }

    [Fact]
    public void What_is_let_through_in_the_last_epoch_is_what_is_said_of_it()
    {
        var history = Train(0.5, epochs: 10).History;
        Assert.NotEqual(history[^3].ReleasedShare, history[^2].ReleasedShare);
        Assert.Equal(history[^2].ReleasedShare, history[^1].ReleasedShare);
    }

    [Fact]
    public void Where_no_part_of_the_dial_works_nothing_was_asked_for()
    {
        var plain = Flow.Run(
            Sample with
            {
                Control = new MemorizationDial { Target = 1, Parts = DialParts.None },
                Recipe = Sample.Recipe with { Epochs = 2 },
            },
            Store("a"),
            _ => _pictures
        );
        Assert.Null(plain.Summary.Canaries!.Asked);
        Assert.Equal(0.5, Train(0.5, epochs: 2).Summary.Canaries!.Asked);
    }

    [Fact]
    public void The_summary_has_both_sets_of_canaries_and_what_the_last_epoch_read()
    {
        var run = Train(0.5, epochs: 4);
        Assert.Equal((25, 25), (run.Summary.Canaries!.SteeringCount, run.Summary.Canaries.HeldOutCanaryCount));
        Assert.Equal(run.History[^1].Memorization!.Value, run.Summary.Canaries.Steering.Value, 12);
    }

    [Fact]
    public void Canaries_that_are_left_out_are_not_trained_on_and_privacy_is_bounded_by_them()
    {
        using var noise = Samples.Noise(1200, 200); // all there is to learn is single labels
        var left = Sample with
        {
            Control = new MemorizationDial { Target = 1 },
            Canaries = new CanaryPlan
            {
                Steering = 25,
                HeldOut = 60,
                LeavesOut = true,
            },
            Network = new Mlp { Hidden = [256] },
            Recipe = Sample.Recipe with { Epochs = 40, HoldOut = 0.2 },
            Corruption = new TrueLabels(),
        };
        var run = Flow.Run(left, Store("a"), _ => noise);
        var canaries = run.Summary.Canaries!;
        Assert.Equal(60, canaries.HeldOutCanaryCount + canaries.LeftOutCount!.Value);
        Assert.InRange(canaries.LeftOutCount.Value, 15, 45); // fair coins
        Assert.Equal(960 - canaries.LeftOutCount.Value, run.Summary.TrainCount);
        Assert.True(canaries.HeldOutCanaryHits > 0.9 * canaries.HeldOutCanaryCount);
        Assert.InRange(canaries.LeftOutHits!.Value, 0, canaries.LeftOutCount.Value / 2);
        var privacy = run.Summary.Certificate()!.Privacy!;
        Assert.InRange(privacy.EpsilonAtLeast, 0.5, 4);
        Assert.Equal(
            OneRunPrivacy.Of(canaries.HeldOutCanaryCount, canaries.HeldOutCanaryHits, privacy.LeftOut, canaries.LeftOutHits.Value),
            new OneRunPrivacy(privacy.Guesses, privacy.Right)
        );
        var table = File.ReadAllText(Path.Combine(run.Folder, "canaries.csv"));
        Assert.Equal(privacy.LeftOut, table.Split('\n').Count(line => line.TrimEnd().EndsWith("left-out", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_does_not_ask_for_a_bound_of_privacy_has_the_experiment_of_before()
    {
        Assert.DoesNotContain("leavesOut", RoteJson.Canonical(Sample), StringComparison.Ordinal);
        Assert.Null(Train(0.5, epochs: 2).Summary.Certificate()!.Privacy);
    }

    [Fact]
    public void Canaries_are_neither_clean_nor_noise()
    {
        var summary = Train(0.5, epochs: 3).Summary;
        Assert.Equal(summary.TrainCount, summary.CleanCount + summary.ChangedCount + 50);
    }

    [Fact]
    public void Control_without_canaries_or_examples_held_out_is_refused()
    {
        Assert.Contains("none are planted", Refused(Sample with { Canaries = null }), StringComparison.Ordinal);
        Assert.Contains("held out", Refused(Sample with { Recipe = Sample.Recipe with { HoldOut = 0 } }), StringComparison.Ordinal);
        Assert.Contains(
            "more than",
            Refused(
                Sample with
                {
                    Canaries = new CanaryPlan { Steering = 120, HeldOut = 120 }, // of 1,080 a fifth is 216
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_the_dial_has_of_its_own_or_would_be_undone_by_is_refused()
    {
        var recipe = Sample.Recipe;
        foreach (
            var (other, words) in new[]
            {
                (recipe with { Schedule = new CosineSchedule() }, "leave out the schedule"),
                (recipe with { Loss = new GeneralizedCrossEntropy() }, "leave out the loss"),
                (recipe with { MixupAlpha = 1 }, "leave out mixup"),
                (recipe with { LabelSmoothing = 0.1 }, "leave out the label smoothing"),
                (recipe with { Patience = 2 }, "leave out the patience"),
                (recipe with { StopAtTrainAccuracy = 0.9 }, "leave out the accuracy to stop at"),
                (recipe with { StopAtTrainLoss = 0.1 }, "leave out the loss to stop at"),
            }
        )
        {
            Assert.Contains(words, Refused(Sample with { Recipe = other }), StringComparison.Ordinal);
            (Sample with { Recipe = other, Control = new WatchedMemorization() }).RequireConsistent();
        }

        Assert.Contains("leaves no picture", Refused(Sample with { Corruption = new ShuffledPixels() }), StringComparison.Ordinal);
    }

    private static Experiment Named(string method)
    {
        var (watched, recipe) = (Sample with { Control = new WatchedMemorization() }, Sample.Recipe);
        return method switch
        {
            "dial evaluated every third epoch" => Sample with { Recipe = recipe with { EvaluateEvery = 3 } },
            "co-teaching" => Sample with { Control = new CoTeaching() },
            "dividemix" => Sample with { Control = new DivideMix() },
            "dp-sgd" => Sample with { Control = new DpSgd() },
            "example-tied" => watched with
            {
                Network = new Mlp { Hidden = [64], TiedDropout = new ExampleTiedDropout() },
            },
            "stop" => Sample with { Control = new EarlyStopping { Target = 0.2 } },
            "watch" => watched,
            "elr" => watched with { Recipe = recipe with { Loss = new EarlyLearningRegularization() } },
            "elr without canaries" => Sample with
            {
                Canaries = null,
                Control = null,
                Recipe = recipe with { Loss = new EarlyLearningRegularization() },
            },
            // Two of ten epochs before the cut: one is plain, and one has corrected.
            "selc" => watched with { Recipe = recipe with { Loss = new SelfEnsembleLabelCorrection { Start = 0.1 } } },
            // Large steps, so that in so few epochs there is noise to be lost.
            "sop" => watched with
            {
                Recipe = recipe with
                {
                    Loss = new SparseOverparameterization { RateOfU = 1e4, RateOfV = 1e4 },
                },
            },
            "gce" => watched with { Recipe = recipe with { Loss = new GeneralizedCrossEntropy() } },
            "mixup" => watched with { Recipe = recipe with { MixupAlpha = 8 } },
            "gce with mixup" => watched with { Recipe = recipe with { Loss = new GeneralizedCrossEntropy(), MixupAlpha = 8 } },
            _ => Sample with { Control = new MemorizationDial { Target = 0.5 } },
        };
    }

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);

    private FinishedRun Train(double target, int epochs) =>
        Flow.Run(
            Sample with
            {
                Control = new MemorizationDial { Target = target },
                Recipe = Sample.Recipe with { Epochs = epochs },
            },
            Store("a"),
            _ => _pictures
        );

    private string Refused(Experiment experiment) =>
        Assert.Throws<InputException>(() => Flow.Run(experiment, Store("a"), _ => _pictures)).Message;
}
