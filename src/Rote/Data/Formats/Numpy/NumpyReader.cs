using Rote.Data.Labels;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads NumPy arrays: an .npz or .npy file, or a folder of .npy files.</summary>
internal sealed class NumpyReader : IDatasetReader
{
    public string Name => "numpy";

    public string Kinds => "an .npz or .npy file";

    public IReadOnlyList<string> Extensions { get; } = [".npz", ".npy"];

    // A folder of pictures may also hold some array beside its class folders.
    public bool CanRead(string path) =>
        !Directory.Exists(path)
            ? Extensions.Any(e => Has(path, e))
            : ArrayStore.OfFolder(path) is { Names.Count: > 0 } store && (ArrayLayout.IsIn(store) || store.IsFlat);

    public ReaderOptions Takes(string path) => ReaderOptions.Labels;

    public NamedData Load(DataRequest request)
    {
        using var store = Open(request.Path, request.Options.Labels is not null);
        var labels = request.Options.Labels is { } file ? LabelFile.Read(file, request.Options.LabelColumn) : null;
        var isOne = Has(request.Path, ".npy") && !Directory.Exists(request.Path);
        return ArrayData.Load(store, request.Name, request.Progress, labels, isOne ? Path.GetFileNameWithoutExtension(request.Path) : null);
    }

    /// <summary>Opens an .npy file alone if its labels are given; otherwise with its folder, which must hold the labels.</summary>
    private static ArrayStore Open(string path, bool hasLabels) =>
        Directory.Exists(path) ? ArrayStore.OfFolder(path)
        : Has(path, ".npz") ? ArrayStore.OfArchive(path)
        : hasLabels ? ArrayStore.OfFile(path)
        : ArrayStore.OfFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static bool Has(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
