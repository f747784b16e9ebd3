using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Encoders;
using Rote.Data.Formats;
using Rote.Data.Formats.Pictures;
using Rote.Data.Labels;

namespace Rote.Data;

/// <summary>Loads data by catalog name or by path: the only way from what a user types to examples in memory.</summary>
/// <remarks>docs/guide/own-data.md describes what a path may lead to.</remarks>
public static class DatasetLoader
{
    private const int LongestName = 40;

    /// <summary>Adds a reader from another assembly, which is asked before the built-in readers.</summary>
    /// <param name="reader">The reader; its name must be new.</param>
    /// <remarks>Call it at the start of the program, and in every process that reads the data. Safe to call from several threads.</remarks>
    /// <exception cref="ArgumentException">There is a reader of that name already.</exception>
    public static void Register(IDatasetReader reader) => DatasetReaders.Add(reader);

    /// <summary>Whether a text is a catalog name; otherwise it is a path. <c>./name</c> means a folder that has the name of an
    /// entry.</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <returns>True for a catalog name.</returns>
    /// <exception cref="InputException">It is neither: there is no such entry and nothing on disk. The message suggests the nearest
    /// entry.</exception>
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

        if (DataCatalog.Numbered(nameOrPath) is not null)
        {
            return true;
        }

        if (nameOrPath.AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) >= 0 || IsFile(nameOrPath))
        {
            throw new InputException($"There is nothing at {Path.GetFullPath(nameOrPath)}; expected {DatasetReaders.Kinds}.");
        }

        var names = DataCatalog.Entries.Select(e => e.Name).ToList();
        throw new InputException(
            $"There is no data set \"{nameOrPath}\", and no file or folder of that name in {Environment.CurrentDirectory}; "
                + $"{Nearest.Advice(nameOrPath, names)}"
        );
    }

    /// <summary>Loads examples into memory. A catalog set that is not in the data folder yet is fetched first.</summary>
    /// <param name="nameOrPath">A catalog name; or a folder of pictures, an .npz file, an .npy file, a folder of .npy files, a table or a
    /// folder of tables.</param>
    /// <param name="cache">The data folder, for catalog names.</param>
    /// <param name="options">How the user's own data is read; null: the defaults. Options that do not apply are refused.</param>
    /// <param name="progress">Receives messages, also on user data that is not used; null for silence.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Examples [N, H, W, C], or vectors [N, D], which the caller owns, and their name in experiments.</returns>
    /// <remarks>
    /// The same files give the same examples in the same rows on every machine and for every thread count. User data without an order (a
    /// folder; arrays that are split here) comes in a fixed random order, so that its first examples are a fair sample;
    /// <see cref="Dataset.Rows"/> tells which is which.
    /// </remarks>
    /// <exception cref="InputException">The name is unknown, or the data is not as docs/guide/own-data.md describes.</exception>
    /// <exception cref="MachineException">It cannot be fetched or read, or does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static NamedData Load(
        string nameOrPath,
        DataFolder cache,
        UserDataOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken token = default
    )
    {
        SignalStack.Ensure(); // libraries follow nulls in damaged files
        var own = options ?? new UserDataOptions();
        if (IsCatalogName(nameOrPath))
        {
            RequireDefaults(nameOrPath, own);
            var whole = DataCatalog.Load(nameOrPath, cache, progress, token);
            return own.Labels is null
                ? new NamedData(new DataSpec { Name = nameOrPath }, whole)
                : OtherLabels.Of(DataCatalog.Find(nameOrPath), whole, own);
        }

        var reader =
            DatasetReaders.For(nameOrPath)
            ?? throw new InputException($"{Path.GetFullPath(nameOrPath)} is not data that can be read; expected {DatasetReaders.Kinds}.");
        RequireTaken(nameOrPath, own, reader);
        var data = reader.Load(new DataRequest(nameOrPath, ShortName(nameOrPath), own, progress, token));
        if (data.Data.Origin == SplitOrigin.Given && FairSample.IsGrouped(data.Data.Train))
        {
            progress?.Report(
                new DownloadProgress(
                    $"{nameOrPath}: its training rows lie in groups of one class; where only some are used they are drawn from all of "
                        + $"them, not taken from the start."
                )
            );
        }

        if (progress is not null)
        {
            var (train, test) = (data.Data.Train, data.Data.Test);
            foreach (var note in LabelSigns.In(nameOrPath, train.ClassNames, train.Labels.data<long>().Concat(test.Labels.data<long>())))
            {
                progress.Report(new DownloadProgress(note));
            }
        }

        return data;
    }

    /// <summary>The options that apply to the data.</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <returns>None for a catalog name.</returns>
    /// <exception cref="InputException">There is nothing of that name, it is not data, or it is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ReaderOptions OptionsOf(string nameOrPath) =>
        !IsCatalogName(nameOrPath) && DatasetReaders.For(nameOrPath) is { } reader ? reader.Takes(nameOrPath) : ReaderOptions.None;

    /// <summary>The side to read pictures at for an encoder (<see cref="UserDataOptions.UsualImageSize"/>).</summary>
    /// <param name="nameOrPath">What the user typed.</param>
    /// <param name="encoder">The encoder; null for none.</param>
    /// <returns>The encoder's side for pictures inside a file. Else <see cref="UserDataOptions.DefaultImageSize"/>, because pictures of a
    /// folder are decoded again when they are encoded.</returns>
    /// <exception cref="InputException">There is nothing of that name, it is not data, or it is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static int UsualImageSize(string nameOrPath, IEncoder? encoder) =>
        encoder?.PictureSide is { } side
        && !IsCatalogName(nameOrPath)
        && DatasetReaders.For(nameOrPath) is { } reader and not PictureFolderReader
        && reader.Takes(nameOrPath).HasFlag(ReaderOptions.Pictures)
            ? side
            : UserDataOptions.DefaultImageSize;

    /// <summary>The last part of a path, with a hyphen for each character that is unsafe in a file name.</summary>
    internal static string ShortName(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var last = IsFile(full) ? DatasetReaders.WithoutExtension(Path.GetFileName(full)) : Path.GetFileName(full);
        var safe = new string([.. last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('.', '-');
        return safe.Length == 0 ? "data" : safe[..Math.Min(LongestName, safe.Length)];
    }

    /// <summary>Refuses options of user data for a catalog name, except other labels for its training examples.</summary>
    /// <exception cref="InputException">An option is set.</exception>
    public static void RequireDefaults(string nameOrPath, UserDataOptions options) =>
        RequireTaken(nameOrPath, options, options.Labels is null ? ReaderOptions.None : ReaderOptions.Labels | ReaderOptions.Columns);

    /// <summary>Refuses options that would have no effect. The reader is asked only if an option is set, because it may have to open files
    /// to answer.</summary>
    private static void RequireTaken(string nameOrPath, UserDataOptions options, IDatasetReader reader)
    {
        if (HasPictureOptions(options) || HasColumnOptions(options) || options.Labels is not null || options.LabelColumn is not null)
        {
            RequireTaken(nameOrPath, options, reader.Takes(nameOrPath));
        }
    }

    /// <summary>Refuses options that would have no effect.</summary>
    /// <exception cref="InputException">An option is set that does not apply.</exception>
    internal static void RequireTaken(string nameOrPath, UserDataOptions options, ReaderOptions taken)
    {
        if (!taken.HasFlag(ReaderOptions.Pictures) && HasPictureOptions(options))
        {
            throw new InputException(
                $"{Setting.ImageSize}, {Setting.Fit}, {Setting.SkipBad} and {Setting.FollowLinks} are for folders of pictures, and "
                    + $"{nameOrPath} is none: its images keep their size, and all of them are read."
            );
        }

        if (!taken.HasFlag(ReaderOptions.Ignore) && HasColumnOptions(options))
        {
            var setting =
                options.Ignore is not null ? Setting.Ignore
                : options.Text is not null ? Setting.Text
                : Setting.Categorical;
            throw new InputException($"{nameOrPath} is no table, and has no columns to choose from; give it without {setting}.");
        }

        if (!taken.HasFlag(ReaderOptions.Labels) && (options.Labels is not null || options.LabelColumn is not null))
        {
            throw new InputException(
                $"The labels of {nameOrPath} come with it, which is neither an array nor a table; give it without {Setting.Labels} and "
                    + $"{Setting.LabelColumn}."
            );
        }

        if (!taken.HasFlag(ReaderOptions.Columns) && options is { Labels: null, LabelColumn: not null })
        {
            throw new InputException(
                $"{nameOrPath} holds arrays, and columns are of tables; give it without {Setting.LabelColumn}, or a table with "
                    + $"{Setting.Labels}."
            );
        }
    }

    private static bool HasColumnOptions(UserDataOptions options) =>
        options.Ignore is not null || options.Text is not null || options.Categorical is not null;

    private static bool HasPictureOptions(UserDataOptions options) =>
        options.ImageSize is not null || options.SkipBad || options.Fit != PictureFit.Crop || options.FollowLinks;

    private static bool IsFile(string path) => !Directory.Exists(path) && DatasetReaders.IsFileName(path);
}
