using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Complexity;

/// <summary>Judges measures on the networks of a grid of settings: how well does each order them by their test error?</summary>
/// <remarks>
/// Jiang et al. 2020 (arXiv:1912.02178), section 3: Kendall's τ over all pairs, and granulated, the mean over axes of τ over the pairs that
/// differ on one axis alone. Dziugaite et al. 2020 (arXiv:2010.11924): a mean hides an axis on which a measure fails, so they ask for the
/// worst one. Errors are standard deviations over resamples of the settings, with their networks; the settings of a grid are not drawn at
/// random, so they say how much the numbers hang on single settings.
/// </remarks>
internal sealed class GridRanking
{
    private readonly int[][] _resamples; // [R][S] how often each setting counts
    private readonly PairSet _mixed;
    private readonly PairSet _within;
    private readonly IReadOnlyList<PairSet> _along;
    private readonly IReadOnlyList<PairSet> _clear;
    private readonly int _apart;

    /// <summary>Prepares the pairs.</summary>
    /// <param name="networks">The networks; at least two settings.</param>
    /// <param name="axes">A, the number of axes.</param>
    /// <param name="apart">The axis whose levels are kept apart in <see cref="MeasureRanks.Within"/>: the label noise.</param>
    /// <param name="resamples">R, at least 2.</param>
    /// <param name="seeds">The randomness of the resamples.</param>
    public GridRanking(IReadOnlyList<GridNetwork> networks, int axes, int apart, int resamples, Seeds seeds)
    {
        _apart = apart;
        var names = networks.Select(network => string.Join(',', network.Levels)).ToArray();
        var known = names.Distinct().Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        int[] settings = [.. names.Select(name => known[name])];
        _mixed = new PairSet(networks, settings, (_, _) => true);
        _within = new PairSet(networks, settings, (a, b) => a.Levels[apart] == b.Levels[apart]);
        _along = [.. Enumerable.Range(0, axes).Select(axis => new PairSet(networks, settings, (a, b) => Differ(a, b, axis)))];
        _clear =
        [
            .. Enumerable.Range(0, axes).Select(axis => new PairSet(networks, settings, (a, b) => Differ(a, b, axis) && a.DiffersFrom(b))),
        ];
        _resamples = Resample(known.Count, resamples, seeds);
    }

    /// <summary>The number of pairs that differ on one axis alone and whose test errors differ clearly.</summary>
    /// <param name="axis">The axis.</param>
    public int ClearPairs(int axis) => _clear[axis].Count;

    /// <summary>Judges one measure.</summary>
    /// <param name="values">[N] the measure of each network; larger should mean a larger test error.</param>
    public MeasureRanks Rank(IReadOnlyList<double> values)
    {
        var (mixed, within) = (_mixed.Compare(values), _within.Compare(values));
        Agreement[] along = [.. _along.Select(set => set.Compare(values))];
        Agreement[] clear = [.. _clear.Select(set => set.Compare(values))];
        return new MeasureRanks(
            Of(within.Tau),
            Of(mixed.Tau),
            Of(times => Kept(along).Select(axis => axis.Tau(times)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()),
            Of(times => Kept(clear).Select(axis => Wrong(axis, times)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()),
            Of(times => Kept(clear).Select(axis => Wrong(axis, times)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max()),
            [.. clear.Select(axis => Of(times => Wrong(axis, times)))]
        );
    }

    private IEnumerable<Agreement> Kept(Agreement[] axes) => axes.Where((_, axis) => axis != _apart);

    private Resampled Of(Func<int[]?, double> read) => new(read(null), [.. _resamples.Select(times => read(times))], _resamples[0].Length);

    /// <summary>The share of pairs that are ordered wrongly; a tie counts half.</summary>
    private static double Wrong(Agreement pairs, int[]? times) => (1 - pairs.Tau(times)) / 2;

    /// <summary>Whether two networks differ on one axis alone.</summary>
    private static bool Differ(GridNetwork one, GridNetwork other, int axis)
    {
        for (var place = 0; place < one.Levels.Count; place++)
        {
            if (one.Levels[place] == other.Levels[place] == (place == axis))
            {
                return false;
            }
        }

        return true;
    }

    private static int[][] Resample(int settings, int count, Seeds seeds)
    {
        var resamples = new int[count][];
        for (var r = 0; r < count; r++)
        {
            var random = seeds.Stream(SeedStreams.ComplexityBootstrap, r);
            resamples[r] = new int[settings];
            for (var i = 0; i < settings; i++)
            {
                resamples[r][random.NextInt(settings)]++;
            }
        }

        return resamples;
    }
}

/// <summary>A number, and the same of every resample.</summary>
/// <param name="Value">The number of all settings.</param>
/// <param name="Draws">[R] of each resample; NaN where it has no pair.</param>
/// <param name="Settings">The number of settings that are resampled.</param>
internal sealed record Resampled(double Value, IReadOnlyList<double> Draws, int Settings)
{
    /// <summary>The number with the standard deviation of its resamples; the samples are the settings.</summary>
    public Estimate Estimate
    {
        get
        {
            var known = Draws.Where(double.IsFinite).ToArray();
            var mean = known.Length > 1 ? known.Average() : double.NaN;
            var variance = known.Sum(draw => (draw - mean) * (draw - mean)) / (known.Length - 1);
            return new Estimate(Value, known.Length > 1 ? Math.Sqrt(variance) : double.NaN, Settings);
        }
    }

    /// <summary>The number minus another one of the same resamples.</summary>
    /// <param name="other">The number to subtract.</param>
    public Estimate Minus(Resampled other) =>
        (this with { Value = Value - other.Value, Draws = [.. Draws.Zip(other.Draws, (one, two) => one - two)] }).Estimate;
}

/// <summary>How well a measure orders networks by their test error.</summary>
/// <param name="Within">Kendall's τ over the pairs with one level of label noise, in [−1, 1].</param>
/// <param name="Mixed">τ over all pairs.</param>
/// <param name="Granulated">The mean over the axes but label noise of τ over the pairs that differ on that axis alone.</param>
/// <param name="MeanWrong">The mean over these axes of the share of pairs ordered wrongly, of those that differ on that axis alone and
/// clearly in test error; a tie counts half, so that 0.5 is a coin.</param>
/// <param name="WorstWrong">The largest such share of these axes.</param>
/// <param name="Wrong">[A] the share of each axis, label noise too; NaN where no pair differs clearly.</param>
internal sealed record MeasureRanks(
    Resampled Within,
    Resampled Mixed,
    Resampled Granulated,
    Resampled MeanWrong,
    Resampled WorstWrong,
    IReadOnlyList<Resampled> Wrong
);
