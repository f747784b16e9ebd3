using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Rote.Data.Download;
using Rote.Data.Formats.Pictures;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Packing;

/// <summary>Writes one packed file: puts pictures in their places as they come, then closes gaps and compacts grey pictures, then writes
/// checksums and index, then the head.</summary>
internal sealed class PackWriter
{
    private const int Channels = 3;

    /// <summary>Bytes of decoded pictures that are held at a time.</summary>
    private const int HeldBytes = 64 << 20;

    private readonly PackSource _source;
    private readonly PackPlan _plan;
    private readonly PictureShape _shape;
    private readonly UserDataOptions _options;
    private readonly IProgress<DownloadProgress>? _progress;
    private readonly CancellationToken _token;
    private readonly PictureTally _tally;
    private readonly int[] _places; // of each picture of the source
    private int _isColored;

    public PackWriter(
        PackSource source,
        PictureShape shape,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        (_source, _plan, _shape, _options, _progress, _token) = (source, source.Plan, shape, options, progress, token);
        _tally = new PictureTally(_plan.Count, shape, options);
        _places = new int[_plan.Count];
        Array.Fill(_places, -1);
        foreach (var (place, picture) in _plan.Train.Concat(_plan.Test).Index())
        {
            _places[picture] = place;
        }
    }

    private int RowBytes => _shape.Height * _shape.Width * Channels;

    /// <summary>Writes the file.</summary>
    public PackedData Write(string path)
    {
        RequireSpace(path);
        PackedData? result = null;
        AtomicFile.Write(
            path,
            stream =>
            {
                var file = ((FileStream)stream).SafeFileHandle;
                Pixels(file);
                var kept = Compact(file);
                result = Finish(file, kept, path);
                stream.Seek(0, SeekOrigin.End);
            }
        );
        return result!;
    }

    private void RequireSpace(string path)
    {
        var need = (long)_plan.Count * RowBytes;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
            if (free < need)
            {
                throw new MachineException(
                    $"{_plan.Count:N0} pictures of {_shape.Height}×{_shape.Width} take {need / 1e9:F2} GB, and where {path} is to be are "
                        + $"{free / 1e9:F2} GB free; choose another place or a smaller {Setting.ImageSize}."
                );
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw AtomicFile.CannotWrite(path, error);
        }
    }

    private void Pixels(SafeFileHandle file)
    {
        var bytes = new ByteProgress($"{_plan.Name}: packing", (long)_plan.Count * RowBytes, _progress);
        Each(file, _shape, _ => true, bytes);
        var again = _tally.Again.ToHashSet();
        if (again.Count > 0)
        {
            // The scale of 16-bit pictures is known only after all have been seen.
            Each(file, _shape with { Bits = _tally.Bits!.Value }, again.Contains, bytes: null);
        }
    }

    private void Each(SafeFileHandle file, PictureShape shape, Func<int, bool> isWanted, ByteProgress? bytes)
    {
        var held = Math.Max(Environment.ProcessorCount, HeldBytes / RowBytes);
        using var scope = NewDisposeScope();
        var rows = new Rows<byte>(empty([Math.Min(held, _plan.Count), RowBytes], uint8));
        _source.Each(
            (first, count, make) =>
            {
                for (var start = 0; start < count; start += (int)rows.Count)
                {
                    var from = start;
                    AllCores.Each(Math.Min((int)rows.Count, count - start), i => One(first, from + i, i, make), _token);
                }
            },
            shape,
            _token
        );

        void One(int first, int picture, int row, MakePicture make)
        {
            if (isWanted(first + picture) && _places[first + picture] is >= 0 and var place)
            {
                _tally[first + picture] = make(picture, rows, row);
                if (_tally[first + picture].Problem is null)
                {
                    RandomAccess.Write(file, rows[row], PackedIndex.PixelsAt + ((long)place * RowBytes));
                    See(rows[row]);
                }
            }

            bytes?.Add(RowBytes);
        }
    }

