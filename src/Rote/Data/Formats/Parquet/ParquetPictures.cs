using Rote.Data.Formats.Pictures;
using Rote.Tensors;

using static TorchSharp.torch;

namespace Rote.Data.Formats.Parquet;

/// <summary>Decodes the pictures of Parquet files, as Hugging Face keeps image sets: encoded bytes in a column, a row group at a time.</summary>
/// <param name="paths">The files: those to train on, then those to test on.</param>
/// <param name="columns">Their columns, as the first file has them.</param>
/// <param name="options">Image size, and what to do with bad pictures.</param>
/// <param name="token">Stops.</param>
internal sealed class ParquetPictures(IReadOnlyList<string> paths, ParquetColumns columns, UserDataOptions options, CancellationToken token)
{
    /// <summary>What all threads together may hold of decoded pictures; one of the largest allowed fits.</summary>
    private const long DecodedBytes = 512L << 20;

    /// <summary>Examples are filled in blocks, because the memory of a tensor can be seen as a span up to 2 GiB only.</summary>
    private const long BlockBytes = 256L << 20;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };

    /// <summary>The side that pictures were scaled to; null where they kept their size.</summary>
    public int? Size { get; private set; }

    /// <summary>[N] what is wrong with each picture; null where nothing is.</summary>
    public string?[] Problems { get; private set; } = [];

    /// <summary>Decodes all pictures.</summary>
    /// <param name="name">The data, for messages.</param>
    /// <returns>[N, H, W, 3] uint8, in the caller's scope; rows with a problem hold nothing of use.</returns>
    /// <exception cref="InputException">A file is damaged.</exception>
    /// <exception cref="MachineException">They do not fit into memory.</exception>
    public Tensor Decode(string name)
    {
        var common = options.ImageSize is null ? CommonSize() : null;
        Size = common is null ? options.ImageSize ?? UserDataOptions.DefaultImageSize : null;
        var (height, width) = common ?? (Size!.Value, Size.Value);
        var count = Count();
        MemoryGuard.Require(name, $"{height}×{width}×3", 2L * height * width * 3, count, "use a smaller --image-size or fewer pictures");
        Problems = new string?[count];
        using var scope = NewDisposeScope();
        var pixels = empty([count, height, width, 3], uint8);
        var gate = new MemoryGate(DecodedBytes);
        var block = (int)Math.Max(1, BlockBytes / (height * width * 3));
        var first = 0;
        Each(pictures =>
        {
            for (var start = 0; start < pictures.Length; start += block)
            {
                using var part = NewDisposeScope();
                var (from, begun, length) = (first, start, Math.Min(block, pictures.Length - start));
                var rows = new Rows<byte>(pixels.narrow(0, from, length));
                Parallel.For(0, length, _parallel, i => Problems[from + i] = Picture.Read(pictures[begun + i], Size, height, width, rows, i, gate));
                first += length;
            }

            return true;
        });
        return pixels.MoveToOuterDisposeScope();
    }

    /// <summary>Number of pictures; row groups are held against it as they are read.</summary>
    private int Count()
    {
        var count = paths.Sum(path =>
        {
            using var file = ParquetFile.Open(path);
            return file.Rows;
        });
        return count is > 0 and <= int.MaxValue ? (int)count : throw new InputException($"{paths[0]} has {count} pictures, expected 1 to {int.MaxValue}.");
    }

    /// <summary>The size that all pictures have, if it is small enough to be kept (as for a folder of pictures); else null.</summary>
    private (int Height, int Width)? CommonSize()
    {
        (int Height, int Width)? common = null;
        var differs = false;
        Each(pictures =>
        {
            foreach (var size in pictures.Select(Picture.Size).Where(s => s is not null))
            {
                common ??= size;
                differs |= common != size || Math.Max(size!.Value.Height, size.Value.Width) > Pictures.CommonSize.Most;
                if (differs)
                {
                    return false;
                }
            }

            return true;
        });
        return differs ? null : common;
    }

    /// <summary>Gives out the pictures of every row group, until told to stop.</summary>
    private void Each(Func<byte[][], bool> take)
    {
        foreach (var path in paths)
        {
            using var file = ParquetFile.Open(path);
            var column = columns.In(file).Features[0];
            for (var group = 0; group < file.Groups; group++)
            {
                token.ThrowIfCancellationRequested();
                if (!take(file.Bytes(group, column)))
                {
                    return;
                }
            }
        }
    }
}
