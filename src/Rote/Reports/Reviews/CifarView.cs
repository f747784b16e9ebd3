using Rote.Audits.Review;
using Rote.Reports.Images;

namespace Rote.Reports.Reviews;

/// <summary>Reads pictures of CIFAR-10 from the files of the data folder, one at a time. The first is available at once; reading all 60,000
/// takes seconds.</summary>
/// <remarks>Format: a record is one byte of label and 3,072 bytes of pixels, all red values first (Krizhevsky 2009,
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
    /// <param name="folder">The folder with the set's files.</param>
    /// <returns>Null where a file is missing or cut; whoever loads the set then fetches it.</returns>
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
        // Each call to read a picture opens and closes its file.
    }

    private static string Name(int batch) => batch == 5 ? "test_batch.bin" : $"data_batch_{batch + 1}.bin";
}
