namespace Rote.Data.Formats.Tables;

/// <summary>Reads tables of every format (<see cref="TableKind"/>), one file or a folder of them.</summary>
internal sealed class TableDatasetReader : IDatasetReader
{
    public string Name => "table";

    public string Kinds => TableKinds.Words;

    public IReadOnlyList<string> Extensions => TableKinds.Extensions;

    public bool CanRead(string path) => TableFiles.AreAt(path);

    public ReaderOptions Takes(string path) =>
        ReaderOptions.Labels
        | ReaderOptions.Columns
        | ReaderOptions.Ignore
        | (TableData.HasPictures(path) ? ReaderOptions.Pictures : ReaderOptions.None);

    public NamedData Load(DataRequest request) => TableData.Load(request);
}
