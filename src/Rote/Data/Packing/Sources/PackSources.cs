using Rote.Data.Download;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Packing.Sources;

/// <summary>Finds out what a source is.</summary>
internal static class PackSources
{
    /// <summary>Opens a source.</summary>
    /// <exception cref="InputException">There is nothing there, or it is not pictures.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static PackSource Open(
        string source,
        DataFolder cache,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        if (TarSource.Shards(source) is { } shards)
        {
            DatasetLoader.RequireTaken(source, options, Formats.ReaderOptions.Pictures);
            return new TarSource(source, shards, options, token);
        }

        if (DownsampledSource.Batches(source) is { } batches)
        {
            DatasetLoader.RequireTaken(source, options, Formats.ReaderOptions.None);
            return new DownsampledSource(source, batches, token);
        }

        if (!DatasetLoader.IsCatalogName(source))
        {
            var reader = Formats.DatasetReaders.For(source);
            if (reader is Formats.Pictures.PictureFolderReader)
            {
                return new FolderSource(source, options, progress, token);
            }

            if (reader is TableDatasetReader && ParquetSource.Holds(source))
            {
                return new ParquetSource(source, options, progress, token);
            }
        }

        return new LoadedSource(DatasetLoader.Load(source, cache, options, progress, token), source);
    }
}
