using Rote.Corruptions;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Recipes;
using Rote.Storage;
using Rote.Studies.Frontiers;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Tests.Support;

/// <summary>A frontier whose runs are made up: accuracy falls from 50 % in a straight line, under the dial half as steeply.</summary>
internal static class FrontierWorld
{
    public static FrontierPlan Plan(int seeds = 1) =>
        new()
        {
            Data = new DataSpec { Name = "made up" },
            Corruption = new PartiallyCorruptedLabels { Probability = 0.4 },
            Network = new Mlp(),
            Recipe = DialRecipe.For(new Mlp(), new TaskShape(32, 32, 3, 10), 10_000) with { Precision = Precision.Float32, Epochs = 20 },
            Examples = 10_000,
            Tools = [FrontierTool.Find("dial"), FrontierTool.Find("plain"), FrontierTool.Find("mixup")],
            Targets = [0, 0.5, 1],
            Seeds = seeds,
        };

    /// <summary>The plan's runs as they would be.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="reach">The highest degree that a path reaches.</param>
    /// <param name="lastReach">The same of the last seed alone; the dial too ends there at most. Null: as the others.</param>
    public static Frontier Create(int seeds = 1, double reach = 0.95, double? lastReach = null)
    {
        var plan = Plan(seeds);
        return new Frontier(
            plan,
            [
                .. plan.Cells()
                    .Select(cell => new FrontierRun(
                        cell,
                        Run(
                            cell,
                            cell.Experiment.Seed == seeds ? lastReach ?? reach : reach,
                            cell.Experiment.Seed == seeds ? lastReach ?? 1 : 1
                        )
                    )),
            ]
        );
    }

    private static FinishedRun Run(FrontierCell cell, double reach, double most)
    {
        var bonus = (cell.Experiment.Seed - 1) / 100.0; // seeds differ by a point
        EpochMetrics[] history = cell.Target is { } target
            ? [Epoch(0, 0, 0.1), Epoch(20, Math.Min(target, most), 0.5 + bonus - (0.1 * target))]
            : [Epoch(0, 0, 0.1), .. Enumerable.Range(1, 20).Select(e => Epoch(e, reach * e / 20, 0.5 + bonus - (0.2 * reach * e / 20)))];
        var hits = (int)Math.Round(237 * (0.06 + (0.94 * history[^1].Memorization!.Value)));
        return new FinishedRun("made-up", cell.Experiment, Summary(cell, hits, history[^1]), history);
    }

    private static RunSummary Summary(FrontierCell cell, int hits, EpochMetrics last) =>
        new()
        {
            Experiment = cell.Experiment.Identity,
            Epochs = 20,
            TrainCorrect = 6000,
            TrainCount = 9500,
            CleanCount = 5406,
            CleanCorrect = 5000,
            ChangedCount = 3620,
            MemorizedCount = (long)(3620 * (0.06 + (0.94 * last.Memorization!.Value))),
            RecoveredCount = 100,
            HeldOutCorrect = 230,
            HeldOutCount = 500,
            TestCorrect = (long)(10_000 * last.TestAccuracy!.Value),
            TestCount = 10_000,
            RunningLoss = 1,
            Parameters = 1_000_000,
            WeightsSha256 = new string('a', 64),
            Canaries = new CanarySummary
            {
                Asked = cell.Target,
                SteeringHits = hits,
                SteeringCount = 237,
                HeldOutCanaryHits = Math.Max(hits - 5, 0),
                HeldOutCanaryCount = 237,
                HeldOutCorrect = 230,
                HeldOutCount = 500,
                Classes = 10,
            },
        };

    private static EpochMetrics Epoch(int epoch, double memorization, double accuracy) =>
        new()
        {
            Epoch = epoch,
            LearningRate = 0.05,
            Seconds = epoch,
            TrainAccuracy = 0.5,
            Memorization = memorization,
            HeldOutAccuracy = 0.6 * accuracy,
            TestAccuracy = accuracy,
        };
}
