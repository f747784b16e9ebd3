using Rote.Data.Formats.Pictures;

namespace Rote.Data.Formats.TextFiles;

/// <summary>Reads a folder with one folder of text files per class.</summary>
internal sealed class TextFolderReader : IDatasetReader
{
    public string Name => "texts";

    public string Kinds => "a folder with one folder of .txt files per class";

    public IReadOnlyList<string> Extensions => [];

    /// <remarks>True if at least half of the files in its subfolders are texts and none is a picture: notes beside pictures are not
    /// training texts.</remarks>
    public bool CanRead(string path)
    {
        if (!Directory.Exists(path))
        {
            return false;
        }

        try
        {
            var (texts, all) = (0, 0);
            foreach (var folder in Directory.EnumerateDirectories(path).Where(f => Path.GetFileName(f) is not ['.', ..]))
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                {
                    if (FolderListing.IsPicture(file))
                    {
                        return false;
                    }

                    texts += TextFolder.IsText(file) ? 1 : 0;
                    all++;
                }
            }

            return texts > 0 && 2 * texts >= all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    public ReaderOptions Takes(string path) => ReaderOptions.None;

    public NamedData Load(DataRequest request) => TextFolder.Load(request);
}
