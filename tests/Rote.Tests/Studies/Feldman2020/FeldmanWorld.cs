using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020;
using Rote.Studies.Feldman2020.Estimates;
using Rote.Studies.Feldman2020.Networks;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.Feldman2020;

/// <summary>A world in which memorization is as the paper says: every result is put in its place, and no network is trained.</summary>
internal class FeldmanWorld
{
    private const int Memorized = 50;

    /// <summary>The study at its smallest scale.</summary>
    public static FeldmanPlan Plan => (FeldmanPlan)StudyCatalog.Find("feldman2020").Plan("smoke", 1, Precision.Float32);

    /// <summary>A place for calculations where nothing can be calculated.</summary>
    public static Calculations Empty(TempFolder folder) => new(folder.Path, _ => throw new InvalidOperationException());

    /// <summary>The evidence of this world.</summary>
    public Evidence Evidence(TempFolder folder, FeldmanPlan plan)
    {
        var (calculations, scale) = (Empty(folder), plan.Scale);
        var evidence = new Evidence([], calculations: calculations);
        var draw = new FeldmanDraw(plan, evidence, calculations, 1);
        Put(FeldmanDraw.ValuesName, draw.ValuesKeyOf(scale.Usual), Usual(scale));
        Put(FeldmanDraw.ValuesName, draw.ValuesKeyOf(scale.Other), Other(scale));
        Put(FeldmanDraw.ValuesName, draw.ValuesKeyOf(scale.Wrong), Wrong(scale));
        Put(FeldmanDraw.WrongName, draw.WrongKeyOf(scale.Wrong), Flags(scale, i => i < 10));
        foreach (var features in Enum.GetValues<FixedFeatures>())
        {
            Put(FeldmanDraw.LinearValuesName, draw.LinearKeyOf(features), Linear(scale, features));
        }

        Put(FeldmanDraw.LikenessName, draw.ValuesKeyOf(scale.Usual), Looks(scale, draw.Pairs().Count));
        foreach (var threshold in draw.Thresholds())
        {
            for (var k = 0; k < 2 * scale.Removals; k++)
            {
                var (random, repetition) = (k % 2 == 1, k / 2);
                var result = new RemovalResult(100, 1, Accuracy(threshold, random) + (0.001 * repetition));
                Put(FeldmanDraw.RemovalName, draw.RemovalKeyOf(threshold, random, repetition), result);
            }
        }

        return evidence;

        void Put<TKey, TResult>(string name, TKey key, TResult result)
            where TResult : class => calculations.Of(name, key, (_, _) => result);
    }

    /// <summary>The first fifty examples are memorized by every group.</summary>
    protected virtual EnsembleValues Usual(FeldmanScale scale) =>
        new(
            Counts(scale, scale.Networks, (_, i) => i < Memorized),
            Counts(scale, scale.Networks, (_, _) => false),
            [],
            [.. Enumerable.Range(0, Memorized).Select(i => new InfluencePair(i, i, 0.3f, 0.3f, 0.3f))],
            0
        );

    protected virtual EnsembleValues Other(FeldmanScale scale) => Some(scale, i => i is >= 5 and < Memorized);

    protected virtual EnsembleValues Wrong(FeldmanScale scale) => Some(scale, i => i < 10);

    protected virtual EnsembleValues Linear(FeldmanScale scale, FixedFeatures features) =>
        features == FixedFeatures.OfAllExamples
            ? Some(scale, i => i < 2, scale.Networks) with
            {
                Pairs = [new InfluencePair(0, 0, 0.2f, 0.2f, 0.2f)],
            }
            : Some(scale, i => i < 10);

    protected virtual Likeness Looks(FeldmanScale scale, int pairs) =>
        new(
            [.. Enumerable.Repeat(0.01, pairs)],
            [.. Enumerable.Repeat<double?>(0.6, pairs)],
            [.. Enumerable.Range(0, scale.Examples).Select(i => i < Memorized ? 0.3 : 0.9)]
        );