    private void See(ReadOnlySpan<byte> pixels)
    {
        for (var i = 0; Volatile.Read(ref _isColored) == 0 && i < pixels.Length; i += Channels)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                Volatile.Write(ref _isColored, 1);
            }
        }
    }

    /// <summary>Closes the gaps of pictures that cannot be used, and keeps one channel if all are grey.</summary>
    /// <returns>The source picture of each remaining place.</returns>
    private long[] Compact(SafeFileHandle file)
    {
        var problems = _tally.Problems;
        var good = PictureRows.Good(problems, i => _plan.Rows[i].Name, _plan.Name, _options.SkipBad, _progress);
        foreach (var note in _source.IsDecoded ? _tally.Notes(good) : [])
        {
            _progress?.Report(new DownloadProgress(note));
        }

        long[] stored = [.. _plan.Train, .. _plan.Test];
        var channels = _isColored != 0 ? Channels : 1;
        var kept = new List<long>(stored.Length);
        var (row, to) = (new byte[RowBytes], PackedIndex.PixelsAt);
        for (var place = 0; place < stored.Length; place++)
        {
            if (problems[stored[place]] is not null)
            {
                continue;
            }

            var from = PackedIndex.PixelsAt + ((long)place * RowBytes);
            if (from != to || channels == 1)
            {
                _token.ThrowIfCancellationRequested();
                Chunks.ReadWhole(file, row, from);
                for (var i = 0; channels == 1 && i < row.Length / Channels; i++)
                {
                    row[i] = row[i * Channels];
                }

                RandomAccess.Write(file, row.AsSpan(0, row.Length / Channels * channels), to);
            }

            to += row.Length / Channels * channels;
            kept.Add(stored[place]);
        }

        RandomAccess.SetLength(file, to);
        return [.. kept];
    }

    private PackedData Finish(SafeFileHandle file, long[] kept, string path)
    {
        var train = kept.Length - kept.Intersect(_plan.Test).Count();
        RequireEnough(kept, train);
        var channels = _isColored != 0 ? Channels : 1;
        var rowBytes = RowBytes / Channels * channels;
        var chunkRows = Chunks.RowsFor(rowBytes);
        var digests = Chunks.Digests(file, kept.Length, rowBytes, chunkRows, _token);
        var (files, rows) = (_plan.Rows.FileNumbers, _plan.Rows.RowNumbers);
        var at = PackedIndex.PixelsAt + ((long)kept.Length * rowBytes);
        var index = new PackedIndex
        {
            Height = _shape.Height,
            Width = _shape.Width,
            Channels = channels,
            Train = train,
            Test = kept.Length - train,
            TestIsSetAside = _plan.TestIsSetAside,
            ClassNames = _plan.ClassNames,
            Source = _plan.Source,
            Fit = _source.IsDecoded && _shape.Size is not null ? _shape.Fit : null,
            IsDecodedScaled = _tally.IsDecodedScaled,
            ChunkRows = chunkRows,
            Labels = Put(kept.SelectMany(p => BitConverter.GetBytes(_plan.Labels[p]))),
            Files = Put(kept.SelectMany(p => BitConverter.GetBytes(files[(int)p]))),
            Rows = Put(kept.SelectMany(p => BitConverter.GetBytes(rows[(int)p]))),
            Names = Put(_plan.Rows.AllFiles.SelectMany(Named)),
            Chunks = Put(digests),
        };
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(index, RoteJson.LineOptions));
        var head = new PackedHead(at, json.Length, Convert.ToHexStringLower(SHA256.HashData(json)));
        RandomAccess.Write(file, json, at);
        RandomAccess.Write(file, head.Bytes(), 0);
        return new PackedData(
            path,
            index.Train,
            index.Test,
            index.ClassNames.Count,
            index.Height,
            index.Width,
            channels,
            at + json.Length,
            _plan.Train.Length + _plan.Test.Length - kept.Length
        );

        PackedSection Put(IEnumerable<byte> content)
        {
            var bytes = content as byte[] ?? [.. content];
            RandomAccess.Write(file, bytes, at);
            var section = new PackedSection(at, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            at += bytes.Length;
            return section;
        }
    }

    private static byte[] Named(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        return [.. BitConverter.GetBytes(text.Length), .. text];
    }

    /// <exception cref="InputException">A class has no training picture left, or no test picture is left.</exception>
    private void RequireEnough(long[] kept, int train)
    {
        var isTrained = new bool[_plan.ClassNames.Count];
        foreach (var picture in kept.Take(train))
        {
            isTrained[_plan.Labels[picture]] = true;
        }

        if (Array.IndexOf(isTrained, false) is >= 0 and var empty)
        {
            throw new InputException(
                $"{_plan.Name} has no pictures of the class {_plan.ClassNames[empty]} to train on, expected at least one."
            );
        }

        if (train == kept.Length)
        {
            throw new InputException($"{_plan.Name} has no pictures to test on that can be used, expected at least one.");
        }
    }
}
