namespace Rote.Data.Formats;

/// <summary>Refuses common formats that Rote does not read, with the format's name and Python code that converts it.</summary>
internal sealed class ForeignReader : IDatasetReader
{
    public string Name => "foreign";

    public string Kinds => "";

    public IReadOnlyList<string> Extensions => ForeignFormats.Extensions;

    public bool CanRead(string path) => !Directory.Exists(path) && (IsForeign(path) || UnreadFormats.Contain(path));

    public ReaderOptions Takes(string path) => throw new InputException(Sentence(path));

    public NamedData Load(DataRequest request) => throw new InputException(Sentence(request.Path));

    private static bool IsForeign(string path) => ForeignFormats.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string Sentence(string path) => IsForeign(path) ? ForeignFormats.Sentence(path) : UnreadFormats.Sentence(path);
}
