using System.Globalization;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Idx;

/// <summary>Reads IDX files, the format of MNIST: a folder of them, or a file of images with its file of labels beside it.</summary>
internal sealed class IdxReader : IDatasetReader
{
    private static readonly string[] Endings = ["-idx3-ubyte", ".idx3-ubyte", "-idx3-ubyte.gz", ".idx3-ubyte.gz"];

    /// <summary>Where torchvision puts the files below its root folder.</summary>
    private static readonly string[] Folders = [".", "raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw"];

    public string Name => "idx";

    public string Kinds => "IDX files as MNIST's";

    public IReadOnlyList<string> Extensions { get; } =
    [.. Endings, .. Endings.Select(e => e.Replace("idx3", "idx1", StringComparison.Ordinal))];

    public bool CanRead(string path) =>
        Directory.Exists(path) ? FolderOf(path) is not null : Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public ReaderOptions Takes(string path) => ReaderOptions.None;

    public NamedData Load(DataRequest request)
    {
        using var scope = NewDisposeScope();
        if (!Directory.Exists(request.Path))
        {
            return Whole(IdxPair.Of(Path.GetFullPath(request.Path)), request);
        }

        var images = Images(FolderOf(request.Path)!);
        var train = One(images, request.Path, "train");
        var test = One(images, request.Path, "t10k", "test");
        return (train, test) switch
        {
            ({ } learned, { } tested) => Parts(learned, tested, request),
            ({ } all, null) => Whole(all, request),
            _ => Whole(One(images, request.Path, "")!, request),
        };
    }

    /// <summary>Images are named by their file, as the user calls it, and their place in it.</summary>
    private static NamedData Parts(IdxPair learned, IdxPair tested, DataRequest request)
    {
        var (train, test) = (Read(learned, request), Read(tested, request));
        return request.Parts(
            train,
            test,
            [tested.Images, tested.Labels, learned.Images, learned.Labels],
            SourceRows.Of(Path.GetFileName(learned.Images), train.Labels.Count),
            SourceRows.Of(Path.GetFileName(tested.Images), test.Labels.Count)
        );
    }

    private static NamedData Whole(IdxPair pair, DataRequest request)
    {
        var (examples, labels) = Read(pair, request);
        return request.Whole(examples, labels, [pair.Images, pair.Labels]);
    }

    private static string? FolderOf(string path) =>
        Folders
            .Select(folder => Path.GetFullPath(Path.Combine(path, folder)))
            .FirstOrDefault(folder => Directory.Exists(folder) && Images(folder).Length > 0);

    /// <summary>The files of images in a folder; a gzip file only if its unpacked version is not there as well.</summary>
    private static string[] Images(string folder)
    {
        var all = Directory
            .GetFiles(folder)
            .Where(f => Endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return [.. all.Where(f => !f.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || !all.Contains(f[..^3]))];
    }

    private static IdxPair? One(string[] images, string path, params string[] words)
    {
        var found = images.Where(f => words.Any(word => Path.GetFileName(f).Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
        return found.Length < 2
            ? found.Select(IdxPair.Of).FirstOrDefault()
            : throw new InputException(
                $"{path} has {found.Length} IDX files of images for one part "
                    + $"({string.Join(", ", found.Take(5).Select(Path.GetFileName))}); give the path of one."
            );
    }

    private static (Tensor Examples, IReadOnlyList<string> Labels) Read(IdxPair pair, DataRequest request)
    {
        request.Token.ThrowIfCancellationRequested();
        var (sizes, pixels) = IdxFile.Read(Content(pair.Images), pair.Images, dimensions: 3);
        var (count, labels) = IdxFile.Read(Content(pair.Labels), pair.Labels, dimensions: 1);
        if (count[0] != sizes[0])
        {
            throw new InputException(
                $"{pair.Labels} has {count[0]} labels and {pair.Images} has {sizes[0]} images, expected as many of each."
            );
        }

        MemoryGuard.Require(request.Path, $"{sizes[1]}×{sizes[2]}", 2L * sizes[1] * sizes[2], sizes[0], "give fewer images");
        var examples = tensor(pixels, dtype: uint8).reshape(sizes[0], sizes[1], sizes[2], 1); // [N, H, W, 1]
        return (examples, Array.ConvertAll(labels, label => label.ToString(CultureInfo.InvariantCulture)));
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
