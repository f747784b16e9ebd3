using Rote.Experiments;
using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;
using Rote.Studies.Feldman2020.Networks;
using Rote.Tensors;

namespace Rote.Studies.Feldman2020;

/// <summary>The results of one seed, calculated on first use. Every part has its own file, so that a stopped study goes on.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The runs.</param>
/// <param name="calculations">Where results are kept.</param>
/// <param name="seed">The seed.</param>
internal sealed class FeldmanDraw(FeldmanPlan plan, Evidence evidence, Calculations calculations, long seed)
{
    internal const string HitsName = "influence-hits";
    internal const string ValuesName = "influence-values";
    internal const string LinearName = "influence-linear";
    internal const string LinearValuesName = "influence-linear-values";
    internal const string WrongName = "influence-wrong-labels";
    internal const string LikenessName = "influence-likeness";
    internal const string RemovalName = "influence-removal";

    /// <summary>The networks that most claims are about.</summary>
    public FeldmanKind Usual => Scale.Usual;

    /// <summary>Number of test examples.</summary>
    public int TestExamples => Scale.TestExamples;

    /// <summary>Groups of networks on either side of a comparison of architectures.</summary>
    public int CompareGroups => Scale.FewerNetworks / Scale.GroupSize;

    private FeldmanScale Scale => plan.Scale;

    /// <summary>Memorization values and influences of the networks of a kind.</summary>
    public EnsembleValues Values(FeldmanKind kind) =>
        calculations.Of(
            ValuesName,
            ValuesKeyOf(kind),
            (_, _) =>
            {
                var groups = Enumerable.Range(0, kind.Networks / Scale.GroupSize).Select(group => Hits(kind, group)).ToArray();
                return Estimated(groups, kind.Name == Scale.Usual.Name);
            }
        );

    /// <summary>The same of linear models on fixed features; influences only of those of the paper.</summary>
    public EnsembleValues Values(FixedFeatures features) =>
        calculations.Of(
            LinearValuesName,
            LinearKeyOf(features),
            (_, _) =>
            {
                var groups = Enumerable.Range(0, Models(features) / Scale.GroupSize).Select(group => Hits(features, group)).ToArray();
                return Estimated(groups, features == FixedFeatures.OfAllExamples);
            }
        );

    /// <summary>The pairs of high influence by all networks.</summary>
    /// <exception cref="NoEvidenceException">There is none.</exception>
    public IReadOnlyList<InfluencePair> Pairs()
    {
        var values = Values(Scale.Usual);
        var memorization = values.Counts.Values(values.Counts.All);
        InfluencePair[] pairs = [.. values.Pairs!.Where(pair => InfluencePairs.IsPair(memorization[pair.Train], pair.Influence))];
        return pairs.Length > 0 ? pairs : throw new NoEvidenceException("No pair has a high influence.", isOfTheNetwork: true);
    }

    /// <summary>The pairs by one half of the networks, with their influence by the other half.</summary>
    /// <param name="even">Which half chooses them.</param>
    public IReadOnlyList<double> ByTheOtherHalf(bool even)
    {
        var values = Values(Scale.Usual);
        var memorization = values.Counts.Values(values.Counts.Half(even));
        return
        [
            .. values
                .Pairs!.Where(pair => InfluencePairs.IsPair(memorization[pair.Train], even ? pair.First : pair.Second))
                .Select(pair => (double)(even ? pair.Second : pair.First)),
        ];
    }

    /// <summary>The training examples whose label was changed among the networks of a kind.</summary>
    public bool[] IsWrong(FeldmanKind kind) =>
        calculations.Of(WrongName, WrongKeyOf(kind), (load, _) => OrNothing(() => HalfNetworks.Wrong(plan.Half(kind, seed, 0), load)));

    /// <summary>How alike the pictures of pairs are.</summary>
    /// <exception cref="NoEvidenceException">There is no pair.</exception>
    public Likeness Likeness()
    {
        var pairs = Pairs();
        return calculations.Of(
            LikenessName,
            ValuesKeyOf(Scale.Usual),
            (load, cancel) =>
            {
                var counts = Values(Scale.Usual).Counts;
                bool[] memorized = [.. counts.Values(counts.All).Select(value => value >= FeldmanScale.MemorizedAt)];
                using var inputs = RunInputs.Prepare(plan.Half(Scale.Usual, seed, 0), load);
                return Estimates.Likeness.Of(inputs.Data.Images, pairs, memorized, new Seeds(seed), cancel);
            }
        );
    }

