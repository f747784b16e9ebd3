using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data;

/// <summary>Data by catalog name or by path: the one way from what a user types to examples in memory.</summary>
/// <remarks>docs/own-data.md describes what a path may lead to.</remarks>
public static class DatasetLoader
{
    private const int LongestName = 40;

    private const string Kinds = "a folder with one folder of pictures per class, an .npz or .npy file, or a table (.csv, .tsv, .parquet)";

    /// <summary>Whether a text names a catalog entry; otherwise it is a path. A folder that is called as an entry is reached as <c>./name</c>.</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <returns>True for a catalog name.</returns>
    /// <exception cref="InputException">It is neither: no entry of that name, and nothing on disk; the message suggests the nearest entry.</exception>
    public static bool IsCatalogName(string nameOrPath)
    {
        if (DataCatalog.Entries.Any(e => e.Name == nameOrPath))
        {
            return true;
        }

        if (Directory.Exists(nameOrPath) || File.Exists(nameOrPath))
        {
            return false;
        }

        if (nameOrPath.AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) >= 0 || IsFile(nameOrPath))
        {
            throw new InputException($"There is nothing at {Path.GetFullPath(nameOrPath)}; expected {Kinds}.");
        }

        var names = DataCatalog.Entries.Select(e => e.Name).ToList();
        throw new InputException($"There is no data set \"{nameOrPath}\", and no file or folder of that name in {Environment.CurrentDirectory}; {Nearest.Advice(nameOrPath, names)}");
    }

    /// <summary>Examples in memory. A catalog set that is not in the data folder yet is fetched first.</summary>
    /// <param name="nameOrPath">A catalog name; or a folder of pictures, an .npz file, an .npy file, a folder of .npy files, a table or a folder of tables.</param>
    /// <param name="cache">The data folder, for catalog names.</param>
    /// <param name="options">How own data is read; null: the defaults. Refused where they have no meaning.</param>
    /// <param name="progress">Told what happens, and what of the user's data is not used; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Examples [N, H, W, C], or vectors [N, D], which the caller owns, and what an experiment calls them.</returns>
    /// <remarks>
    /// The same files give the same examples in the same rows on every machine and thread count. Own data without an order of its own (a folder;
    /// arrays that are split here) comes in a fixed random order, so that its first examples are a fair sample; <see cref="Dataset.Rows"/>
    /// says which is which.
    /// </remarks>
    /// <exception cref="InputException">It is not known, or not as docs/own-data.md says.</exception>
    /// <exception cref="MachineException">It cannot be fetched or read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static NamedData Load(
        string nameOrPath, DataFolder cache, UserDataOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken token = default)
    {
        var own = options ?? new UserDataOptions();
        if (IsCatalogName(nameOrPath))
        {
            RequireDefaults(nameOrPath, own);
            return new NamedData(new DataSpec { Name = nameOrPath }, DataCatalog.Load(nameOrPath, cache, progress, token));
        }

        var name = ShortName(nameOrPath);
        using (var store = own.Labels is not null && IsNpy(nameOrPath) ? ArrayStore.OfFile(nameOrPath) : OpenArrays(nameOrPath))
        {
            if (store is not null)
            {
                RequireNoPictureOptions(nameOrPath, own);
                RequireNoLabelOptions(nameOrPath, new UserDataOptions { Ignore = own.Ignore });
                return ArrayData.Load(store, name, progress, LabelsOf(nameOrPath, own));
            }
        }

        if (TableFiles.AreAt(nameOrPath))
        {
            return TableData.Load(nameOrPath, name, own, progress, token);
        }

        RequireNoLabelOptions(nameOrPath, own);
        return Directory.Exists(nameOrPath)
            ? PictureData.Load(nameOrPath, name, own, progress, Environment.ProcessorCount, token)
            : throw new InputException($"{Path.GetFullPath(nameOrPath)} is not data that can be read; expected {Kinds}.");
    }

    /// <summary>Whether a text leads to a folder or a table of pictures, whose size can be chosen.</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <exception cref="InputException">There is no such thing, or it is an archive that cannot be read.</exception>
    internal static bool IsPictures(string nameOrPath)
    {
        if (IsCatalogName(nameOrPath))
        {
            return false;
        }

        if (TableFiles.AreAt(nameOrPath) || !Directory.Exists(nameOrPath))
        {
            return TableData.HasPictures(nameOrPath);
        }

        using var store = OpenArrays(nameOrPath);
        return store is null;
    }

    /// <summary>Whether a text leads to a table, whose column of labels can be chosen.</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <exception cref="InputException">There is no such thing.</exception>
    internal static bool IsTable(string nameOrPath) => !IsCatalogName(nameOrPath) && TableFiles.AreAt(nameOrPath);

    /// <summary>The last part of a path, without what does not belong into a file name.</summary>
    internal static string ShortName(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var last = IsFile(full) ? Path.GetFileNameWithoutExtension(full) : Path.GetFileName(full);
        var safe = new string([.. last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('.', '-');
        return safe.Length == 0 ? "data" : safe[..Math.Min(LongestName, safe.Length)];
    }

    /// <summary>Refuses options of own data for a catalog name.</summary>
    /// <exception cref="InputException">An option is set.</exception>
    internal static void RequireDefaults(string nameOrPath, UserDataOptions options)
    {
        RequireNoPictureOptions(nameOrPath, options);
        RequireNoLabelOptions(nameOrPath, options);
    }

    /// <summary>Refuses options that would have no effect.</summary>
    internal static void RequireNoPictureOptions(string nameOrPath, UserDataOptions options)
    {
        if (options.ImageSize is not null || options.SkipBad)
        {
            throw new InputException($"--image-size and --skip-bad are for folders of pictures, and {nameOrPath} is none: its images keep their size, and all of them are read.");
        }
    }

    private static void RequireNoLabelOptions(string nameOrPath, UserDataOptions options)
    {
        if (options.Ignore is not null)
        {
            throw new InputException($"--ignore leaves out columns of a table, and {nameOrPath} is none; leave the option out.");
        }

        if (options.Labels is not null || options.LabelColumn is not null)
        {
            throw new InputException($"--labels and --label-column are for arrays and tables, and {nameOrPath} is neither: its labels come with it.");
        }
    }

    /// <summary>Labels in a file beside arrays; null where they are among the arrays.</summary>
    private static LabelFile? LabelsOf(string nameOrPath, UserDataOptions options) => (options.Labels, options.LabelColumn) switch
    {
        ({ } path, var column) => LabelFile.Read(path, column),
        (null, not null) => throw new InputException($"--label-column chooses a column of a table, and {nameOrPath} holds arrays; leave it out, or give a table with --labels."),
        _ => null,
    };

    /// <summary>The arrays that a path leads to; null if it leads to something else.</summary>
    private static ArrayStore? OpenArrays(string path)
    {
        if (IsArrayFile(path))
        {
            return path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? ArrayStore.OfArchive(path) : ArrayStore.OfFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        // A folder of pictures may have some array beside its classes.
        return Directory.Exists(path) && ArrayStore.OfFolder(path) is { Names.Count: > 0 } store && (ArrayLayout.IsIn(store) || store.IsFlat) ? store : null;
    }

    private static bool IsArrayFile(string path) => IsNpy(path) || (!Directory.Exists(path) && path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase));

    private static bool IsNpy(string path) => !Directory.Exists(path) && path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private static bool IsFile(string path) => IsArrayFile(path) || (!Directory.Exists(path) && TableFiles.IsTable(path));
}
