using System.Numerics;

namespace Rote.Theory.Representation;

/// <summary>Evaluates a network as usual: weights, biases and projections in one precision, and a plain sum over the units.</summary>
internal static class ForwardPass
{
    /// <summary>Evaluates the network at some of its points.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network, whose numbers are rounded to <typeparamref name="T"/> first.</param>
    /// <param name="projections">[n] the points that it was made from, in rising order.</param>
    /// <param name="ranks">The ranks of the points to evaluate.</param>
    /// <param name="progress">Receives the number of finished points.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>One value per rank.</returns>
    /// <remarks>A unit whose bias lies above the point gives exactly 0 in any precision, because rounding keeps the order. The sum skips
    /// such units.</remarks>
    public static double[] At<T>(
        ReluRepresentation network,
        IReadOnlyList<double> projections,
        IReadOnlyList<int> ranks,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] biases = [.. network.Biases.Select(T.CreateSaturating)];
        T[] weights = [.. network.Weights.Select(w => T.CreateSaturating(w.High))];
        var values = new double[ranks.Count];
        var reporting = new Lock();
        var done = 0;
        Parallel.For(
            0,
            ranks.Count,
            new ParallelOptions { CancellationToken = cancel },
            i =>
            {
                var active = ranks[i] + 1;
                values[i] = double.CreateSaturating(
                    Sum(weights.AsSpan(0, active), biases.AsSpan(0, active), T.CreateSaturating(projections[ranks[i]]))
                );
                lock (reporting)
                {
                    if (++done % 1024 == 0)
                    {
                        progress?.Report(new TheoryProgress($"Forward pass in {typeof(T).Name}", done, ranks.Count, "points"));
                    }
                }
            }
        );
        return values;
    }

    private static T Sum<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector<T>.Zero;
        var point = new Vector<T>(z);
        var i = 0;
        for (; i <= weights.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            lanes += new Vector<T>(weights[i..]) * Vector.Max(point - new Vector<T>(biases[i..]), Vector<T>.Zero);
        }

        var sum = Vector.Sum(lanes);
        for (; i < weights.Length; i++)
        {
            sum += weights[i] * T.Max(z - biases[i], T.Zero);
        }

        return sum;
    }
}