    /// <summary>Test accuracy of networks that are trained without some examples.</summary>
    /// <param name="threshold">Without those whose memorization value is at least this; null: with all.</param>
    /// <param name="random">Without as many random ones instead.</param>
    /// <exception cref="NoEvidenceException">No example has such a value.</exception>
    public Estimate Without(double? threshold, bool random) =>
        Estimate.Mean([.. Enumerable.Range(0, Scale.Removals).Select(k => Removal(threshold, random, k).TestAccuracy)]);

    /// <summary>Compares two sets of as many usual networks.</summary>
    /// <param name="measure">Compares two arrays of memorization values.</param>
    /// <param name="without">A group that is left out on both sides; −1: none.</param>
    public double Within(Func<double[], double[], double> measure, int without) =>
        measure(Some(Usual, 0, without), Some(Usual, CompareGroups, without));

    /// <summary>Compares usual networks with as many of another architecture.</summary>
    /// <param name="measure">Compares two arrays of memorization values.</param>
    /// <param name="without">A group that is left out on both sides; −1: none.</param>
    public double Across(Func<double[], double[], double> measure, int without) =>
        measure(Some(Usual, 0, without), Some(Scale.Other, 0, without));

    /// <summary>Whether the values of a kind are known.</summary>
    public bool Has(FeldmanKind kind) => calculations.Has(ValuesName, ValuesKeyOf(kind));

    /// <summary>Whether those of the linear models are.</summary>
    public bool Has(FixedFeatures features) => calculations.Has(LinearValuesName, LinearKeyOf(features));

    /// <summary>Whether the pictures of the pairs are compared.</summary>
    public bool HasLikeness() => calculations.Has(LikenessName, ValuesKeyOf(Scale.Usual));

    /// <summary>Whether all networks without some examples are trained.</summary>
    public bool HasRemovals() =>
        Has(Scale.Usual)
        && Thresholds()
            .All(threshold =>
                Enumerable.Range(0, 2 * Scale.Removals).All(k => calculations.Has(RemovalName, RemovalKeyOf(threshold, k % 2 == 1, k / 2)))
            );

    /// <summary>The thresholds that some example reaches, and null for none left out.</summary>
    public IEnumerable<double?> Thresholds() =>
        [null, .. FeldmanScale.Thresholds.Where(threshold => Memorized(threshold).Length > 0).Select(threshold => (double?)threshold)];

    /// <summary>Number of examples whose memorization value is at least a threshold.</summary>
    public int Count(double threshold) => Memorized(threshold).Length;

    internal ValuesKey ValuesKeyOf(FeldmanKind kind) => new(plan.Half(kind, seed, 0).Identity, kind.Networks, Scale.GroupSize);

    internal WrongKey WrongKeyOf(FeldmanKind kind) => new(plan.Half(kind, seed, 0).Identity);

    internal LinearValuesKey LinearKeyOf(FixedFeatures features) => new(Options(features, 0, Models(features)), Scale.GroupSize);

    internal RemovalKey RemovalKeyOf(double? threshold, bool random, int repetition) =>
        new(Experiment(threshold, random, repetition).Identity);

    /// <summary>A network that is trained without some examples.</summary>
    internal Experiment Experiment(double? threshold, bool random, int repetition)
    {
        long[] rows = threshold is { } value ? Memorized(value) : [];
        if (threshold is not null && rows.Length == 0)
        {
            throw new NoEvidenceException($"No example has a memorization value of at least {threshold}.", isOfTheNetwork: true);
        }

        var order = new Seeds(seed).Permutation(SeedStreams.RandomRemoval, repetition, Scale.Examples);
        return plan.Without(random ? [.. order.Take(rows.Length).Order()] : rows, seed, repetition);
    }

