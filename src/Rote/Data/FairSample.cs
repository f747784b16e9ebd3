using Rote.Data.Splitting;
using Rote.Tensors;

namespace Rote.Data;

/// <summary>Draws a sample of the user's own data in which each class has the same share as in the whole.</summary>
/// <remarks>
/// If the rows have no order, the first rows are such a sample. But tables and arrays are often sorted by class; their first rows are one
/// class, which any network learns at once. From these the sample is drawn, always the same one, in the order of the rows.
/// </remarks>
internal static class FairSample
{
    /// <summary>Rows without an order change class about as often as by chance; grouped rows change less than half as often.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Takes the sample.</summary>
    /// <param name="train">All examples; the caller keeps ownership.</param>
    /// <param name="count">How many; all of them if there are fewer.</param>
    /// <returns>A copy that the caller owns.</returns>
    public static Dataset Of(Dataset train, int count)
    {
        if (count >= train.Count || !IsGrouped(train))
        {
            return train.Take(count);
        }

        return train.Select(Draw(train.Labels.data<long>().ToArray(), count));
    }

    /// <summary>Draws from each class its share, and at least one example if <paramref name="count"/> allows.</summary>
    private static long[] Draw(long[] labels, int count)
    {
        var seeds = new Seeds(StratifiedSplit.Seed);
        var drawn = labels
            .Select((label, row) => (label, row: (long)row))
            .GroupBy(e => e.label)
            .SelectMany(group =>
            {
                var members = group.Select(e => e.row).ToArray();
                return seeds
                    .Permutation(SeedStreams.FairSample, (int)group.Key, members.Length)
                    .Select((place, turn) => (Row: members[place], Turn: (double)turn / members.Length));
            });
        return [.. drawn.OrderBy(d => d.Turn).ThenBy(d => d.Row).Take(count).Select(d => d.Row).Order()];
    }

    /// <summary>Whether rows of one class lie together.</summary>
    public static bool IsGrouped(Dataset train)
    {
        var labels = train.Labels.data<long>().ToArray();
        var changes = labels.Zip(labels.Skip(1)).Count(pair => pair.First != pair.Second);
        var byChance =
            (labels.Length - 1)
            * (
                1
                - labels
                    .CountBy(label => label)
                    .Sum(c => (double)c.Value * (c.Value - 1) / ((double)labels.Length * Math.Max(1, labels.Length - 1)))
            );
        return changes < LeastShare * byChance;
    }
}
