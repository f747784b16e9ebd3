using Rote.Tensors;

namespace Rote.Theory.Representation;

/// <summary>A random direction whose inner product with a vector of bytes is exact in 64-bit whole numbers and in float64.</summary>
/// <remarks>
/// The entries are uniform whole numbers of magnitude at most 2^<see cref="Bits"/>, times a power of two. With 8 bits per byte and d terms,
/// an inner product stays below 2⁵¹ in magnitude in any order of the sum. So the projection of an image is never rounded, and two images
/// share one only if they are truly equal in that direction. A quarter of the distance between two projections is a float64 number too.
/// </remarks>
public sealed class Direction
{
    private const int ProductBits = 51;
    private const int ByteBits = 8;

    private readonly long[] _entries;

    private Direction(long[] entries, int bits) => (_entries, Bits) = (entries, bits);

    /// <summary>Number of entries d.</summary>
    public int Dimension => _entries.Length;

    /// <summary>Random bits per entry, without its sign.</summary>
    public int Bits { get; }

    /// <summary>The entries as whole numbers; the direction is <see cref="Scale"/> times them.</summary>
    internal ReadOnlySpan<long> Entries => _entries;

    /// <summary>The power of two that keeps projections of bytes in (−1, 1).</summary>
    public static double Scale { get; } = Math.ScaleB(1, -ProductBits);

    /// <summary>Draws a direction.</summary>
    /// <param name="dimension">At least 1.</param>
    /// <param name="seeds">The randomness; stream <c>theorem1-direction</c> is drawn.</param>
    /// <param name="attempt">0 for the first direction, 1 for the next …</param>
    /// <returns>The direction; the same for the same arguments on every machine.</returns>
    public static Direction Draw(int dimension, Seeds seeds, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var bits = ProductBits - ByteBits - (int)Math.Ceiling(Math.Log2(dimension));
        var stream = seeds.Stream(SeedStreams.Theorem1Direction, attempt);
        var entries = new long[dimension];
        for (var i = 0; i < dimension; i++)
        {
            entries[i] = (long)(stream.NextUInt64() >> (63 - bits)) - (1L << bits);
        }

        return new Direction(entries, bits);
    }

    /// <summary>Projects a vector of bytes, exactly.</summary>
    internal double Project(ReadOnlySpan<byte> point)
    {
        var entries = _entries.AsSpan(0, point.Length);
        var sum = 0L;
        for (var i = 0; i < entries.Length; i++)
        {
            sum += entries[i] * point[i];
        }

        return sum * Scale;
    }

    /// <summary>Projects a vector of float32 numbers, in float64 arithmetic and in the order of the entries.</summary>
    internal double Project(ReadOnlySpan<float> point)
    {
        var entries = _entries.AsSpan(0, point.Length);
        var sum = 0.0;
        for (var i = 0; i < entries.Length; i++)
        {
            sum += entries[i] * Scale * point[i];
        }

        return sum;
    }
}
