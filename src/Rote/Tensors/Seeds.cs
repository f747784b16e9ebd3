using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rote.Tensors;

/// <summary>The source of all randomness of a run: named streams that depend only on the run's seed, their purpose and an index.</summary>
/// <remarks>A new consumer never shifts an old one. Work can be split over threads by index without changing a number. A resumed run needs
/// no saved generator: epoch 17 draws from the stream ("order", 17).</remarks>
/// <param name="root">The run's seed; every value is allowed.</param>
public sealed class Seeds(long root)
{
    /// <summary>The run's seed.</summary>
    public long Root { get; } = root;

    /// <summary>Returns the stream for one purpose.</summary>
    /// <param name="purpose">What the numbers are for, such as <c>"labels"</c>; part of the result's definition, so never renamed.</param>
    /// <param name="index">Epoch, example or repetition; 0 if there is only one.</param>
    /// <returns>A generator at the start of the stream: the same numbers on every machine.</returns>
    public RandomStream Stream(string purpose, long index = 0)
    {
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Root}/{purpose}/{index}"), key);
        return new RandomStream(
            BinaryPrimitives.ReadUInt64LittleEndian(key),
            BinaryPrimitives.ReadUInt64LittleEndian(key[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(key[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(key[24..])
        );
    }

    /// <summary>Returns a 63-bit seed for another generator (libtorch's), drawn from the stream of that purpose.</summary>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Epoch, example or repetition.</param>
    /// <returns>A value in [0, 2⁶³).</returns>
    public long Number(string purpose, long index = 0) => (long)(Stream(purpose, index).NextUInt64() >> 1);

    /// <summary>Returns a uniformly random order of 0 … count − 1.</summary>
    /// <param name="purpose">What the order is for.</param>
    /// <param name="index">Usually the epoch.</param>
    /// <param name="count">The number of items, at least 0.</param>
    /// <returns>[count] a permutation.</returns>
    public long[] Permutation(string purpose, long index, int count)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Stream(purpose, index).Shuffle(order.AsSpan());
        return order;
    }
}
