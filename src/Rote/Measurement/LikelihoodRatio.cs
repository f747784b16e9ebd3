namespace Rote.Measurement;

/// <summary>The likelihood-ratio membership attack: how much likelier a network's confidence in an example's label is if it was trained on
/// the example than if not, judged by networks trained in the same way.</summary>
/// <remarks>Carlini et al. 2022 (arXiv:2112.03570, algorithm 1 online, section VI-A offline): Gaussians of the logit-scaled confidence φ,
/// with a mean per example. Below <see cref="OwnSpreadFrom"/> shadow networks all examples share two spreads, one for networks trained on
/// them and one for the others: a variance of few values is mostly chance (their figure 9).</remarks>
public static class LikelihoodRatio
{
    /// <summary>The number of shadow networks from which on every example has its own spread.</summary>
    public const int OwnSpreadFrom = 64;

    private const double LeastSpread = 1e-3;

    /// <summary>Scores every example for every network in turn; the other networks are its shadow networks.</summary>
    /// <param name="confidences">[K][N] φ of each network for each example.</param>
    /// <param name="isMember">[K][N] whether the network was trained on the example.</param>
    /// <param name="isOnline">False: the offline attack, which uses only networks that were not trained on the example.</param>
    /// <returns>[K][N] a high score suggests a member; NaN where a needed side has fewer than two shadow networks.</returns>
    /// <exception cref="ArgumentException">There are fewer than three networks, or the shapes differ.</exception>
    public static double[][] Scores(double[][] confidences, bool[][] isMember, bool isOnline = true)
    {
        if (confidences.Length < 3)
        {
            throw new ArgumentException($"Expected at least three networks, got {confidences.Length}.", nameof(confidences));
        }

        if (confidences.Length != isMember.Length)
        {
            throw new ArgumentException(
                $"Expected members of {confidences.Length} networks, got those of {isMember.Length}.",
                nameof(isMember)
            );
        }

        var count = confidences[0].Length;
        if (confidences.Any(row => row.Length != count) || isMember.Any(row => row.Length != count))
        {
            throw new ArgumentException("Expected the same number of examples for every network.", nameof(confidences));
        }

        return [.. Enumerable.Range(0, confidences.Length).Select(target => Of(confidences, isMember, target, isOnline))];
    }

    private static double[] Of(double[][] confidences, bool[][] isMember, int target, bool isOnline)
    {
        var count = confidences[0].Length;
        var (inside, outside) = (new Side(count), new Side(count));
        for (var k = 0; k < confidences.Length; k++)
        {
            for (var i = 0; k != target && i < count; i++)
            {
                (isMember[k][i] ? inside : outside).Add(i, confidences[k][i]);
            }
        }

        var isOwn = confidences.Length - 1 >= OwnSpreadFrom;
        var (spreadIn, spreadOut) = (inside.Pooled(), outside.Pooled());
        var scores = new double[count];
        for (var i = 0; i < count; i++)
        {
            var (value, hasOut, hasIn) = (confidences[target][i], outside.Count[i] >= 2, inside.Count[i] >= 2);
            var far = LogDensity(value, outside.Mean(i), isOwn ? outside.Own(i) : spreadOut);
            scores[i] =
                !hasOut || (isOnline && !hasIn) ? double.NaN
                : isOnline ? LogDensity(value, inside.Mean(i), isOwn ? inside.Own(i) : spreadIn) - far
                : (value - outside.Mean(i)) / (isOwn ? outside.Own(i) : spreadOut);
        }

        return scores;
    }

    /// <summary>Log density of a Gaussian, without the constant.</summary>
    private static double LogDensity(double value, double mean, double spread) =>
        -Math.Log(spread) - ((value - mean) * (value - mean) / (2 * spread * spread));

    /// <summary>The confidences of the networks on one side, example by example.</summary>
    private sealed class Side(int count)
    {
        private readonly double[] _mean = new double[count];
        private readonly double[] _squares = new double[count]; // sum of squared distances from the mean (Welford)

        public int[] Count { get; } = new int[count];

        public void Add(int example, double value)
        {
            var distance = value - _mean[example];
            _mean[example] += distance / ++Count[example];
            _squares[example] += distance * (value - _mean[example]);
        }

        public double Mean(int example) => _mean[example];

        public double Own(int example) => Bounded(_squares[example], Count[example] - 1);

        /// <summary>One spread within examples, pooled over all with at least two values.</summary>
        public double Pooled() => Bounded(_squares.Sum(), Count.Sum(n => Math.Max(0, n - 1)));

        private static double Bounded(double squares, int freedom) => freedom > 0 ? Math.Max(LeastSpread, Math.Sqrt(squares / freedom)) : 1;
    }
}
