using System.Text.Json.Serialization;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>How far the gate between two networks must be open for each degree of memorization; <c>adjustable.json</c> in the run's
/// folder.</summary>
/// <remarks>
/// A canary's planted label is predicted from some opening on. The opening for a degree is the quantile of these thresholds over all
/// canaries. Training does not know which examples are canaries, so another example
/// with a random label has its threshold below the k-th of n with a probability of distribution Beta(k, n + 1 − k), whatever the networks
/// are (order statistics; the argument of conformal prediction, Vovk et al. 2005). The interval is Wilson's for k hits of n, which is that
/// distribution's to a few thousandths from some 400 canaries on, and to 0.04 with 40; of 1, 2, 3 hits 83, 89, 91 % of the intervals hold,
/// of more 92 to 95 %. No other canaries are needed to check it, and none are held back.
/// That is exact where each canary that is predicted stays so as the gate opens. Where the second network has not fitted all of them, some
/// are predicted by the first alone, up to some opening: then it is approximate, and the opening is the last from which on, up to the most
/// that is reached, as many are predicted as the degree takes.
/// </remarks>
public sealed record DegreeTable
{
    /// <summary>Degrees that are tabulated: 0, 0.01, …, 1.</summary>
    private const int Steps = 100;

    /// <summary>The gate opens no further below 0.</summary>
    private const double LeastOpening = -1;

    /// <summary>How far below the first threshold no canary is hit.</summary>
    private const double Beside = 0.01;

    /// <summary>Number of classes K.</summary>
    public required int Classes { get; init; }

    /// <summary>Number of examples held out.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>Number of test examples.</summary>
    public required int TestCount { get; init; }

    /// <summary>Number of training examples, no canaries, whose given label is known to be wrong; null: none is known.</summary>
    public int? ChangedCount { get; init; }

    /// <summary>The degrees that can be had, ascending; their openings do not fall.</summary>
    public required IReadOnlyList<AdjustableDegree> Degrees { get; init; }

    /// <summary>SHA-256 of the data of <c>adjustable.safetensors</c>.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>What is wrong with a table from a file, in words; null: nothing.</summary>
    internal string? Fault =>
        Classes < 2 || HeldOutCount < 1 || TestCount < 1 || ChangedCount < 1 ? "a count is missing"
        : Degrees is null || Degrees.Any(row => row is null || row.Canaries is null) ? "a degree is missing"
        : !Degrees.All(IsInRange) ? "a number is out of range"
        : Degrees.Zip(Degrees.Skip(1)).Any(pair => pair.Second.Degree <= pair.First.Degree || pair.Second.Opening < pair.First.Opening)
            ? "degrees are out of order"
        : null;

    /// <summary>The least degree that can be had; 1 where there is none.</summary>
    [JsonIgnore]
    public double Least => Degrees.Count == 0 ? 1 : Degrees[0].Degree;

    /// <summary>The largest degree that can be had; 0 where there is none.</summary>
    [JsonIgnore]
    public double Most => Degrees.Count == 0 ? 0 : Degrees[^1].Degree;

    /// <summary>The degrees that can be set, as ranges without a gap, ascending; a range may be one degree.</summary>
    [JsonIgnore]
    public IReadOnlyList<(double Least, double Most)> Ranges
    {
        get
        {
            var ranges = new List<(double Least, double Most)>();
            AdjustableDegree? before = null;
            foreach (var row in Degrees)
            {
                if (before is null || IsGap(before, row))
                {
                    ranges.Add((row.Degree, row.Degree));
                }

                ranges[^1] = (ranges[^1].Least, row.Degree);
                before = row;
            }

            return ranges;
        }
    }

