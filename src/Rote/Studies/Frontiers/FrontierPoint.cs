using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Training;

namespace Rote.Studies.Frontiers;

/// <summary>A network of one tool at one epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Memorization">m on steering canaries.</param>
/// <param name="HeldOut">Accuracy on the held-out examples against given labels, in [0, 1].</param>
/// <param name="Accuracy">Test accuracy against true labels, in [0, 1].</param>
public readonly record struct FrontierPoint(int Epoch, double Memorization, double HeldOut, double Accuracy);

/// <summary>The result of one run of a frontier.</summary>
/// <param name="Cell">The planned run.</param>
/// <param name="Run">The finished run.</param>
public sealed record FrontierRun(FrontierCell Cell, FinishedRun Run)
{
    /// <summary>The largest distance from a degree at which a network still represents it.</summary>
    public const double Slack = 0.05;

    /// <summary>The points where training could have stopped, in the order of training; without epoch 0.</summary>
    public IReadOnlyList<FrontierPoint> Path =>
        [.. Run.History.Where(m => m is { Epoch: > 0, Memorization: not null, TestAccuracy: not null }).Select(Point)];

    /// <summary>The degrees that its two networks can be set to; null where it has one network.</summary>
    public DegreeTable? Degrees { get; } = Run.Degrees();

    /// <summary>The final network.</summary>
    public FrontierPoint End => Point(Run.History[^1]);

    /// <summary>m on the held-out canaries.</summary>
    public MemorizationReading HeldOut => Run.Summary.Canaries!.HeldOut;

    /// <summary>m over the wrong labels that are not planted, computed with true labels: what canaries estimate. Null if none is
    /// known.</summary>
    /// <remarks>Chance is the rate of one given wrong class on an example with a correct label: (1 − test accuracy) / (K − 1).</remarks>
    public double? TrueMemorization =>
        Run.Summary is { MemorizedCount: { } memorized, ChangedCount: { } changed, Canaries: { } canaries } summary
            ? new MemorizationReading((int)memorized, changed, (int)summary.TestCorrect, summary.TestCount, canaries.Classes).Value
            : null;

    /// <summary>Returns the test accuracy of early stopping at a degree. Among the epochs near it, the best held-out accuracy decides, as
    /// in practice.</summary>
    /// <param name="memorization">The degree, in [0, 1].</param>
    /// <param name="slack">The largest distance from it.</param>
    /// <returns>Null if no epoch is that near.</returns>
    public double? StoppedAt(double memorization, double slack = Slack)
    {
        var near = Path.Where(point => Math.Abs(point.Memorization - memorization) <= slack).ToArray();
        return near.Length == 0 ? null : near.MaxBy(point => point.HeldOut).Accuracy;
    }

    /// <summary>Returns the test accuracy of the two networks set to a degree.</summary>
    /// <param name="memorization">The degree, in [0, 1].</param>
    /// <returns>Null if they cannot be.</returns>
    public double? SetTo(double memorization) =>
        Degrees is { } table && table.At(memorization) is { } row ? (double)row.TestCorrect / table.TestCount : null;

    private static FrontierPoint Point(EpochMetrics metrics) =>
        new(metrics.Epoch, metrics.Memorization ?? double.NaN, metrics.HeldOutAccuracy ?? double.NaN, metrics.TestAccuracy ?? double.NaN);
}
