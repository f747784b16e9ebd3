using Rote.Data.Download;
using Rote.Data.Formats;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Formats.TextFiles;

namespace Rote.Data;

/// <summary>Examples without labels: what a network is to predict.</summary>
/// <remarks>docs/guide/own-data.md describes what a path may lead to.</remarks>
public static class UnlabelledData
{
    /// <summary>Examples in memory, all of them and in the order of the source.</summary>
    /// <param name="path">A folder of pictures, with folders in it or without; a picture; a table without a column of labels, or whose
    /// features are known by name; an .npy or .npz file with one array of examples.</param>
    /// <param name="classNames">The classes that may be predicted, at least one.</param>
    /// <param name="options">How the data is read.</param>
    /// <param name="progress">Told what happens, and what is not used; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Examples whose labels are 0 and mean nothing, which the caller owns, and what the data is called.</returns>
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

    /// <summary>Whether a path leads to an .npy or .npz file by its name.</summary>
    /// <param name="path">A path.</param>
    public static bool IsArrayFile(string path) =>
        !Directory.Exists(path)
        && (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase));
}
