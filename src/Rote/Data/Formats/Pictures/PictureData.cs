using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Data.Splitting;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Pictures;

/// <summary>Loads a folder of pictures: lists it, reads every file once, and splits.</summary>
internal sealed class PictureData
{
    /// <summary>Examples are filled in blocks, because a span can cover only 2 GiB of a tensor's memory.</summary>
    private const long BlockBytes = 256L << 20;

    private readonly PictureFolder _folder;
    private readonly string _name;
    private readonly PictureShape _shape;
    private readonly byte[] _digests;
    private readonly PictureTally _tally;
    private readonly MemoryGate _gate = new(FolderPictures.DecodedBytes);

    private PictureData(PictureFolder folder, string name, UserDataOptions options, CancellationToken token)
    {
        (_folder, _name) = (folder, name);
        _shape = PictureShape.Of(options.ImageSize is null ? CommonSize.Find(folder, token) : null, options);
        _digests = new byte[(long)folder.Files.Length * SHA256.HashSizeInBytes];
        _tally = new PictureTally(folder.Files.Length, _shape, options);
    }

    /// <summary>Loads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="name">Its short name.</param>
    /// <param name="options">Image size, and the treatment of bad pictures.</param>
    /// <param name="progress">Told sentences, and bytes as they are read; null for silence.</param>
    /// <param name="threads">The number of decoding threads, which does not affect the result.</param>
    /// <param name="token">Stops.</param>
    /// <returns>uint8 examples [N, H, W, 1 or 3], which the caller owns.</returns>
    public static NamedData Load(
        string path,
        string name,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        int threads,
        CancellationToken token
    )
    {
        var folder = PictureFolder.Read(path, options);
        Report(folder.Notes, progress);
        var work = new PictureData(folder, name, options, token);
        using var scope = NewDisposeScope();
        var pixels = work.Pixels(progress, threads, token);
        var good = work.GoodRows(options.SkipBad, progress);
        Report(work._tally.Notes(good), progress);
        return work.Assemble(pixels, good, work.Files(options));
    }

    /// <summary>Loads pictures without labels: all in a folder and its subfolders.</summary>
    /// <param name="path">The folder, or one picture.</param>
    /// <param name="name">Its short name.</param>
    /// <param name="classNames">The classes that may be predicted.</param>
    /// <param name="options">How pictures are read.</param>
    /// <param name="progress">Told sentences, and bytes as they are read; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Pictures in ordinal order of their paths, with labels that mean nothing; the caller owns them.</returns>
    public static (DataSpec Spec, Dataset Examples) LoadUnlabelled(
        string path,
        string name,
        IReadOnlyList<string> classNames,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        var folder = PictureFolder.Unlabelled(path, classNames, options);
        Report(folder.Notes, progress);
        var work = new PictureData(folder, name, options, token);
        using var scope = NewDisposeScope();
        var pixels = work.Pixels(progress, Environment.ProcessorCount, token);
        var good = PictureRows.Good(work._tally.Problems, i => folder.Files[i].Path, folder.Root, options.SkipBad, progress);
        if (good.Length == 0)
        {
            throw new InputException($"{folder.Root} has no picture that can be used, expected at least one.");
        }

        Report(work._tally.Notes(good), progress);
        var provenance = new Provenance(name, $"a folder of {good.Length:N0} pictures without labels", work.Hash(good));
        var kept = PictureRows.IsGrey(pixels, good) ? pixels.narrow(3, 0, 1) : pixels;
        var sizes = work._tally.Sizes;
        var examples = new Dataset(
            kept.index_select(0, tensor(good)).contiguous(),
            zeros(good.Length, int64),
            classNames,
            Split.Test,
            provenance,
            SourceRows.OfFiles(good.Select(i => folder.Files[i].Path), [.. good.Select(i => sizes[i])])
        )
        {
            Pictures = work.Files(options),
        };
        return (
            new DataSpec
            {
                Name = name,
                Sha256 = provenance.Sha256,
                ImageSize = work._shape.Size,
                Fit = work._tally.Fit,
                SampleBits = work._tally.Bits,
            },
            examples
        );
    }

    private static void Report(IEnumerable<Sentence> notes, IProgress<DownloadProgress>? progress)
    {
        foreach (var note in notes)
        {
            progress?.Report(new DownloadProgress(note));
        }
    }

