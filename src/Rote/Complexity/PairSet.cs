namespace Rote.Complexity;

/// <summary>Pairs of networks of two settings of a grid, by which a measure is judged: does it order them as their test errors
/// do?</summary>
/// <remarks>Pairs of one setting that differ in their seed alone are in no set.</remarks>
internal sealed class PairSet
{
    private readonly List<(int First, int Second)> _pairs = []; // networks
    private readonly int[] _settings; // [N]
    private readonly IReadOnlyList<GridNetwork> _networks;

    /// <summary>Collects pairs.</summary>
    /// <param name="networks">[N] the networks.</param>
    /// <param name="settings">[N] the number of each one's setting.</param>
    /// <param name="isIn">Whether a pair of two settings belongs to the set.</param>
    public PairSet(IReadOnlyList<GridNetwork> networks, int[] settings, Func<GridNetwork, GridNetwork, bool> isIn)
    {
        (_networks, _settings) = (networks, settings);
        for (var i = 0; i < networks.Count; i++)
        {
            for (var j = i + 1; j < networks.Count; j++)
            {
                if (settings[i] != settings[j] && isIn(networks[i], networks[j]))
                {
                    _pairs.Add((i, j));
                }
            }
        }
    }

    /// <summary>The number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>Compares a measure's order with that of the test errors, summed over the networks of two settings.</summary>
    /// <param name="values">[N] the measure.</param>
    /// <returns>For each two settings: pairs ordered alike minus pairs ordered otherwise, and pairs. A tie of either is neither.</returns>
    public Agreement Compare(IReadOnlyList<double> values)
    {
        var sums = new Dictionary<(int, int), (int Agreeing, int Pairs)>();
        foreach (var (i, j) in _pairs)
        {
            var key = (Math.Min(_settings[i], _settings[j]), Math.Max(_settings[i], _settings[j]));
            var (agreeing, pairs) = sums.GetValueOrDefault(key);
            sums[key] = (agreeing + (Sign(values[i], values[j]) * Sign(_networks[i].Error, _networks[j].Error)), pairs + 1);
        }

        return new Agreement([.. sums.Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value.Agreeing, entry.Value.Pairs))]);
    }

    /// <summary>−1, 0 or 1; 0 where a value is NaN.</summary>
    private static int Sign(double one, double other) =>
        one > other ? 1
        : one < other ? -1
        : 0;
}

/// <summary>How often a measure orders the pairs of a set as their test errors do.</summary>
/// <param name="Sums">For each two settings their numbers, pairs ordered alike minus pairs ordered otherwise, and pairs.</param>
internal sealed record Agreement(IReadOnlyList<(int First, int Second, int Agreeing, int Pairs)> Sums)
{
    /// <summary>Kendall's coefficient of the pairs, τ: the share ordered alike minus the share ordered otherwise.</summary>
    /// <param name="times">[S] how often each setting counts; null: once.</param>
    /// <returns>In [−1, 1]; NaN where there are no pairs.</returns>
    public double Tau(int[]? times = null)
    {
        var (agreeing, pairs) = (0L, 0L);
        foreach (var (first, second, own, count) in Sums)
        {
            var weight = times is null ? 1 : (long)times[first] * times[second];
            agreeing += weight * own;
            pairs += weight * count;
        }

        return pairs == 0 ? double.NaN : (double)agreeing / pairs;
    }
}
