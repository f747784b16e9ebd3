using System.Text.Json.Serialization;
using Rote.Tensors;

namespace Rote.Corruptions;

/// <summary>How many canaries are planted: examples whose label is replaced by a uniformly random other class than the given one, so that
/// fitting it is learning by rote.</summary>
/// <remarks>
/// Two disjoint sets, because a set that steers training is fitted by the steering: <see cref="Steering"/> may be looked at while training
/// goes on, <see cref="HeldOut"/> only at the end.
/// Carlini et al. 2019 (arXiv:1802.08232) planted canaries in text to measure what a network remembers; here they are labels.
/// </remarks>
public sealed record CanaryPlan
{
    /// <summary>The largest share of the training examples that canaries may be: beyond it the network learns from data that is no longer
    /// like the one it was given.</summary>
    public const double LargestShare = 0.2;

    /// <summary>Canaries that training may look at, at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    [FormerName("control")]
    public required int Steering
    {
        get;
        init => field = Positive(value);
    }

    /// <summary>Canaries that are measured at the end only, at least 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    [FormerName("audit")]
    public required int HeldOut
    {
        get;
        init => field = Positive(value);
    }

    /// <summary>Whether each canary of <see cref="HeldOut"/> is left out of training if a fair coin says so: who then guesses from the
    /// network which were, and is right too often, has shown that training reveals them. Default: none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeavesOut { get; init; }

    /// <summary>Chooses examples and their new labels.</summary>
    /// <param name="labels">[N] given labels, perhaps wrong ones.</param>
    /// <param name="rows">Which examples may become canaries: those that are trained on.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="seeds">The run's randomness; streams <c>canaries</c> are drawn.</param>
    /// <returns>The canaries. Every class gives as many as its share, every other class is as often the new label, and both sets are alike
    /// in that: it narrows what chance makes them differ by. A class's only example is no canary: else nothing could teach its
    /// class.</returns>
    /// <exception cref="InputException">There are too few examples, one class, or too many classes of one example.</exception>
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

        // Class by class, so that neighbours in the list are alike; then every set takes them at even distances.
        var wanted = Wanted(byClass, count);
        var planted = new List<Canary>(count);
        for (var own = 0; own < classes; own++)
        {
            var first = seeds.Permutation(SeedStreams.CanaryLabels, own, classes - 1);
            planted.AddRange(byClass[own].Take(wanted[own]).Select((row, i) => new Canary(row, Other(own, first[i % first.Length]))));
        }

        var isSteering = planted.Select((_, i) => (long)(i + 1) * Steering / count > (long)i * Steering / count).ToArray();
        Canary[] heldOut = [.. planted.Where((_, i) => !isSteering[i]).OrderBy(c => c.Row)];
        var coins = seeds.Stream(SeedStreams.CanariesLeftOut);
        var isOut = heldOut.Select(_ => LeavesOut && coins.NextInt(2) == 1).ToArray();
        return new PlantedCanaries([.. planted.Where((_, i) => isSteering[i]).OrderBy(c => c.Row)], [.. heldOut.Where((_, i) => !isOut[i])])
        {
            LeftOut = [.. heldOut.Where((_, i) => isOut[i])],
        };
    }

    /// <summary>How many each class gives: its share, and never its last example.</summary>
    private static int[] Wanted(IReadOnlyList<List<long>> byClass, int count)
    {
        int[] sizes = [.. byClass.Select(members => members.Count > 1 ? members.Count : 0)];
        var total = sizes.Sum();
        return count <= total / 2 // then even a class of two, rounded up, keeps one
            ? Shares(sizes, count)
            : throw new InputException(
                $"{count} canaries are too many: {total} training examples are of a class with two or more, and {2 * count} are needed, "
                    + "because a class's only example must keep its label."
            );
    }

    /// <summary>Refuses data that is too small for so many.</summary>
    /// <param name="examples">Examples that are trained on.</param>
    /// <exception cref="InputException">They would be more than <see cref="LargestShare"/> of them.</exception>
    public void RequireFit(int examples)
    {
        var count = (long)Steering + HeldOut;
        if (count > LargestShare * examples)
        {
            throw new InputException(
                $"{count} canaries are more than {LargestShare:P0} of {examples} training examples; "
                    + $"{Math.Ceiling(count / LargestShare)} are needed for as many."
            );
        }
    }

    /// <summary>Whole numbers in proportion to the sizes that add up to the count: the largest remainders are rounded up (Hamilton's
    /// method).</summary>
    internal static int[] Shares(IReadOnlyList<int> sizes, int count)
    {
        var total = (double)sizes.Sum();
        var exact = sizes.Select(size => count * size / total).ToArray();
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

    /// <summary>A class among all but one.</summary>
    /// <param name="own">The one.</param>
    /// <param name="place">Its place among the others, in [0, K − 1).</param>
    internal static long Other(int own, long place) => place < own ? place : place + 1;

    private static int Positive(int value) =>
        value >= 1 ? value : throw new InputException($"The number of canaries is {value}, expected at least 1.");
}
