using System.Security.Cryptography;
using Rote.Data.Formats.Pictures;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Parquet;

/// <summary>Decodes the pictures of Parquet files, one row group at a time. As in Hugging Face's image sets, a column holds encoded
/// bytes.</summary>
/// <param name="paths">The files: first those for training, then those for testing.</param>
/// <param name="columns">Their columns, as the first file has them.</param>
/// <param name="options">Image size, and what to do with bad pictures.</param>
/// <param name="token">Cancels the decoding.</param>
internal sealed class ParquetPictures(IReadOnlyList<string> paths, ParquetColumns columns, UserDataOptions options, CancellationToken token)
{
    /// <summary>The bytes of decoded pictures that all threads together may hold; the largest allowed picture fits.</summary>
    private const long DecodedBytes = 512L << 20;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };
    private readonly MemoryGate _gate = new(DecodedBytes);
    private readonly List<(string Name, byte[] Sha256)> _files = [];
    private readonly List<string> _absent = [];
    private PictureShape _shape = new(null, 0, 0);

    /// <summary>The side in pixels that pictures were scaled to; null if they kept their size.</summary>
    public int? Size => _shape.Size;

    /// <summary>The findings about the pictures; set by <see cref="Decode"/>.</summary>
    public PictureTally Tally { get; private set; } = new(0, new PictureShape(null, 0, 0), options);

    /// <summary>The pictures stored as files beside the table, with their SHA-256; set by <see cref="Decode"/>.</summary>
    public IReadOnlyList<(string Name, byte[] Sha256)> Files => _files;

    /// <summary>Decodes all pictures.</summary>
    /// <param name="name">The data's name, for messages.</param>
    /// <returns>[N, H, W, 3] uint8, in the caller's scope; rows with a problem hold no useful values.</returns>
    /// <exception cref="InputException">A file is damaged.</exception>
    /// <exception cref="MachineException">The pictures do not fit into memory.</exception>
    public Tensor Decode(string name)
    {
        _shape = PictureShape.Of(options.ImageSize is null ? CommonSize() : null, options);
        var count = Count();
        MemoryGuard.Require(
            name,
            $"{_shape.Height}×{_shape.Width}×3",
            2L * _shape.Height * _shape.Width * 3,
            count,
            $"use a smaller {Setting.ImageSize} or fewer pictures"
        );
        Tally = new PictureTally(count, _shape, options);
        using var scope = NewDisposeScope();
        var pixels = empty([count, _shape.Height, _shape.Width, 3], uint8);
        var rows = new Rows<byte>(pixels);
        Each(
            (first, pictures) =>
            {
                Parallel.For(
                    0,
                    pictures.Length,
                    _parallel,
                    i =>
                        Tally[first + i] = pictures[i].Problem is { } problem
                            ? new PictureFacts(problem)
                            : Picture.Read(pictures[i].Source, _shape, rows, first + i, _gate)
                );
                Hash(pictures);
                return true;
            }
        );
        RequireFiles(count);
        ReadAgain(rows);
        return pixels.MoveToOuterDisposeScope();
    }

    /// <summary>Decodes 16-bit pictures again: their scale is known only after all were seen.</summary>
    private void ReadAgain(Rows<byte> rows)
    {
        var again = Tally.Again.ToHashSet();
        if (again.Count == 0)
        {
            return;
        }

        var shape = _shape with { Bits = Tally.Bits!.Value };
        Each(
            (first, pictures) =>
            {
                Parallel.For(
                    0,
                    pictures.Length,
                    _parallel,
                    i =>
                    {
                        if (again.Contains(first + i))
                        {
                            Picture.Read(pictures[i].Source, shape, rows, first + i, _gate);
                        }
                    }
                );
                return true;
            }
        );
    }

    /// <exception cref="InputException">All pictures are stored by path, and some of the files are missing.</exception>
    private void RequireFiles(int count)
    {
        if (_absent.Count > 0 && _absent.Count + _files.Count == count && !options.SkipBad)
        {
            throw new InputException(
                $"{paths[0]} keeps pictures by their paths only, and {_absent.Count:N0} of {count:N0} are not below its folder "
                    + $"({PictureFolder.List(_absent)}); put the pictures beside it, or save it with their bytes."
            );
        }
    }

    private void Hash(StoredPicture[] pictures)
    {
        _absent.AddRange(pictures.Where(p => p.Problem is not null).Select(p => p.Name!));
        foreach (var (name, path) in pictures.Where(p => p.Path is not null).Select(p => (p.Name!, p.Path!)))
        {
            var digest = new byte[SHA256.HashSizeInBytes];
            ContentHash.OfFile(path, digest);
            _files.Add((name, digest));
        }
    }

    /// <summary>The number of pictures that the files claim; row groups are checked when they are read.</summary>
    private int Count()
    {
        var count = paths.Sum(path =>
        {
            using var file = ParquetFile.Open(path);
            return file.Rows;
        });
        return count is > 0 and <= int.MaxValue
            ? (int)count
            : throw new InputException($"{paths[0]} has {count} pictures, expected 1 to {int.MaxValue}.");
    }

    /// <summary>The size that all pictures share, if it is small enough to be kept (as in a folder of pictures); else null.</summary>
    private (int Height, int Width)? CommonSize()
    {
        (int Height, int Width)? common = null;
        var differs = false;
        Each(
            (_, pictures) =>
            {
                foreach (var size in pictures.Where(p => p.Problem is null).Select(p => Picture.Size(p.Source)).Where(s => s is not null))
                {
                    common ??= size;
                    differs |= common != size || Math.Max(size!.Value.Height, size.Value.Width) > Pictures.CommonSize.Most;
                    if (differs)
                    {
                        return false;
                    }
                }

                return true;
            }
        );
        return differs ? null : common;
    }

    /// <summary>Passes on the pictures of each row group and the index of the first, until the receiver returns false.</summary>
    private void Each(Func<int, StoredPicture[], bool> take)
    {
        var first = 0;
        foreach (var path in paths)
        {
            using var file = ParquetFile.Open(path);
            var column = columns.In(file).Features[0];
            for (var group = 0; group < file.Groups; group++)
            {
                token.ThrowIfCancellationRequested();
                var bytes = file.Bytes(group, column);
                var named = column.PathField is not null && bytes.Any(b => b.Length == 0) ? file.Paths(group, column) : null;
                StoredPicture[] pictures = [.. bytes.Select((b, i) => StoredPicture.Of(b, named?[i], path, options.FollowLinks))];
                if (!take(first, pictures))
                {
                    return;
                }

                first += pictures.Length;
            }
        }
    }
}
