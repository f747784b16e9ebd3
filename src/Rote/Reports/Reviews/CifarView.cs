using Rote.Audits.Review;
using Rote.Reports.Images;

namespace Rote.Reports.Reviews;

/// <summary>Pictures of CIFAR-10 out of the files of the data folder, one at a time: the first is there at once, where reading all
/// 60,000 takes seconds.</summary>
/// <remarks>Format: a record is a byte of label and 3,072 of pixels, all red ones first (Krizhevsky 2009,
/// www.cs.toronto.edu/~kriz/cifar.html).</remarks>
internal sealed class CifarView : IExampleView
{
    public const string DataName = "cifar10";

    private const int Side = 32;
    private const int RecordBytes = 1 + (3 * Side * Side);
    private const int BatchRecords = 10_000;

    private readonly string _folder;

    private CifarView(string folder) => _folder = folder;

    public ExampleKind Kind => ExampleKind.Picture;

    /// <summary>Opens the folder.</summary>
    /// <param name="folder">Where the set's files are kept.</param>
    /// <returns>Null where one is missing or cut: then they are fetched by whoever loads the set.</returns>
    public static CifarView? In(string folder)
    {
        var files = Enumerable.Range(0, 6).Select(batch => new FileInfo(Path.Combine(folder, Name(batch))));
        return files.All(file => file.Exists && file.Length == (long)RecordBytes * BatchRecords) ? new CifarView(folder) : null;
    }

    public ExamplePicture? Picture(ReviewedExample example)
    {
        if (example.Identity is not { File: "train" or "test", Row: >= 0 and < 5 * BatchRecords and var row } identity)
        {
            return null;
        }

        var batch = identity.File == "test" ? 5 : (int)(row / BatchRecords);
        var record = new byte[RecordBytes];
        try
        {
            using var file = File.OpenHandle(Path.Combine(_folder, Name(batch)));
            if (RandomAccess.Read(file, record, row % BatchRecords * RecordBytes) < RecordBytes)
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var pixels = new byte[3 * Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = record[1 + (i % 3 * Side * Side) + (i / 3)];
        }

        return new ExamplePicture(PngImage.Of(pixels, Side, Side, 3), "image/png");
    }

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example) => [];

    public void Dispose()
    {
        // A file is open for the time of a picture.
    }

    private static string Name(int batch) => batch == 5 ? "test_batch.bin" : $"data_batch_{batch + 1}.bin";
}
