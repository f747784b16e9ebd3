namespace Rote.Data.Formats.Pictures;

/// <summary>Reads a folder of pictures: any folder that no other reader accepts.</summary>
internal sealed class PictureFolderReader : IDatasetReader
{
    public string Name => "pictures";

    public string Kinds => "a folder with one folder of pictures per class";

    public IReadOnlyList<string> Extensions => [];

    public bool CanRead(string path) => Directory.Exists(path);

    /// <remarks>Labels may be in a table that names the pictures.</remarks>
    public ReaderOptions Takes(string path) => ReaderOptions.Pictures | ReaderOptions.Labels | ReaderOptions.Columns;

    public NamedData Load(DataRequest request) =>
        PictureData.Load(request.Path, request.Name, request.Options, request.Progress, Environment.ProcessorCount, request.Token);
}
