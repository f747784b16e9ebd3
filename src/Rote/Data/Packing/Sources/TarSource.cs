using Microsoft.Win32.SafeHandles;
using Rote.Data.Formats.Pictures;
using Rote.Data.Labels;
using Rote.Data.Splitting;

namespace Rote.Data.Packing.Sources;

/// <summary>WebDataset archives: reads their lists of entries first, then each picture from its place.</summary>
internal sealed class TarSource : PackSource
{
    private const string Ending = ".tar";

    private static readonly string[] TestNames = ["test", "validation", "valid", "val"];

    private readonly TarIndex _index;
    private readonly SafeFileHandle[] _files;
    private readonly MemoryGate _gate = new(PictureBytes.Decoded);

    public TarSource(string path, string[] shards, UserDataOptions options, CancellationToken token)
    {
        Packing.Sources.Shards.RequireAll(shards);
        _index = TarIndex.Read(shards, token);
        if (_index.Places.Count == 0)
        {
            throw new InputException($"{path} has no picture in it, expected entries that end in {FolderListing.ExtensionList}.");
        }

        var classes = ClassList.Of(_index.Labels.Distinct, path);
        var labels = Array.ConvertAll(_index.Labels.Numbers(classes, path), n => (int)n);
        bool[] isTested = [.. shards.Select(IsTest)];
        bool[]? isTest = isTested.Contains(true) && isTested.Contains(false) ? [.. _index.Places.Select(p => isTested[p.Shard])] : null;
        var (train, test) = PackPlan.Order(labels, classes.Names.Count, isTest);
        Plan = new PackPlan
        {
            Name = DatasetLoader.ShortName(path),
            Source =
                $"{shards.Length:N0} tar {(shards.Length == 1 ? "archive" : "archives")}, packed, "
                + (isTest is null ? SplitOff.Words : "with their own test pictures"),
            ClassNames = classes.Names,
            Labels = labels,
            Rows = SourceRows.OfFiles(_index.Names),
            Train = train,
            Test = test,
            TestIsSetAside = isTest is null,
        };
        _files = [.. shards.Select(shard => File.OpenHandle(shard))];
        Shape = PictureShape.Of(
            options.ImageSize is null ? FirstSize.Of(_index.Places.Take(FirstSize.Looked).Select(p => new PictureSource(Read(p)))) : null,
            options
        );
    }

    public override PackPlan Plan { get; }

    public override PictureShape Shape { get; }

    /// <summary>The archives at a path: one, or those of a folder that has no subfolders; null if there are none.</summary>
    public static string[]? Shards(string path)
    {
        if (File.Exists(path))
        {
            return path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? [Path.GetFullPath(path)] : null;
        }

        if (!Directory.Exists(path))
        {
            return null;
        }

        string[] found =
        [
            .. Directory
                .EnumerateFiles(path)
                .Where(f => f.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(f) is not ['.', ..])
                .Select(f => Path.GetFullPath(f))
                .Order(StringComparer.Ordinal),
        ];
        return found.Length > 0 && !Directory.EnumerateDirectories(path).Any() ? found : null;
    }

    public override void Each(TakePictures take, PictureShape shape, CancellationToken token) =>
        take(
            0,
            _index.Places.Count,
            (picture, rows, row) => Picture.Read(new PictureSource(Read(_index.Places[picture])), shape, rows, row, _gate)
        );

    protected override void Dispose(bool disposing)
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private byte[] Read(TarPlace place)
    {
        var bytes = new byte[place.Length];
        return Chunks.ReadWhole(_files[place.Shard], bytes, place.Offset) ? bytes : bytes[..0];
    }

    private static bool IsTest(string path) =>
        TestNames.Any(name =>
            Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase)
            && !Path.GetFileName(path).Contains("train", StringComparison.OrdinalIgnoreCase)
        );
}
