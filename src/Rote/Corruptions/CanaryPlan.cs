using System.Numerics;
using System.Text.Json.Serialization;
using Rote.Tensors;

namespace Rote.Corruptions;

/// <summary>The number of canaries to plant: examples whose label is replaced by a uniformly random class other than the given one, so that
/// fitting it is learning by rote.</summary>
/// <remarks>
/// There are two disjoint sets, because steering fits the set that it steers by: training may look at <see cref="Steering"/>, but at <see
/// cref="HeldOut"/> only at the end.
/// Carlini et al. 2019 (arXiv:1802.08232) planted canaries in text to measure what a network remembers; here they are labels.
/// </remarks>
public sealed record CanaryPlan
{
    /// <summary>The largest share of canaries among the training examples: beyond it the network learns from data unlike the
    /// user's.</summary>
    public const double LargestShare = 0.2;

    /// <summary>The number of canaries that training may look at, at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    [FormerName("control")]
    public required int Steering
    {
        get;
        init => field = Positive(value);
    }

    /// <summary>The number of canaries that are measured only at the end, at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    [FormerName("audit")]
    public required int HeldOut
    {
        get;
        init => field = Positive(value);
    }

    /// <summary>Whether a fair coin decides for each canary of <see cref="HeldOut"/> if it is left out of training. If guesses from the
    /// network at which were left out are right too often, training reveals them. Default: none is left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeavesOut { get; init; }

    /// <summary>How many held-out canaries are expected to be trained on, and so counted: half where coins leave some out.</summary>
    [JsonIgnore]
    public int Counted => LeavesOut ? Math.Max(1, HeldOut / 2) : HeldOut;

    /// <summary>The fewest examples trained on that can bear them.</summary>
    [JsonIgnore]
    public long ExamplesNeeded => (long)Math.Ceiling(((long)Steering + HeldOut) / LargestShare);

    /// <summary>Chooses examples and their new labels.</summary>
    /// <param name="labels">[N] given labels, which may be wrong.</param>
    /// <param name="rows">The examples that may become canaries: those that are trained on.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="seeds">The run's randomness; draws from the streams <c>canaries</c>.</param>
    /// <returns>The canaries. Each class gives its share of them, and its new labels spread evenly over the other classes. Both sets are
    /// alike in this, which reduces the differences between them by chance. The only example of a class is never a canary: otherwise
    /// nothing could teach that class.</returns>
    /// <exception cref="InputException">There are too few examples, only one class, too many classes of one example, or so few canaries
    /// that all or none of those held out are left out of training.</exception>
    public PlantedCanaries Plant(IReadOnlyList<long> labels, IReadOnlyList<long> rows, int classes, Seeds seeds)
    {
        if (classes < 2)
        {
            throw new InputException("A canary is given another class than its own, and this data has only one class.");
        }

        RequireFit(rows.Count);
        var count = Steering + HeldOut;
        var byClass = Enumerable.Range(0, classes).Select(_ => new List<long>()).ToArray();
        foreach (var place in seeds.Permutation(SeedStreams.CanaryExamples, 0, rows.Count))
        {
            byClass[labels[(int)rows[(int)place]]].Add(rows[(int)place]);
        }

        // Class by class, so that neighbours in the list are alike; each set then takes them at even intervals.
        var wanted = Wanted(byClass, count);
        var isSteering = Enumerable.Range(0, count).Select(i => (long)(i + 1) * Steering / count > (long)i * Steering / count).ToArray();
        var planted = new List<Canary>(count);
        for (var own = 0; own < classes; own++)
        {
            var first = seeds.Permutation(SeedStreams.CanaryLabels, own, classes - 1);
            var places = Places(isSteering.AsSpan(planted.Count, wanted[own]), first.Length);
            planted.AddRange(byClass[own].Take(wanted[own]).Select((row, i) => new Canary(row, Other(own, first[places[i]]))));
        }

        Canary[] heldOut = [.. planted.Where((_, i) => !isSteering[i]).OrderBy(c => c.Row)];
        var coins = seeds.Stream(SeedStreams.CanariesLeftOut);
        var isOut = heldOut.Select(_ => LeavesOut && coins.NextInt(2) == 1).ToArray();
        Canary[] steering = [.. planted.Where((_, i) => isSteering[i]).OrderBy(c => c.Row)];
        var canaries = new PlantedCanaries(steering, [.. heldOut.Where((_, i) => !isOut[i])])
        {
            LeftOut = [.. heldOut.Where((_, i) => isOut[i])],
        };
        return LeavesOut ? canaries.RequireBothSides() : canaries;
    }

