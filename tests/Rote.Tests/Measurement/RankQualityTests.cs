using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class RankQualityTests
{
    private static readonly Gen<(int Score, bool IsOfKind)[]> Lists = Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[2, 30];

    [Fact]
    public void Auroc_is_the_share_of_pairs_in_order_of_a_naive_loop() =>
        Lists.Sample(list =>
        {
            var pairs =
                from a in list
                where a.IsOfKind
                from b in list
                where !b.IsOfKind
                select a.Score > b.Score ? 1
                : a.Score == b.Score ? 0.5
                : 0;
            var found = RankQuality.Auroc([.. list.Select(e => (double)e.Score)], [.. list.Select(e => e.IsOfKind)]).Value;
            return pairs.Any() ? Math.Abs(pairs.Average() - found) < 1e-9 : double.IsNaN(found);
        });

    [Fact]
    public void Average_precision_is_that_of_a_naive_loop() =>
        Lists.Sample(list =>
        {
            var order = list.Select((e, i) => (e, i))
                .OrderByDescending(p => p.e.Score)
                .ThenBy(p => p.i)
                .Select(p => p.e.IsOfKind)
                .ToArray();
            var precisions = order
                .Select((isOfKind, i) => (isOfKind, share: order.Take(i + 1).Count(k => k) / (i + 1.0)))
                .Where(p => p.isOfKind)
                .Select(p => p.share)
                .ToArray();
            var found = RankQuality.AveragePrecision([.. list.Select(e => (double)e.Score)], [.. list.Select(e => e.IsOfKind)]);
            return precisions.Length == 0 ? double.IsNaN(found) : Math.Abs(precisions.Average() - found) < 1e-9;
        });

    [Fact]
    public void The_error_of_auroc_is_hanley_and_mcneils()
    {
        // 3 of 4 pairs in order: A = 0.75, Q1 = 0.6, Q2 = 1.125 / 1.75; two of each kind. Radiology 143 (1982), equation 1.
        var found = RankQuality.Auroc([4, 2, 3, 1], [true, true, false, false]);
        Assert.Equal(0.75, found.Value, 12);
        Assert.Equal(Math.Sqrt(((0.75 * 0.25) + (0.6 - 0.5625) + ((1.125 / 1.75) - 0.5625)) / 4), found.StandardError, 12);
    }
}