    protected virtual double Accuracy(double? threshold, bool random) =>
        threshold is null ? 0.85
        : random ? 0.83
        : 0.73;

    protected static EnsembleValues Some(FeldmanScale scale, Func<int, bool> memorized, int? networks = null) =>
        new(
            Counts(scale, networks ?? scale.FewerNetworks, (_, i) => memorized(i)),
            Counts(scale, networks ?? scale.FewerNetworks, (_, _) => false),
            [],
            null,
            null
        );

    /// <summary>One network of a group of two is trained on each example. Both predict its label, or only this one.</summary>
    protected static GroupCounts Counts(FeldmanScale scale, int networks, Func<int, int, bool> memorized)
    {
        var groups = networks / scale.GroupSize;
        return new GroupCounts(
            [.. Enumerable.Repeat(2, groups)],
            [.. Enumerable.Range(0, groups).Select(_ => Each(_ => 1))],
            [.. Enumerable.Range(0, groups).Select(_ => Each(_ => 1))],
            [.. Enumerable.Range(0, groups).Select(g => Each(i => memorized(g, i) ? 0 : 1))]
        );

        int[] Each(Func<int, int> value) => [.. Enumerable.Range(0, scale.Examples).Select(value)];
    }

    private static bool[] Flags(FeldmanScale scale, Func<int, bool> flag) => [.. Enumerable.Range(0, scale.Examples).Select(flag)];
}

/// <summary>A world in which no claim holds.</summary>
internal sealed class OppositeWorld : FeldmanWorld
{
    /// <summary>Groups agree on nothing, half of the examples are fitted by half of the networks, and shuffling memorizes more.</summary>
    protected override EnsembleValues Usual(FeldmanScale scale)
    {
        var counts = Counts(scale, scale.Networks, (g, i) => i / 10 == (g % 2) + (g < scale.Networks / scale.GroupSize / 2 ? 0 : 2));
        int[][] halfFitted = [.. counts.InHits.Select((own, g) => own.Select((hits, i) => i < 100 ? hits : g % 2).ToArray())];
        int[][] halfRight = [.. counts.OutHits.Select((own, g) => own.Select((hits, i) => i < 100 ? hits : g % 2).ToArray())];
        InfluencePair[] pairs =
        [
            .. from i in Enumerable.Range(0, 40)
            select new InfluencePair(i, i / 2, 0.2f, i / 10 % 2 == 0 ? 0.4f : 0, i / 10 % 2 == 0 ? 0 : 0.4f),
        ];
        return new EnsembleValues(
            counts with
            {
                InHits = halfFitted,
                OutHits = halfRight,
            },
            Counts(scale, scale.Networks, (_, i) => i < 100),
            [],
            pairs,
            pairs.Length
        );
    }

    protected override EnsembleValues Other(FeldmanScale scale) => Some(scale, i => i is >= 40 and < 60);

    protected override EnsembleValues Wrong(FeldmanScale scale) => Some(scale, i => i >= 100);

    protected override EnsembleValues Linear(FeldmanScale scale, FixedFeatures features) =>
        Some(scale, i => i < 100, features == FixedFeatures.OfAllExamples ? scale.Networks : null) with
        {
            Pairs = [.. Enumerable.Range(0, 40).Select(i => new InfluencePair(i, i, 0.2f, 0.2f, 0.2f))],
        };

    protected override Likeness Looks(FeldmanScale scale, int pairs) =>
        new(
            [.. Enumerable.Repeat(0.9, pairs)],
            [.. Enumerable.Repeat<double?>(0.01, pairs)],
            [.. Enumerable.Range(0, scale.Examples).Select(i => i < 40 ? 0.9 : 0.5)]
        );

    protected override double Accuracy(double? threshold, bool random) =>
        threshold is null ? 0.8
        : random ? 0.8
        : 0.9;
}
