using Rote.Data;
using Rote.Storage;
using Rote.Studies.RuleAfterRote;
using Rote.Training;

namespace Rote.Studies;

/// <summary>The quickstart's second figure: a network on modular addition that learns by rote first, then by rule, and unlearns the
/// rote.</summary>
/// <remarks>A run of the study <c>rule-after-rote</c> (weight decay 8, canaries): its sizes, the quickstart's seed.</remarks>
public sealed record RuleCourse
{
    /// <summary>The default number of epochs, each one full-batch step.</summary>
    public static int DefaultEpochs => RuleCell.Watched.Epochs;

    /// <summary>Displayed name of the network's data.</summary>
    public const string Title = "Sums, rote to rule";

    /// <summary>p: the labels are sums modulo p.</summary>
    public required int Modulus { get; init; }

    /// <summary>Network in words.</summary>
    public required string Network { get; init; }

    /// <summary>The recipe in one line.</summary>
    public required string Recipe { get; init; }

    /// <summary>Number of training pairs, including those with a planted wrong sum.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Number of pairs that are never trained on.</summary>
    public required int TestCount { get; init; }

    /// <summary>Number of watched pairs with a planted wrong sum.</summary>
    public required int Canaries { get; init; }

    /// <summary>Number of pairs with a wrong sum, planted or drawn.</summary>
    public required int Wrong { get; init; }

    /// <summary>One entry per evaluated epoch.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The run's folder.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The epoch with the highest memorization; the first one on a tie.</summary>
    public EpochMetrics AtMostRote => Epochs.MaxBy(epoch => epoch.Memorization)!;

    /// <summary>The last epoch.</summary>
    public EpochMetrics AtTheEnd => Epochs[^1];

    /// <summary>Whether the run shows the whole course: rote without a rule, then a rule with less rote.</summary>
    public bool IsWhole =>
        AtMostRote is { Memorization: >= 0.7, TestAccuracy: <= 0.3 } && AtTheEnd is { Memorization: <= 0.3, TestAccuracy: >= 0.8 };

    /// <summary>Trains the network, or loads its finished run.</summary>
    /// <param name="options">Seed, threads, precision and the number of epochs.</param>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="progress">Receives a report about ten times a second.</param>
    /// <param name="cancel">Stops; the same call resumes later.</param>
    /// <returns>The finished run.</returns>
    internal static FinishedRun Run(
        QuickstartOptions options,
        RunStore store,
        Func<DataSpec, DatasetSplits> load,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancel
    )
    {
        var cell = RuleCell.Watched with { Epochs = options.RuleEpochs };
        var experiment = RulePlan.Experiment(RuleScale.Find("laptop"), cell, options.Seed, options.Threads, options.Precision);
        experiment = experiment with { Recipe = experiment.Recipe with { Device = options.Device } };
        return Flow.Run(experiment, store, load, progress, cancel);
    }

    /// <summary>Reads the course from a finished run.</summary>
    /// <param name="run">A run of <see cref="Run"/>.</param>
    internal static RuleCourse Of(FinishedRun run)
    {
        var canaries = run.Summary.Canaries!;
        return new RuleCourse
        {
            Modulus = canaries.Classes,
            Network = run.Experiment.Network.Title,
            Recipe = run.Experiment.Recipe.Describe(),
            TrainCount = run.Summary.TrainCount,
            TestCount = run.Summary.TestCount,
            Canaries = canaries.SteeringCount,
            Wrong = canaries.SteeringCount + canaries.HeldOutCanaryCount + (run.Summary.ChangedCount ?? 0),
            Epochs = [.. run.History.Where(epoch => epoch.Memorization is not null)],
            RunFolder = run.Folder,
        };
    }
}
