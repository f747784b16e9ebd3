using Rote.Data.Download;
using Rote.Data.Formats.Pictures;
using Rote.Data.Splitting;

namespace Rote.Data.Packing.Sources;

/// <summary>A folder of pictures, in any layout that can also be read without packing.</summary>
internal sealed class FolderSource : PackSource
{
    private readonly PictureFolder _folder;
    private readonly MemoryGate _gate = new(PictureBytes.Decoded);

    public FolderSource(string path, UserDataOptions options, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        _folder = PictureFolder.Read(path, options);
        foreach (var note in _folder.Notes)
        {
            progress?.Report(new DownloadProgress(note));
        }

        Shape = PictureShape.Of(options.ImageSize is null ? CommonSize.Find(_folder, token) : null, options);
        int[] labels = [.. _folder.Files.Select(f => f.Class)];
        var (train, test) = PackPlan.Order(
            labels,
            _folder.ClassNames.Count,
            _folder.IsSplit ? [.. _folder.Files.Select(f => f.Split == Split.Test)] : null
        );
        Plan = new PackPlan
        {
            Name = DatasetLoader.ShortName(path),
            Source =
                $"a folder of {labels.Length:N0} pictures, packed, " + (_folder.IsSplit ? "with its own test pictures" : SplitOff.Words),
            ClassNames = _folder.ClassNames,
            Labels = labels,
            Rows = SourceRows.OfFiles(_folder.Files.Select(f => f.Path)),
            Train = train,
            Test = test,
            TestIsSetAside = !_folder.IsSplit,
        };
    }

    public override PackPlan Plan { get; }

    public override PictureShape Shape { get; }

    public override void Each(TakePictures take, PictureShape shape, CancellationToken token) =>
        take(
            0,
            _folder.Files.Length,
            (picture, rows, row) =>
            {
                var file = _folder.Files[picture];
                return file.Bytes == 0
                    ? new PictureFacts("is empty") // and so are pipes and devices, which might never end
                    : Picture.Read(new PictureSource(Path.Combine(_folder.Root, file.Path)), shape, rows, row, _gate);
            }
        );
}

/// <summary>Limits of packing.</summary>
internal static class PictureBytes
{
    /// <summary>The most bytes of decoded pictures that all threads hold together; one picture of the largest allowed size fits.</summary>
    public const long Decoded = 512L << 20;

    /// <summary>The most bytes of an encoded picture in an archive.</summary>
    public const int LongestFile = 256 << 20;
}