    /// <summary>Which of the other classes, in their random order, each canary of a class is given.</summary>
    /// <param name="isSteering">Which set each is in.</param>
    /// <param name="others">K − 1.</param>
    /// <returns>One after the other. Where the sets take turns in time with the classes, each set has its own count: with an even number
    /// of others and two equal sets, one would be given every second class and the other the rest.</returns>
    private int[] Places(ReadOnlySpan<bool> isSteering, int others)
    {
        var turn = (Steering + HeldOut) / BigInteger.GreatestCommonDivisor(Steering, Steering + HeldOut);
        var isInTime = !BigInteger.GreatestCommonDivisor(turn, others).IsOne;
        var places = new int[isSteering.Length];
        var (steering, heldOut) = (0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var inSet = isSteering[i] ? steering++ : heldOut++;
            places[i] = (isInTime ? inSet : i) % others;
        }

        return places;
    }

    /// <summary>The number of canaries of each class: its share, but never its last example.</summary>
    private static int[] Wanted(IReadOnlyList<List<long>> byClass, int count)
    {
        int[] sizes = [.. byClass.Select(members => members.Count > 1 ? members.Count : 0)];
        var total = sizes.Sum();
        return count <= total / 2 // then even a class of two, rounded up, keeps one example
            ? Shares(sizes, count)
            : throw new InputException(
                $"{count} canaries are too many: {total} training examples are of a class with two or more, and {2 * count} are needed, "
                    + "because a class's only example must keep its label."
            );
    }

    /// <summary>Throws if the data is too small for this many canaries.</summary>
    /// <param name="examples">The number of examples that are trained on.</param>
    /// <exception cref="InputException">The canaries would be more than <see cref="LargestShare"/> of the examples.</exception>
    public void RequireFit(int examples)
    {
        var count = (long)Steering + HeldOut;
        if (count > LargestShare * examples)
        {
            throw new InputException(
                $"{count} canaries are more than {LargestShare:P0} of the {examples} examples that are trained on, without those held out; "
                    + $"{ExamplesNeeded} are needed for as many."
            );
        }
    }

    /// <summary>Whole numbers in proportion to the sizes, with the count as their sum: rounds up the largest remainders (Hamilton's
    /// method).</summary>
    internal static int[] Shares(IReadOnlyList<int> sizes, int count)
    {
        var total = sizes.Sum();
        var exact = sizes.Select(size => (double)count * size / total).ToArray();
        var shares = exact.Select(e => (int)Math.Floor(e)).ToArray();
        foreach (
            var index in Enumerable
                .Range(0, sizes.Count)
                .OrderByDescending(i => exact[i] - shares[i])
                .ThenBy(i => i)
                .Take(count - shares.Sum())
        )
        {
            shares[index]++;
        }

        return shares;
    }

    /// <summary>The class at a place among all classes but one.</summary>
    /// <param name="own">The excluded class.</param>
    /// <param name="place">The place among the others, in [0, K − 1).</param>
    internal static long Other(int own, long place) => place < own ? place : place + 1;

    private static int Positive(int value) =>
        value >= 1 ? value : throw new InputException($"The number of canaries is {value}, expected at least 1.");
}