    /// <summary>Measures two networks.</summary>
    /// <param name="low">The network that memorizes little, to float32 logits; left in evaluation mode.</param>
    /// <param name="high">The network that memorizes all.</param>
    /// <param name="data">What both were trained on, with examples held out.</param>
    /// <param name="places">The canaries in it.</param>
    /// <param name="classes">K.</param>
    public static DegreeTable Of(
        Module<Tensor, Tensor> low,
        Module<Tensor, Tensor> high,
        TrainingData data,
        CanaryPlaces places,
        int classes
    )
    {
        using var scope = NewDisposeScope();
        var heldOut = data.HeldOut ?? throw new ArgumentException("No examples are held out, so that chance is not known.", nameof(data));
        return Of(
            LogitPairs.Of(low, high, data.Train, [.. places.Steering, .. places.HeldOut]),
            LogitPairs.Of(low, high, heldOut),
            LogitPairs.Of(low, high, data.Test),
            classes,
            data.Train.TrueLabels is { } truth ? LogitPairs.Of(low, high, data.Train, Changed(data.Train.Labels, truth)) : null
        );
    }

    /// <summary>The tabulated degree nearest to one.</summary>
    /// <param name="degree">m, in [0, 1].</param>
    /// <returns>Null if none is within half a hundredth.</returns>
    public AdjustableDegree? At(double degree) =>
        Degrees.MinBy(row => Math.Abs(row.Degree - degree)) is { } nearest && Math.Abs(nearest.Degree - degree) <= (0.5 / Steps) + 1e-9
            ? nearest
            : null;

    /// <summary>The opening for a degree, between those that are tabulated in proportion.</summary>
    /// <param name="degree">m, from <see cref="Least"/> to <see cref="Most"/>.</param>
    /// <returns>In [−1, 1].</returns>
    /// <exception cref="InputException">The degree is not among those that can be had, or further from the next than a canary.</exception>
    public double OpeningFor(double degree)
    {
        if (!(degree >= Least && degree <= Most))
        {
            throw new InputException(
                Degrees.Count == 0
                    ? "No degree of memorization can be had from these networks."
                    : $"The degree of memorization is {degree}, expected a number from {Least} to {Most}: that is what this run's "
                        + "networks reach."
            );
        }

        var after = Degrees.First(row => row.Degree >= degree);
        var before = Degrees.Last(row => row.Degree <= degree);
        if (IsGap(before, after))
        {
            throw new InputException(
                $"The degree of memorization is {degree}, and this run's networks have none between {before.Degree} and {after.Degree}."
            );
        }

        return before == after
            ? after.Opening
            : before.Opening + ((after.Opening - before.Opening) * (degree - before.Degree) / (after.Degree - before.Degree));
    }

    /// <summary>Whether neighbouring rows are further apart than a step of the table, or than a canary.</summary>
    private static bool IsGap(AdjustableDegree before, AdjustableDegree after) =>
        after.Degree - before.Degree > Math.Max(1.0 / Steps, 1.0 / after.Canaries.Canaries) + 1e-9;

    /// <summary>m on the data's own wrong labels, which set no opening: what the canaries estimate.</summary>
    /// <param name="row">Of this table.</param>
    /// <returns>In [0, 1]; null: no wrong label is known.</returns>
    /// <remarks>Chance is the rate of one given wrong class on an example with a right label, by the accuracy on test examples.</remarks>
    public double? TrueMemorization(AdjustableDegree row) =>
        ChangedCount is { } changed && row.MemorizedCount is { } memorized
            ? new MemorizationReading(memorized, changed, row.TestCorrect, TestCount, Classes).Value
            : null;

