using Rote.Data.Formats;

namespace Rote.Data.Packing;

/// <summary>Reads what <see cref="Packer"/> writes.</summary>
internal sealed class PackedReader : IDatasetReader
{
    public string Name => "packed";

    public string Kinds => $"a packed {PackedFile.Extension} file";

    public IReadOnlyList<string> Extensions => [PackedFile.Extension];

    public bool CanRead(string path) => !Directory.Exists(path) && path.EndsWith(PackedFile.Extension, StringComparison.OrdinalIgnoreCase);

    public ReaderOptions Takes(string path) => ReaderOptions.None;

    public NamedData Load(DataRequest request) => PackedFile.Open(request.Path, request.Name, request.Progress, request.Token);
}
