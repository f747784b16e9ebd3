using Rote.Corruptions;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017;
using Rote.Tensors;
using Rote.Theory.Representation;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Studies.Zhang2017;

/// <summary>Runs that came out as the paper says, without training anything; and each of them can be made to come out otherwise.</summary>
internal sealed class PaperWorld
{
    /// <summary>Epochs to fit each kind of data; the loss falls to 0 on a straight line.</summary>
    private static readonly Dictionary<Type, int> Times = new()
    {
        [typeof(TrueLabels)] = 20,
        [typeof(ShuffledPixels)] = 26,
        [typeof(GaussianPixels)] = 32,
        [typeof(RandomPixels)] = 40,
        [typeof(RandomLabels)] = 60,
    };

    /// <summary>Changes a run before it is judged.</summary>
    public Func<Experiment, FinishedRun, FinishedRun> Change { get; init; } = (_, run) => run;

    /// <summary>Runs that fail, and how; null: it does not.</summary>
    public Func<Experiment, RunFailure?> Failure { get; init; } = _ => null;

    public int RightByTheorem1 { get; init; } = 50_000;

    public double CriticalOfRandomLabels { get; init; } = 0.9;

    public Evidence Evidence(IEnumerable<Claim> claims) =>
        new(
            new ZhangStudy()
                .Plan("laptop", 1, Precision.BFloat16)
                .Requests(claims)
                .Select(request =>
                    Failure(request.Experiment) is { } failure
                        ? new RunOutcome(request, null, failure)
                        : new RunOutcome(request, Change(request.Experiment, Run(request.Experiment)), null)
                ),
            run => Estimate.Share((long)(100 * (run.Experiment.Corruption is RandomLabels ? CriticalOfRandomLabels : 0.4)), 100),
            () => Theorem1
        );

    public Ledger Judge(ZhangPlan plan)
    {
        var claims = plan.Claims();
        return Ledger.Of(claims, Evidence(claims));
    }

    private Theorem1Result Theorem1 =>
        new()
        {
            Data = "cifar10",
            Examples = 50_000,
            Points = 50_000,
            Dimension = 3_072,
            Classes = 10,
            Draws = 1,
            SmallestGap = 1e-9,
            LargestWeight = 1e9,
            Computations = [new Computation("double-double", "", 50_000, RightByTheorem1, 0)],
            Seconds = (1, 1, 1),
        };

    /// <summary>The run with another final accuracy on its training examples, as if it had never come further.</summary>
    public static FinishedRun StuckAt(FinishedRun run, double accuracy) =>
        run with
        {
            Summary = run.Summary with { TrainCorrect = (long)(accuracy * run.Summary.TrainCount) },
            History =
            [
                .. run.History.Select(epoch =>
                    epoch with
                    {
                        TrainAccuracy = Math.Min(epoch.TrainAccuracy!.Value, accuracy),
                        RunningLoss = Math.Max(epoch.RunningLoss ?? 2.3, 0.5),
                    }
                ),
            ],
        };

    /// <summary>The run with another final test accuracy.</summary>
    public static FinishedRun WithTest(FinishedRun run, double accuracy) =>
        run with
        {
            Summary = run.Summary with { TestCorrect = (long)Math.Round(accuracy * run.Summary.TestCount) },
            History = [.. run.History.Select((epoch, i) => i == run.History.Count - 1 ? epoch with { TestAccuracy = accuracy } : epoch)],
        };

    private static FinishedRun Run(Experiment experiment)
    {
        var trainCount = experiment.Data.Examples ?? 50_000;
        var fails = experiment.Network is SmallAlexNet && experiment.Corruption is RandomLabels && experiment.Recipe.WeightDecay > 0;
        var summary = new RunSummary
        {
            Experiment = experiment.Identity,
            Epochs = Time(experiment),
            TrainCorrect = fails ? trainCount / 10 : trainCount,
            TrainCount = trainCount,
            ChangedCount = experiment.Corruption is PartiallyCorruptedLabels partial ? (int)(0.9 * partial.Probability * trainCount) : null,
            TestCorrect = (long)Math.Round(10_000 * Test(experiment)),
            TestCount = 10_000,
            RunningLoss = 0,
            Parameters = 1,
            WeightsSha256 = "",
        };
        return new FinishedRun("folder", experiment, summary, History(experiment, fails));
    }

    private static EpochMetrics[] History(Experiment experiment, bool fails)
    {
        var time = Time(experiment);
        return
        [
            .. Enumerable
                .Range(0, time + 1)
                .Select(epoch => (Epoch: epoch, Done: (double)epoch / time))
                .Select(at => new EpochMetrics
                {
                    Epoch = at.Epoch,
                    LearningRate = 0.1,
                    RunningLoss = at.Epoch == 0 ? null : 2.3 * (1 - at.Done),
                    TrainAccuracy = fails ? 0.1 : 0.1 + (0.9 * at.Done),
                    CleanAccuracy = experiment.Corruption is PartiallyCorruptedLabels ? Math.Min(1, 0.1 + (1.5 * at.Done)) : null,
                    MemorizedShare = experiment.Corruption is PartiallyCorruptedLabels ? Math.Pow(at.Done, 3) : null,
                    RecoveredShare =
                        experiment.Corruption is PartiallyCorruptedLabels ? Math.Min(1 - at.Done, 0.1 + (1.5 * at.Done)) : null,
                    TestAccuracy = at.Done * Test(experiment),
                    Seconds = at.Epoch,
                }),
        ];
    }

    private static int Time(Experiment experiment) =>
        experiment.Corruption switch
        {
            PartiallyCorruptedLabels { Probability: var p } => 20 + (int)(40 * p),
            ShuffledPixels when experiment.Network is Mlp => Times[typeof(TrueLabels)],
            var corruption => Times[corruption.GetType()],
        };

    /// <summary>Table 1; where labels are corrupted, the straight line from there to chance.</summary>
    private static double Test(Experiment experiment)
    {
        var name = experiment.Network switch
        {
            SmallInception { BatchNorm: true } => "small-inception",
            SmallInception => "small-inception-no-bn",
            SmallAlexNet => "small-alexnet",
            Mlp { Hidden.Count: 3 } => "mlp-3x512",
            _ => "mlp-1x512",
        };
        var row = Paper.Table1.FirstOrDefault(row =>
            row.Network == name
            && row.Labels == LabelKind.True
            && row.Crop == experiment.Recipe.Augmentation is { CropPadding: 0 }
            && row.WeightDecay == experiment.Recipe.WeightDecay > 0
        );
        var real = (row?.Test ?? 50) / 100;
        return experiment.Corruption switch
        {
            TrueLabels => real,
            ShuffledPixels => experiment.Network is Mlp ? real : real - 0.2,
            PartiallyCorruptedLabels { Probability: var p } => real + (p * (0.1 - real)),
            _ => 0.1,
        };
    }
}
