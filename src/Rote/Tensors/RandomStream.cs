using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rote.Tensors;

/// <summary>xoshiro256**: the same numbers on every machine and in every .NET version, which <see cref="Random"/> does not
/// promise.</summary>
/// <remarks>Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021 (arXiv:1805.01407), section
/// 4. Not for secrets. Not safe to share between threads: give each its own stream.</remarks>
public sealed class RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Creates a generator in the given state.</summary>
    /// <param name="s0">State word 0.</param>
    /// <param name="s1">State word 1.</param>
    /// <param name="s2">State word 2.</param>
    /// <param name="s3">State word 3.</param>
    /// <exception cref="ArgumentException">All four words are 0, the one state that never leaves 0.</exception>
    public RandomStream(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        if ((s0 | s1 | s2 | s3) == 0)
        {
            throw new ArgumentException("A xoshiro256** state must not be all zero.", nameof(s0));
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>Returns the next 64 random bits.</summary>
    /// <returns>A uniform value in [0, 2⁶⁴).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Returns a uniform whole number below a bound, without modulo bias.</summary>
    /// <param name="bound">At least 1.</param>
    /// <returns>A value in [0, bound).</returns>
    /// <remarks>Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019, algorithm 5 (here on 32
    /// bits).</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var product = (NextUInt64() >> 32) * (ulong)bound;
        if ((uint)product < (uint)bound)
        {
            var threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * (ulong)bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Returns a uniform fraction with 53 random bits.</summary>
    /// <returns>A value in [0, 1).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fills a span with independent draws of the standard normal distribution.</summary>
    /// <param name="values">The span to fill.</param>
    /// <remarks>Box and Muller 1958: exact, without a table; two draws per step.</remarks>
    public void FillGaussian(Span<float> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            // 1 − u is in (0, 1]: its logarithm is finite.
            var radius = MathF.Sqrt(-2f * MathF.Log((float)(1.0 - NextDouble())));
            var (sine, cosine) = MathF.SinCos(MathF.Tau * (float)NextDouble());
            values[i] = radius * cosine;
            if (i + 1 < values.Length)
            {
                values[i + 1] = radius * sine;
            }
        }
    }

    /// <summary>Puts the items of a span in a uniformly random order.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">Shuffled in place.</param>
    /// <remarks>Fisher and Yates, as in Knuth, The Art of Computer Programming 2, algorithm 3.4.2P.</remarks>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
