using Rote.Data;
using Rote.Tensors;

namespace Rote.Training;

/// <summary>An order of examples that are read from a file: chunks of neighbouring examples are shuffled, then the examples within a window
/// of chunks.</summary>
/// <remarks>
/// Every example is visited once an epoch, as when all are shuffled. Reads go to a few places at a time, so that a set larger than memory
/// is read about once an epoch instead of one page for each example. A packed set is stored in a random order, so that neighbours are a
/// fair sample. The numbers are part of the experiment: other ones give other bits.
/// </remarks>
public sealed record ChunkedOrder
{
    /// <summary>Default bytes of a window: a fraction of the memory of any machine.</summary>
    private const long WindowBytes = 256L << 20;

    /// <summary>Sets with more bytes than this are read in chunks by default.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>Neighbouring examples that are read together, from 1 to 1,048,576. Default 256.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Chunk
    {
        get;
        init =>
            field = value is >= 1 and <= 1 << 20
                ? value
                : throw new InputException($"A chunk has {value} examples, expected 1 to {1 << 20}.");
    } = 256;

    /// <summary>Examples that are shuffled together, from 1 to 1,073,741,824. Default 65,536.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Window
    {
        get;
        init =>
            field = value is >= 1 and <= 1 << 30
                ? value
                : throw new InputException($"A window has {value} examples, expected 1 to {1 << 30}.");
    } = 65_536;

    /// <summary>The default order for a set.</summary>
    /// <param name="train">What is trained on.</param>
    /// <returns>Windows of 256 MiB for a packed set of more than 1 GiB; null for others, which are shuffled as a whole. It depends on the
    /// set alone, not on the machine.</returns>
    public static ChunkedOrder? For(Dataset train)
    {
        var bytes = (long)train.Height * train.Width * train.Channels;
        return train.File is null || bytes * train.Count <= MostBytes ? null : OfPictures(bytes);
    }

    /// <summary>The order for pictures of a size.</summary>
    /// <param name="bytes">Bytes of a picture, at least 1.</param>
    /// <returns>Chunks of about 1 MiB, windows of about 256 MiB.</returns>
    public static ChunkedOrder OfPictures(long bytes) =>
        new() { Chunk = (int)Math.Clamp((1L << 20) / bytes, 1, 1 << 20), Window = (int)Math.Clamp(WindowBytes / bytes, 1, 1 << 30) };

    /// <summary>An epoch's order.</summary>
    /// <param name="order">How; null: all examples are shuffled.</param>
    /// <param name="seeds">The run's randomness.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="count">Examples.</param>
    /// <returns>[count] each row once.</returns>
    internal static long[] Draw(ChunkedOrder? order, Seeds seeds, int epoch, int count)
    {
        if (order is null)
        {
            return seeds.Permutation(SeedStreams.Order, epoch, count);
        }

        var chunks = (int)(((long)count + order.Chunk - 1) / order.Chunk);
        var rows = new long[count];
        var at = 0;
        foreach (var chunk in seeds.Permutation(SeedStreams.Chunks, epoch, chunks))
        {
            var first = chunk * order.Chunk;
            for (var row = first; row < Math.Min(first + order.Chunk, count); row++)
            {
                rows[at++] = row;
            }
        }

        var stream = seeds.Stream(SeedStreams.Order, epoch);
        for (var start = 0; start < count; start += Math.Min(order.Window, count - start))
        {
            stream.Shuffle(rows.AsSpan(start, Math.Min(order.Window, count - start)));
        }

        return rows;
    }

    /// <summary>In words, for reports.</summary>
    /// <returns>As "shuffled in windows of 65,536 examples".</returns>
    public string Describe() => $"shuffled in windows of {Window:N0} examples";
}
