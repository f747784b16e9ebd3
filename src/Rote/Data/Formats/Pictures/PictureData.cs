using System.Security.Cryptography;

using Rote.Data.Download;
using Rote.Data.Splitting;
using Rote.Tensors;

using static TorchSharp.torch;

namespace Rote.Data.Formats.Pictures;

/// <summary>Loads a folder of pictures: the listing, every file once, the split.</summary>
internal sealed class PictureData
{
    /// <summary>What all threads together may hold of decoded pictures; one of the largest allowed fits.</summary>
    private const long DecodedBytes = 512L << 20;

    /// <summary>Examples are filled in blocks, because the memory of a tensor can be seen as a span up to 2 GiB only.</summary>
    private const long BlockBytes = 256L << 20;

    private readonly PictureFolder _folder;
    private readonly string _name;
    private readonly int? _size;
    private readonly int _height;
    private readonly int _width;
    private readonly byte[] _digests;
    private readonly string?[] _problems;

    private PictureData(PictureFolder folder, string name, UserDataOptions options, CancellationToken token)
    {
        (_folder, _name) = (folder, name);
        var common = options.ImageSize is null ? CommonSize.Find(folder, token) : null;
        _size = common is null ? options.ImageSize ?? UserDataOptions.DefaultImageSize : null;
        (_height, _width) = common ?? (_size!.Value, _size.Value);
        _digests = new byte[(long)folder.Files.Length * SHA256.HashSizeInBytes];
        _problems = new string?[folder.Files.Length];
    }

    /// <summary>Loads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="name">Its short name.</param>
    /// <param name="options">Image size, and what to do with bad pictures.</param>
    /// <param name="progress">Told sentences, and bytes as they are read; null for silence.</param>
    /// <param name="threads">Threads to decode with; the result does not depend on it.</param>
    /// <param name="token">Stops.</param>
    /// <returns>uint8 examples [N, H, W, 1 or 3], which the caller owns.</returns>
    public static NamedData Load(string path, string name, UserDataOptions options, IProgress<DownloadProgress>? progress, int threads, CancellationToken token)
    {
        var folder = PictureFolder.Read(path);
        foreach (var note in folder.Notes)
        {
            progress?.Report(new DownloadProgress(note));
        }

        var work = new PictureData(folder, name, options, token);

        // Twice: all of them, and then what the split takes from it.
        MemoryGuard.Require(name, $"{work._height}×{work._width}×3", 2L * work._height * work._width * 3, folder.Files.Length, "use a smaller --image-size or fewer pictures");
        using var scope = NewDisposeScope();
        var pixels = empty([folder.Files.Length, work._height, work._width, 3], uint8);
        work.Decode(pixels, progress, threads, token);
        var good = work.GoodRows(options.SkipBad, progress);
        return work.Assemble(pixels, good);
    }

    private void Decode(Tensor pixels, IProgress<DownloadProgress>? progress, int threads, CancellationToken token)
    {
        var told = new ByteProgress(_name, _folder.Files.Sum(f => f.Bytes), progress);
        var gate = new MemoryGate(DecodedBytes);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token };
        var block = (int)Math.Max(1, BlockBytes / (_height * _width * 3));
        for (var start = 0; start < _folder.Files.Length; start += block)
        {
            using var scope = NewDisposeScope();
            var first = start;
            var count = Math.Min(block, _folder.Files.Length - start);
            var rows = new Rows<byte>(pixels.narrow(0, first, count));
            Parallel.For(0, count, options, i =>
            {
                var file = _folder.Files[first + i];
                _problems[first + i] = Read(file, rows, i, _digests.AsSpan((first + i) * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes), gate);
                told.Add(file.Bytes);
            });
        }
    }

    private string? Read(PictureFile file, Rows<byte> rows, int index, Span<byte> digest, MemoryGate gate)
    {
        // Sockets, pipes and devices are empty, too: opening one might never return.
        if (file.Bytes == 0)
        {
            return "is empty";
        }

        var path = Path.Combine(_folder.Root, file.Path);
        try
        {
            ContentHash.OfFile(path, digest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is UnauthorizedAccessException ? "may not be read" : "cannot be read";
        }

        return Picture.Read(path, _size, _height, _width, rows, index, gate);
    }

    /// <summary>Rows of the pictures that could be read, ascending.</summary>
    private long[] GoodRows(bool skipBad, IProgress<DownloadProgress>? progress)
    {
        var good = PictureRows.Good(_problems, i => _folder.Files[i].Path, _folder.Root, skipBad, progress);
        if (good.Length < _problems.Length)
        {
            _folder.RequireEnough(good.Select(i => _folder.Files[i]), $"{_folder.Root} without what cannot be used");
        }

        return good;
    }

    private NamedData Assemble(Tensor pixels, long[] good)
    {
        var labels = good.Select(i => (long)_folder.Files[i].Class).ToArray();
        var (train, test) = _folder.IsSplit
            ? (Given(good, Split.Train), Given(good, Split.Test))
            : StratifiedSplit.Draw(labels, _folder.ClassNames.Count);
        var names = SourceRows.OfFiles(_folder.Files.Select(f => f.Path));
        var kept = PictureRows.IsGrey(pixels, good) ? pixels.narrow(3, 0, 1) : pixels;
        var source = $"a folder of {good.Length:N0} pictures, "
            + (_folder.IsSplit ? "with its own test pictures" : SplitOff.Words);
        var provenance = new Provenance(_name, source, Hash(good));
        var spec = new DataSpec { Name = _name, Sha256 = provenance.Sha256, ImageSize = _size };
        return new NamedData(spec, new DatasetSplits(Take(train, Split.Train), Take(test, Split.Test)) { Origin = _folder.IsSplit ? SplitOrigin.Given : SplitOrigin.SetAside });

        Dataset Take(long[] picks, Split split)
        {
            var rows = picks.Select(p => good[p]).ToArray();
            return new Dataset(
                kept.index_select(0, tensor(rows)).contiguous(), // [N, H, W, C]
                tensor(picks.Select(p => labels[p]).ToArray()),
                _folder.ClassNames,
                split,
                provenance,
                names.Select(rows));
        }
    }

    private long[] Given(long[] good, Split split) =>
        StratifiedSplit.Shuffle(StratifiedSplit.Where([.. good.Select(i => _folder.Files[i].Split == split)], value: true), split);

    private string Hash(long[] good)
    {
        using var hash = new ContentHash();
        foreach (var i in good)
        {
            hash.Add(_folder.Files[i].Path, _digests.AsSpan((int)i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
        }

        return hash.Result();
    }
}
