using System.Globalization;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Reports.Images;

namespace Rote.Reports.Reviews;

/// <summary>What the user wanted to see of examples when they were audited: pictures of a folder or array, columns of the data.</summary>
internal sealed class ShownView : IExampleView
{
    /// <summary>Longer side of an array's picture: of a larger one every second, third, … pixel is shown.</summary>
    private const int LongestSide = 1024;

    private readonly FolderFiles? _folder;
    private readonly PictureArray? _array;
    private readonly ShownColumns? _columns;
    private readonly Dictionary<RowIdentity, string[]> _fields = [];

    private ShownView(ShownSettings show, AuditSource source, ReviewSet set, CancellationToken token)
    {
        if (show is { Columns: { } columns })
        {
            _columns = ShownColumns.Of(source.Data ?? "", source.Options, columns);
            _fields = _columns.Read(set.Examples.Select(e => e.Identity).ToHashSet(), token);
        }

        if (show.Images is { } images)
        {
            _folder = Directory.Exists(images) ? new FolderFiles(images, source.Options.FollowLinks) : null;
            _array = _folder is null ? PictureArray.Open(images) : null;
        }

        Kind = show.Images is not null ? ExampleKind.Picture : ExampleKind.Row;
    }

    public ExampleKind Kind { get; }

    /// <summary>Opens the pictures and reads the columns.</summary>
    /// <param name="show">What is shown.</param>
    /// <param name="source">Where the data lies.</param>
    /// <param name="set">The audit.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">They are no longer there, or are others by now.</exception>
    /// <exception cref="MachineException">They cannot be read.</exception>
    public static ShownView Open(ShownSettings show, AuditSource source, ReviewSet set, CancellationToken token) =>
        show.Images is { } images && !Path.Exists(images)
            ? throw new InputException(
                $"The pictures of this audit are no longer at {images}; move them back, or audit again with their new place."
            )
            : new ShownView(show, source, set, token);

    public ExamplePicture? Picture(ReviewedExample example) =>
        example.Picture is not { } picture ? null
        : _folder is not null
            ? _folder.Find(picture) is { } path ? PictureFilesView.At(path)
                : null
        : _array is not null && RowIn(picture) is { } row && row < _array.Count
            ? new ExamplePicture(PngOf(_array.Read(row, LongestSide)), "image/png")
        : null;

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example) =>
        _fields.TryGetValue(example.Identity, out var values) ? [.. _columns!.Names.Zip(values)] : [];

    public void Dispose() => _array?.Dispose();

    private static byte[] PngOf(RawPicture picture) => PngImage.Of(picture.Pixels, picture.Height, picture.Width, picture.Channels);

    /// <summary>The row that <c>pictures.npy[17]</c> names.</summary>
    private static long? RowIn(string name) =>
        name.EndsWith(']')
        && long.TryParse(name.AsSpan(name.LastIndexOf('[') + 1)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? row
            : null;
}
