using Rote.Measurement;
using Rote.Storage;
using Rote.Training;

namespace Rote.Studies.Frontiers;

/// <summary>A network of one tool.</summary>
/// <param name="Epoch">The epoch it is of.</param>
/// <param name="Memorization">m on steering canaries.</param>
/// <param name="HeldOut">Agreement with the given labels of the examples held out, in [0, 1].</param>
/// <param name="Accuracy">Test accuracy against true labels, in [0, 1].</param>
public readonly record struct FrontierPoint(int Epoch, double Memorization, double HeldOut, double Accuracy);

/// <summary>What one run of a frontier gives.</summary>
/// <param name="Cell">What was run.</param>
/// <param name="Run">The finished run.</param>
public sealed record FrontierRun(FrontierCell Cell, FinishedRun Run)
{
    /// <summary>How far from a degree a network may be to stand for it.</summary>
    public const double Slack = 0.05;

    /// <summary>Where training might have stopped, in the order of training; epoch 0 is not among them.</summary>
    public IReadOnlyList<FrontierPoint> Path =>
        [.. Run.History.Where(m => m is { Epoch: > 0, Memorization: not null, TestAccuracy: not null }).Select(Point)];

    /// <summary>What the run ended with.</summary>
    public FrontierPoint End => Point(Run.History[^1]);

    /// <summary>m on the held-out canaries.</summary>
    public MemorizationReading HeldOut => Run.Summary.Canaries!.HeldOut;

    /// <summary>m over the labels that are wrong and not planted, by their truth: what canaries stand for. Null where none is
    /// known.</summary>
    /// <remarks>Chance is a random other class of an example whose label is right: (1 − test accuracy) / (K − 1).</remarks>
    public double? TrueMemorization
    {
        get
        {
            if (Run.Summary.MemorizedShare() is not { } share)
            {
                return null;
            }

            var chance = (1 - Run.Summary.TestAccuracy().Value) / (Run.Summary.Canaries!.Classes - 1);
            return Math.Clamp((share.Value - chance) / (1 - chance), 0, 1);
        }
    }

    /// <summary>Accuracy of the network that stopping at a degree gives: of those near it the one that agrees best with the examples held
    /// out, as one would choose it.</summary>
    /// <param name="memorization">The degree, in [0, 1].</param>
    /// <param name="slack">How far from it still counts.</param>
    /// <returns>Null if no epoch is as near.</returns>
    public double? StoppedAt(double memorization, double slack = Slack)
    {
        var near = Path.Where(point => Math.Abs(point.Memorization - memorization) <= slack).ToArray();
        return near.Length == 0 ? null : near.MaxBy(point => point.HeldOut).Accuracy;
    }

    private static FrontierPoint Point(EpochMetrics metrics) =>
        new(metrics.Epoch, metrics.Memorization ?? double.NaN, metrics.HeldOutAccuracy ?? double.NaN, metrics.TestAccuracy ?? double.NaN);
}
