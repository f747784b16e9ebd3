using Rote.Data.Download;
using Rote.Data.Formats;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Formats.TextFiles;

namespace Rote.Data;

/// <summary>Loads examples without labels, for a network to predict.</summary>
/// <remarks>docs/guide/own-data.md describes what a path may lead to.</remarks>
public static class UnlabelledData
{
    /// <summary>Loads all examples into memory, in the order of the source.</summary>
    /// <param name="path">A folder of pictures, with or without subfolders; a picture; a table without a label column, or whose features
    /// are known by name; a folder of texts, for a network of texts; an .npy or .npz file with one array of examples.</param>
    /// <param name="classNames">The classes that can be predicted, at least one.</param>
    /// <param name="options">How the data is read.</param>
    /// <param name="progress">Receives messages, also on data that is not used; null for silence.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Examples with meaningless labels of 0, which the caller owns, and the name of the data.</returns>
    /// <exception cref="InputException">There is no such data.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (DataSpec Spec, Dataset Examples) Load(
        string path,
        IReadOnlyList<string> classNames,
        UserDataOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken token = default
    )
    {
        var own = options ?? new UserDataOptions();
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new InputException($"There is nothing at {Path.GetFullPath(path)}; expected pictures, arrays or a table without labels.");
        }

        var name = DatasetLoader.ShortName(path);
        if (IsArrayFile(path))
        {
            DatasetLoader.RequireTaken(path, own, ReaderOptions.None);
            using var store = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
                ? ArrayStore.OfArchive(path)
                : ArrayStore.OfFile(path);
            return ArrayData.LoadUnlabelled(store, name, classNames, progress);
        }

        if (own.Columns is [{ Kind: DataColumnKind.Text }] && Directory.Exists(path) && !TableFiles.AreAt(path))
        {
            DatasetLoader.RequireTaken(path, own, ReaderOptions.None);
            return TextFolder.LoadUnlabelled(path, name, classNames, token);
        }

        return TableFiles.AreAt(path)
            ? TableData.LoadUnlabelled(path, name, classNames, own, progress, token)
            : PictureData.LoadUnlabelled(path, name, classNames, own, progress, token);
    }

    /// <summary>Whether a path has the name of an .npy or .npz file.</summary>
    /// <param name="path">A path.</param>
    public static bool IsArrayFile(string path) =>
        !Directory.Exists(path)
        && (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase));
}