    /// <summary>As above, from logits.</summary>
    internal static DegreeTable Of(LogitPairs canaries, LogitPairs heldOut, LogitPairs test, int classes, LogitPairs? changed = null)
    {
        var changes = canaries.Changes();
        return new DegreeTable
        {
            Classes = classes,
            HeldOutCount = heldOut.Count,
            TestCount = test.Count,
            ChangedCount = changed?.Count,
            Degrees = Rising(Enumerable.Range(0, Steps + 1).Select(step => At((double)step / Steps)).OfType<AdjustableDegree>()),
        };

        AdjustableDegree? At(double degree)
        {
            if (Opening(degree) is not { } opening)
            {
                return null;
            }

            var right = heldOut.Right(opening);
            var reading = new MemorizationReading(canaries.Right(opening), canaries.Count, right, heldOut.Count, classes);
            if (Math.Abs(reading.Value - degree) > (1.0 / canaries.Count) + (0.5 / Steps))
            {
                return null; // many canaries have the same threshold, or chance moves too fast
            }

            return new AdjustableDegree(degree, opening, CertifiedDegree.Of(reading), right, test.Right(opening), changed?.Right(opening));
        }

        double? Opening(double degree)
        {
            if (degree >= 1)
            {
                return canaries.Right(1) < canaries.Count ? null : 1;
            }

            // Chance depends on the opening through the accuracy, a little: twice is enough
            double? opening = 1;
            for (var round = 0; round < 2 && opening is not null; round++)
            {
                var chance = new MemorizationReading(0, 1, heldOut.Right(opening.Value), heldOut.Count, classes);
                opening = Between(changes, (int)Math.Round(chance.HitsFor(degree) * canaries.Count, MidpointRounding.AwayFromZero));
            }

            return opening;
        }
    }

    /// <summary>An opening at which a number of labels is predicted.</summary>
    /// <param name="changes">As <see cref="LogitPairs.Changes"/>.</param>
    /// <param name="hits">The number.</param>
    /// <returns>In [−1, 1]: half way from where the number is reached for the last time, before the opening at which most are predicted, to
    /// the next change. There may be more where several labels come in at once. Null: no opening.</returns>
    private static double? Between(IReadOnlyList<(double Opening, int Right)> changes, int hits)
    {
        var at = 0; // how many changes are over
        for (var i = 1; i <= changes.Count; i++)
        {
            at = changes[i - 1].Right > RightAfter(at) ? i : at;
        }

        if (RightAfter(at) < hits)
        {
            return null;
        }

        while (at > 0 && RightAfter(at - 1) >= hits)
        {
            at--;
        }

        var next = at == changes.Count ? 1 : Math.Min(1, changes[at].Opening);
        var last = Math.Max(LeastOpening, at == 0 ? next - Beside : changes[at - 1].Opening);
        return last <= next ? (last + next) / 2 : null;

        int RightAfter(int number) => number == 0 ? 0 : changes[number - 1].Right;
    }

    /// <summary>The rows whose label is known to be wrong, without canaries.</summary>
    private static long[] Changed(Tensor labels, Tensor truth) =>
        truth.ge(0).logical_and(truth.ne(labels)).nonzero().flatten().OnCpu().data<long>().ToArray();

    /// <summary>Without those whose opening is below that of a smaller degree: with two classes and few examples chance, which moves with
    /// the opening, can turn the order round.</summary>
    private static List<AdjustableDegree> Rising(IEnumerable<AdjustableDegree> rows)
    {
        var kept = new List<AdjustableDegree>();
        foreach (var row in rows)
        {
            if (kept.Count == 0 || row.Opening >= kept[^1].Opening)
            {
                kept.Add(row);
            }
        }

        return kept;
    }

    private bool IsInRange(AdjustableDegree row) =>
        row.Degree is >= 0 and <= 1
        && row.Opening is >= LeastOpening and <= 1
        && row.HeldOutCorrect >= 0
        && row.HeldOutCorrect <= HeldOutCount
        && row.TestCorrect >= 0
        && row.TestCorrect <= TestCount
        && (row.MemorizedCount is null || (row.MemorizedCount >= 0 && row.MemorizedCount <= ChangedCount))
        && row.Canaries is { Low: >= 0, High: <= 1, Hits: >= 0, Canaries: > 0 }
        && row.Canaries.Low <= row.Canaries.High
        && row.Canaries.Hits <= row.Canaries.Canaries;
}