    /// <summary>Returns all pictures as [N, H, W, 3], in the caller's scope; the content of rows with a problem is meaningless.</summary>
    private Tensor Pixels(IProgress<DownloadProgress>? progress, int threads, CancellationToken token)
    {
        // Twice: all pictures, and their copies in the split.
        MemoryGuard.Require(
            _name,
            $"{_shape.Height}×{_shape.Width}×3",
            2L * _shape.Height * _shape.Width * 3,
            _folder.Files.Length,
            $"use a smaller {Setting.ImageSize} or fewer pictures"
        );
        var pixels = empty([_folder.Files.Length, _shape.Height, _shape.Width, 3], uint8);
        var bytes = new ByteProgress(_name, _folder.Files.Sum(f => f.Bytes), progress);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token };
        var block = (int)Math.Max(1, BlockBytes / (_shape.Height * _shape.Width * 3));
        for (var start = 0; start < _folder.Files.Length; start += block)
        {
            using var scope = NewDisposeScope();
            var first = start;
            var count = Math.Min(block, _folder.Files.Length - start);
            var rows = new Rows<byte>(pixels.narrow(0, first, count));
            Parallel.For(
                0,
                count,
                parallel,
                i =>
                {
                    var file = _folder.Files[first + i];
                    _tally[first + i] = Read(file, rows, i, _digests.AsSpan((first + i) * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
                    bytes.Add(file.Bytes);
                }
            );
        }

        ReadAgain(pixels, parallel);
        return pixels;
    }

    /// <summary>Reads 16-bit pictures again: their scale is known only after all have been seen.</summary>
    private void ReadAgain(Tensor pixels, ParallelOptions parallel)
    {
        var again = _tally.Again;
        var shape = _shape with { Bits = _tally.Bits ?? _shape.Bits };
        var rows = new Rows<byte>(pixels);
        Parallel.ForEach(again, parallel, picture => Picture.Read(Source(_folder.Files[picture]), shape, rows, picture, _gate));
    }

    private PictureSource Source(PictureFile file) => new(Path.Combine(_folder.Root, file.Path));

    private PictureFacts Read(PictureFile file, Rows<byte> rows, int index, Span<byte> digest)
    {
        // Sockets, pipes and devices also have no bytes: opening one might never return.
        if (file.Bytes == 0)
        {
            return new PictureFacts("is empty");
        }

        try
        {
            ContentHash.OfFile(Path.Combine(_folder.Root, file.Path), digest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PictureFacts(e is UnauthorizedAccessException ? "may not be read" : "cannot be read");
        }

        return Picture.Read(Source(file), _shape, rows, index, _gate);
    }

    /// <summary>Returns the rows of the pictures that could be read, ascending.</summary>
    private long[] GoodRows(bool skipBad, IProgress<DownloadProgress>? progress)
    {
        var good = PictureRows.Good(_tally.Problems, i => _folder.Files[i].Path, _folder.Root, skipBad, progress);
        if (good.Length < _folder.Files.Length)
        {
            var untested = _folder.RequireEnough(good.Select(i => _folder.Files[i]), $"{_folder.Root} without what cannot be used");
            Report(untested is null || _folder.Notes.Any(note => $"{note}" == $"{untested}") ? [] : [untested], progress);
        }

        return good;
    }

    /// <summary>The files of pictures that were made smaller, unless the user asked for that size.</summary>
    private FolderPictures? Files(UserDataOptions options) =>
        _shape.Size is null || options.ImageSize is not null
            ? null
            : new FolderPictures(_folder.Root, _shape with { Bits = _tally.Bits ?? _shape.Bits });

    private NamedData Assemble(Tensor pixels, long[] good, FolderPictures? files)
    {
        var labels = good.Select(i => (long)_folder.Files[i].Class).ToArray();
        var (train, test) = _folder.IsSplit
            ? (Given(good, Split.Train), Given(good, Split.Test))
            : StratifiedSplit.Draw(labels, _folder.ClassNames.Count);
        var names = SourceRows.OfFiles(_folder.Files.Select(f => f.Path), _tally.Sizes);
        var kept = PictureRows.IsGrey(pixels, good) ? pixels.narrow(3, 0, 1) : pixels;
        var source =
            $"a folder of {good.Length:N0} pictures, "
            + (
                _folder.Tables.Count > 0
                    ? $"labels from the column {_folder.LabelColumn} of {string.Join(" and ", _folder.Tables.Select(t => t.Name))}, "
                    : ""
            )
            + (_folder.IsSplit ? "with its own test pictures" : SplitOff.Words);
        var provenance = new Provenance(_name, source, Hash(good));
        var spec = new DataSpec
        {
            Name = _name,
            Sha256 = provenance.Sha256,
            ImageSize = _shape.Size,
            Fit = _tally.Fit,
            SampleBits = _tally.Bits,
            LabelColumn = _folder.LabelColumn,
        };
        return new NamedData(
            spec,
            new DatasetSplits(Take(train, Split.Train), Take(test, Split.Test))
            {
                Origin = _folder.IsSplit ? SplitOrigin.Given : SplitOrigin.SetAside,
            }
        );

        Dataset Take(long[] picks, Split split)
        {
            var rows = picks.Select(p => good[p]).ToArray();
            return new Dataset(
                kept.index_select(0, tensor(rows)).contiguous(), // [N, H, W, C]
                tensor(picks.Select(p => labels[p]).ToArray()),
                _folder.ClassNames,
                split,
                provenance,
                names.Select(rows)
            )
            {
                Pictures = files,
            };
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

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var (name, path) in _folder.Tables)
        {
            ContentHash.OfFile(path, digest);
            hash.Add(name, digest);
        }

        if (_tally.IsReadAnew)
        {
            SHA256.HashData([], digest);
            // the same files gave other pixels before Rote read a PNG's orientation and an alpha channel of 0
            hash.Add("reading/2", digest);
        }

        return hash.Result();
    }
}