    private RemovalResult Removal(double? threshold, bool random, int repetition)
    {
        var experiment = Experiment(threshold, random, repetition);
        return calculations.Of(
            RemovalName,
            new RemovalKey(experiment.Identity),
            (load, cancel) => OrNothing(() => RemovalNetwork.Train(experiment, load, cancel))
        );
    }

    private double[] Some(FeldmanKind kind, int first, int without) =>
        Values(kind).Counts.Values([.. Enumerable.Range(0, CompareGroups).Where(g => g != without).Select(g => first + g)]);

    private long[] Memorized(double threshold)
    {
        var counts = Values(Scale.Usual).Counts;
        var values = counts.Values(counts.All);
        return [.. Enumerable.Range(0, values.Length).Where(i => values[i] >= threshold).Select(i => (long)i)];
    }

    private HitBits Hits(FeldmanKind kind, int group)
    {
        var experiments = Enumerable.Range(group * Scale.GroupSize, Scale.GroupSize).Select(k => plan.Half(kind, seed, k)).ToArray();
        return calculations.Of(
            HitsName,
            new HitsKey(experiments[0].Identity, Scale.GroupSize),
            (load, cancel) => OrNothing(() => HalfNetworks.Of([.. experiments.Select(evidence.Run)], load, cancel))
        );
    }

    private HitBits Hits(FixedFeatures features, int group)
    {
        var options = Options(features, group * Scale.GroupSize, Scale.GroupSize);
        return calculations.Of(
            LinearName,
            options,
            (load, cancel) => OrNothing(() => LinearNetworks.Train(evidence.Run(plan.Source(features, seed)), options, load, cancel))
        );
    }

    /// <summary>A training that fails and a file that is damaged leave a claim without a number, and the others with theirs.</summary>
    private static T OrNothing<T>(Func<T> calculate)
    {
        try
        {
            return calculate();
        }
        catch (RoteException error)
        {
            throw new NoEvidenceException(error.Message, isOfTheNetwork: error is TrainingException);
        }
    }

    private int Models(FixedFeatures features) => features == FixedFeatures.OfAllExamples ? Scale.Networks : Scale.FewerNetworks;

    private LinearOptions Options(FixedFeatures features, int from, int count) =>
        new()
        {
            Features = plan.Source(features, seed).Identity,
            Data = Scale.Data,
            Examples = Scale.Examples,
            TestExamples = Scale.TestExamples,
            Recipe = Scale.LinearRecipe,
            Seed = seed,
            From = from,
            Count = count,
        };

    private EnsembleValues Estimated(HitBits[] groups, bool withPairs)
    {
        var member = Enumerable
            .Range(0, groups.Sum(group => group.Networks))
            .Select(number => new RandomHalf { Seed = seed, Number = number }.Includes(Scale.Examples))
            .ToArray();
        return EnsembleValues.Of(
            member,
            [.. groups.SelectMany(group => group.TrainHits())],
            [.. groups.SelectMany(group => group.TestHits())],
            Scale.GroupSize,
            withPairs
        );
    }
}

/// <summary>Everything that the answers of a group of networks depend on.</summary>
/// <param name="First">Identity of its first network; the others differ in their number alone.</param>
/// <param name="Networks">Number of networks.</param>
internal sealed record HitsKey(string First, int Networks);

/// <summary>Everything that the values of a kind depend on, besides <see cref="FeldmanScale.MemorizedAt"/> and <see
/// cref="FeldmanScale.InfluentialAt"/>.</summary>
/// <param name="First">Identity of the kind's first network; the others differ in their number alone.</param>
/// <param name="Networks">Number of networks.</param>
/// <param name="GroupSize">Networks of a group.</param>
internal sealed record ValuesKey(string First, int Networks, int GroupSize);

/// <summary>Everything that the values of linear models depend on.</summary>
/// <param name="Models">All of the models.</param>
/// <param name="GroupSize">Models of a group.</param>
internal sealed record LinearValuesKey(LinearOptions Models, int GroupSize);

/// <summary>Everything that the wrong labels of a kind depend on.</summary>
/// <param name="First">Identity of the kind's first network.</param>
internal sealed record WrongKey(string First);

/// <summary>A network that is trained without some examples.</summary>
/// <param name="Experiment">Its identity.</param>
internal sealed record RemovalKey(string Experiment);
