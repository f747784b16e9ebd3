using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>How often the networks of each group predict the label of each example. All memorization values come from this.</summary>
/// <param name="Sizes">[G] networks of a group.</param>
/// <param name="In">[G][N] networks of it that were trained on the example.</param>
/// <param name="InHits">[G][N] those of them that predict its label.</param>
/// <param name="OutHits">[G][N] networks that were not trained on it and predict its label.</param>
internal sealed record GroupCounts(
    IReadOnlyList<int> Sizes,
    IReadOnlyList<int[]> In,
    IReadOnlyList<int[]> InHits,
    IReadOnlyList<int[]> OutHits
)
{
    /// <summary>All groups.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> All => [.. Enumerable.Range(0, Sizes.Count)];

    /// <summary>One half of the groups, and so of the networks.</summary>
    /// <param name="even">Those with an even number, or the others.</param>
    /// <param name="without">A group that is left out; −1: none.</param>
    public IReadOnlyList<int> Half(bool even, int without = -1) => [.. All.Where(group => group % 2 == (even ? 0 : 1) && group != without)];

    /// <summary>All groups but one.</summary>
    /// <param name="without">The group that is left out; −1: none.</param>
    public IReadOnlyList<int> Except(int without) => [.. All.Where(group => group != without)];

    /// <summary>Number of examples.</summary>
    [JsonIgnore]
    public int Examples => In[0].Length;

    /// <summary>Counts.</summary>
    /// <param name="member">[T][N] whether a network was trained on an example.</param>
    /// <param name="hits">[T][N] whether it predicts its label.</param>
    /// <param name="groupSize">Networks of a group; the last may have fewer.</param>
    public static GroupCounts Of(bool[][] member, bool[][] hits, int groupSize)
    {
        var groups = Enumerable.Range(0, member.Length).Chunk(groupSize).ToArray();
        return new GroupCounts(
            [.. groups.Select(group => group.Length)],
            [.. groups.Select(group => Count(group, (k, i) => member[k][i]))],
            [.. groups.Select(group => Count(group, (k, i) => member[k][i] && hits[k][i]))],
            [.. groups.Select(group => Count(group, (k, i) => !member[k][i] && hits[k][i]))]
        );

        int[] Count(int[] group, Func<int, int, bool> isOne)
        {
            var counts = new int[member[0].Length];
            foreach (var k in group)
            {
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] += isOne(k, i) ? 1 : 0;
                }
            }

            return counts;
        }
    }

    /// <summary>The memorization value of an example with its standard error over networks; NaN if all networks were trained on it, or
    /// none.</summary>
    /// <param name="example">The example.</param>
    /// <param name="groups">The groups whose networks count.</param>
    public Estimate Value(int example, IReadOnlyList<int> groups)
    {
        var (networks, inside) = (groups.Sum(g => Sizes[g]), groups.Sum(g => In[g][example]));
        return MemorizationValue.Of(
            Share(groups.Sum(g => InHits[g][example]), inside),
            Share(groups.Sum(g => OutHits[g][example]), networks - inside)
        );

        static Estimate Share(int hits, int count) => count == 0 ? new Estimate(double.NaN, double.NaN, 0) : Estimate.Share(hits, count);
    }

    /// <summary>The memorization values of all examples.</summary>
    /// <param name="groups">The groups whose networks count.</param>
    /// <returns>[N] in [−1, 1].</returns>
    public double[] Values(IReadOnlyList<int> groups)
    {
        var values = new double[Examples];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(i, groups).Value;
        }

        return values;
    }

    /// <summary>The mean accuracy of the groups' networks on what they were trained on.</summary>
    public double InAccuracy(IReadOnlyList<int> groups) =>
        (double)groups.Sum(g => InHits[g].Sum(hits => (long)hits)) / groups.Sum(g => In[g].Sum(count => (long)count));
}
