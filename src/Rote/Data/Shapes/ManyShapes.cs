using System.Globalization;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Packing;

namespace Rote.Data.Shapes;

/// <summary>The generated data sets <c>many-shapes-N</c>: as many pictures as are asked for, each with one of a thousand labels that say
/// nothing about it. Nothing can be learned of them but by rote.</summary>
/// <remarks>
/// The pictures are those of <see cref="ShapeImages"/>, drawn on: the first 50,000 are the same. Labels are random and balanced. The set
/// is packed into the data folder when it is first asked for, so that it may be larger than memory. docs/reference/shapes.md describes it.
/// </remarks>
public static class ManyShapes
{
    /// <summary>Number of labels.</summary>
    public const int Classes = 1000;

    /// <summary>The smallest number of training pictures.</summary>
    public const int Least = 1000;

    /// <summary>The largest number of training pictures.</summary>
    public const int Most = 5_000_000;

    private const string SetName = "many-shapes";
    private const string FileName = $"pictures{PackedFile.Extension}";

    /// <summary>Returns the catalog name of a set.</summary>
    /// <param name="train">Number of training pictures, <see cref="Least"/> to <see cref="Most"/>.</param>
    public static string NameOf(int train) => $"{SetName}-{train.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Returns the number of test pictures: one for every 25 training pictures, 1,000 to 50,000.</summary>
    /// <param name="train">Number of training pictures.</param>
    public static int TestOf(int train) => Math.Clamp(train / 25, Classes, 50_000);

    /// <summary>The entry of a set, such as <c>many-shapes-2000</c>.</summary>
    /// <returns>Null for another name.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    internal static CatalogEntry? Named(string name) =>
        NumberedName.Read(name, SetName, "number of pictures", Least, Most) is { } train ? Of(train) : null;

    private static CatalogEntry Of(int train) =>
        new()
        {
            Name = NameOf(train),
            Title = $"{train:N0} shapes with a thousand random labels, drawn by this program",
            ClassNames = ClassNames,
            Height = Painter.Side,
            Width = Painter.Side,
            Channels = 3,
            TrainExamples = train,
            TestExamples = TestOf(train),
            Terms = "as this program",
            Citation = "this program, docs/reference/shapes.md",
            Page = "docs/reference/shapes.md",
            KeptAs = FileName,
            Read = request => Read(train, request),
        };

    internal static string[] ClassNames { get; } =
    [.. Enumerable.Range(0, Classes).Select(label => label.ToString("000", CultureInfo.InvariantCulture))];

    private static DatasetSplits Read(int train, CatalogRequest request)
    {
        var path = Path.Combine(request.Folder, FileName);
        if (File.Exists(path))
        {
            try
            {
                return Open();
            }
            catch (InputException error)
            {
                // It can be drawn again, so nobody needs to copy or remove anything.
                request.Progress?.Report(new DownloadProgress($"{error.Message.Split(';')[0]}; it is drawn again."));
            }
        }

        using (var source = new ManyShapesSource(train))
        {
            new PackWriter(source, source.Shape, new UserDataOptions(), request.Progress, request.Token).Write(path);
        }

        return Open();

        DatasetSplits Open() => PackedFile.Open(path, NameOf(train), request.Progress, request.Token).Data;
    }
}
