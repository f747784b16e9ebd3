namespace Rote.Data.Formats.Tables;

/// <summary>Reads tables: separated values or Parquet, one file or a folder of them.</summary>
internal sealed class TableDatasetReader : IDatasetReader
{
    public string Name => "table";

    public string Kinds => $"a table ({string.Join(", ", Extensions)})";

    public IReadOnlyList<string> Extensions => TableFiles.Extensions;

    public bool CanRead(string path) => TableFiles.AreAt(path);

    public ReaderOptions Takes(string path) => ReaderOptions.Labels | ReaderOptions.Columns | (TableData.HasPictures(path) ? ReaderOptions.Pictures : ReaderOptions.None);

    public NamedData Load(DataRequest request) => TableData.Load(request);
}
