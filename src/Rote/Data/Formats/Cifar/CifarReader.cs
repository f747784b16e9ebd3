using System.Globalization;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Cifar;

/// <summary>Reads a folder with the authors' binary version of CIFAR-10 or CIFAR-100, whole or in part. Refuses their Python version,
/// because it is stored as pickles.</summary>
/// <remarks>Source: https://www.cs.toronto.edu/~kriz/cifar.html. A record of CIFAR-100 has two labels, coarse and fine; the reader takes
/// the fine one.</remarks>
internal sealed class CifarReader : IDatasetReader
{
    private const string Hundred = "train.bin";
    private const string Test = "test.bin";
    private const string Meta = "meta";

    private static readonly string[] Folders = [".", "cifar-10-batches-bin", "cifar-100-binary", "cifar-10-batches-py", "cifar-100-python"];

    public string Name => "cifar";

    public string Kinds => "a folder of CIFAR's binary files";

    public IReadOnlyList<string> Extensions => [];

    public bool CanRead(string path) => Directory.Exists(path) && FolderOf(path) is not null;

    public ReaderOptions Takes(string path) => ReaderOptions.None;

    public NamedData Load(DataRequest request)
    {
        var folder = FolderOf(request.Path)!;
        if (IsPython(folder))
        {
            throw new InputException(
                $"{folder} is CIFAR's Python version, whose files are pickles, and is not read, because unpickling can run any program; "
                    + $"take the binary version, or in Python: "
                    + "import glob, pickle, numpy as np; d = [pickle.load(open(f, 'rb'), encoding='bytes') for f in "
                    + "sorted(glob.glob('data_batch_*')) or ['train']]; "
                    + "np.savez('cifar.npz', x=np.concatenate([b[b'data'] for b in d]).reshape(-1, 3, 32, 32), "
                    + "y=np.concatenate([b.get(b'labels') or b[b'fine_labels'] for b in d]))."
            );
        }

        var isHundred = File.Exists(Path.Combine(folder, Hundred));
        string[] train = isHundred ? [Path.Combine(folder, Hundred)] : [.. Batches(folder)];
        var test = Path.Combine(folder, isHundred ? Test : "test_batch.bin");
        var names = Names(folder, isHundred ? "fine_label_names.txt" : "batches.meta.txt");
        using var scope = NewDisposeScope();
        var learned = Read(train, isHundred, names, request);
        return File.Exists(test)
            ? request.Parts(
                learned,
                Read([test], isHundred, names, request),
                [.. train, test, .. NamesFile(folder, isHundred)],
                RowsOf(train, isHundred),
                RowsOf([test], isHundred)
            )
            : request.Whole(learned.Examples, learned.Labels, [.. train, .. NamesFile(folder, isHundred)]);
    }

    private static string? FolderOf(string path) =>
        Folders
            .Select(folder => Path.GetFullPath(Path.Combine(path, folder)))
            .FirstOrDefault(folder => Directory.Exists(folder) && (Batches(folder).Any() || IsHundred(folder) || IsPython(folder)));

    /// <summary>Other data sets use these file names too; a whole number of records identifies CIFAR-100.</summary>
    private static bool IsHundred(string folder) =>
        new FileInfo(Path.Combine(folder, Hundred)) is { Exists: true } train
        && train.Length > 0
        && train.Length % (CifarBinary.RecordBytes + 1) == 0;

    private static bool IsPython(string folder) =>
        File.Exists(Path.Combine(folder, "data_batch_1"))
        || (File.Exists(Path.Combine(folder, Meta)) && File.Exists(Path.Combine(folder, "train")));

    private static IEnumerable<string> Batches(string folder) =>
        Directory.GetFiles(folder, "data_batch_*.bin").Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesFile(string folder, bool isHundred) =>
        new[] { Path.Combine(folder, isHundred ? "fine_label_names.txt" : "batches.meta.txt") }.Where(File.Exists);

    private static string[] Names(string folder, string file) =>
        File.Exists(Path.Combine(folder, file))
            ? [.. File.ReadLines(Path.Combine(folder, file)).Take(256).Select(line => line.Trim()).Where(line => line.Length > 0)]
            : [];

    private static (Tensor Examples, IReadOnlyList<string> Labels) Read(string[] files, bool isHundred, string[] names, DataRequest request)
    {
        var count = files.Sum(file => Count(file, isHundred));
        MemoryGuard.Require(request.Path, "32×32×3", 2L * CifarBinary.ImageBytes, count, "give fewer files");
        var pixels = empty(count, CifarBinary.Side, CifarBinary.Side, 3, dtype: uint8);
        var labels = new long[count];
        var start = 0;
        foreach (var file in files)
        {
            using var scope = NewDisposeScope();
            request.Token.ThrowIfCancellationRequested();
            var content = WithOneLabel(Content(file), isHundred);
            var records = CifarBinary.Count(content.Length, file);
            CifarBinary.Read(
                content,
                file,
                names.Length > 0 ? names.Length : 256,
                pixels.narrow(0, start, records).bytes,
                labels.AsSpan(start, records)
            );
            start += records;
        }

        return (pixels, Array.ConvertAll(labels, label => names.Length > 0 ? names[label] : label.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Pictures are named by their file and their place in it.</summary>
    private static SourceRows RowsOf(string[] files, bool isHundred) =>
        SourceRows.OfFiles([.. files.Select(file => (Path.GetFileName(file), Count(file, isHundred)))]);

    private static int Count(string file, bool isHundred) =>
        isHundred
            ? checked((int)(new FileInfo(file).Length / (CifarBinary.RecordBytes + 1)))
            : CifarBinary.Count(new FileInfo(file).Length, file);

    /// <summary>Drops the coarse label, which comes first in each record.</summary>
    private static byte[] WithOneLabel(byte[] content, bool isHundred)
    {
        if (!isHundred)
        {
            return content;
        }

        if (content.Length % (CifarBinary.RecordBytes + 1) is var rest and not 0)
        {
            throw new InputException(
                $"CIFAR-100's records have {CifarBinary.RecordBytes + 1} bytes, and a file ends {rest} bytes into one."
            );
        }

        var result = new byte[content.Length / (CifarBinary.RecordBytes + 1) * CifarBinary.RecordBytes];
        for (var i = 0; i < result.Length / CifarBinary.RecordBytes; i++)
        {
            content
                .AsSpan((i * (CifarBinary.RecordBytes + 1)) + 1, CifarBinary.RecordBytes)
                .CopyTo(result.AsSpan(i * CifarBinary.RecordBytes));
        }

        return result;
    }

    private static byte[] Content(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }
}
