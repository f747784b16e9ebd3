using Rote.Data;

namespace Rote.Audits.Shown;

/// <summary>What a user wants to see of examples: their names, columns and pictures. For eyes only: nothing is computed from
/// it.</summary>
public sealed class ShownExamples : IDisposable
{
    private readonly Dictionary<RowIdentity, int> _places = []; // in the order of the source
    private readonly string[]? _names; // by place
    private readonly ShownColumns? _columns;
    private readonly string[]? _files; // by place: what each picture is called in the folder
    private readonly string?[] _paths = []; // by place: where it lies
    private readonly PictureArray? _array;
    private readonly string _arrayName = "";

    private ShownExamples(ShownSettings settings, string? data, UserDataOptions options, SourceRows rows)
    {
        // Of one file line i belongs to row i, also where some of its rows are no examples. The numbers of a log are no rows of a file.
        var isOneFile = rows.HaveRows && rows.Files is [{ Length: > 0 }];
        foreach (var (place, i) in rows.InOrder().Index())
        {
            _places.TryAdd(rows[i], isOneFile ? checked((int)rows[i].Row!.Value) : place);
        }

        if (settings.Columns is { } asked)
        {
            _columns = data is null
                ? throw new InputException($"{Setting.Show} names columns of a table, and there is no data with columns here.")
                : ShownColumns.Of(data, options, asked);
        }

        if (settings.Names is { } path)
        {
            _names = ExampleNames.Read(path, settings.NamesColumn);
            RequireCount(path, "name", _names.Length);
        }

        if (settings.Images is not { } images)
        {
            return;
        }

        if (Directory.Exists(images))
        {
            _files = FilesOf(images, data, options, rows);
            _paths = Array.ConvertAll(_files, new FolderFiles(Path.GetFullPath(images), options.FollowLinks).Find);
            Missing = Missed(images, rows);
        }
        else
        {
            (_array, _arrayName) = (ArrayIn(images), Path.GetFileName(images));
            RequireCount(images, "picture", _array.Count);
            _ = _array.Read(0, 1); // says now, and not after the audit, if the scale cannot be told
        }
    }

    /// <summary>Whether examples have names of their own.</summary>
    public bool HaveNames => _names is not null;

    /// <summary>Whether pictures belong to them.</summary>
    public bool HavePictures => _files is not null || _array is not null;

    /// <summary>How many pictures are not there, in a sentence; null where none is missing.</summary>
    public string? Missing { get; }

    /// <summary>Reads what can be read before an audit.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="data">The data's path or catalog name; null where there is none.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="rows">All examples that names and pictures are in the order of, whether they are audited or not.</param>
    /// <exception cref="InputException">A file, folder or column is not there, or has another number of names or pictures.</exception>
    /// <exception cref="MachineException">One cannot be read.</exception>
    public static ShownExamples Read(ShownSettings settings, string? data, UserDataOptions options, SourceRows rows) =>
        new(settings, data is not null && DatasetLoader.IsCatalogName(data) ? null : data, options, rows);

    /// <summary>The examples of a data set in whose order names and pictures are: all that an audit may look at.</summary>
    /// <param name="data">The data.</param>
    public static SourceRows RowsOf(DatasetSplits data) =>
        data.Origin == SplitOrigin.SetAside ? data.Train.Rows.Concat(data.Test.Rows) : data.Train.Rows;

    /// <summary>What the user calls an example: by the list of names, else by the path of its picture.</summary>
    /// <param name="row">The example.</param>
    /// <returns>Null where it has no name of its own.</returns>
    public string? NameOf(RowIdentity row) =>
        ListedName(row) is { Length: > 0 } name ? name
        : FileOf(row) is not null ? PictureOf(row)
        : null;

    /// <summary>What the list of names calls an example.</summary>
    /// <param name="row">The example.</param>
    /// <returns>Empty where it has none.</returns>
    internal string ListedName(RowIdentity row) => _names is { } names && PlaceOf(row) is { } place ? names[place] : "";

    /// <summary>Which picture belongs to an example.</summary>
    /// <param name="row">The example.</param>
    /// <returns>Its path in the folder, or the array's file with a row; empty where there is none.</returns>
    public string PictureOf(RowIdentity row) =>
        _array is not null
            ? PlaceOf(row) is { } place
                ? new RowIdentity(_arrayName, place).Name
                : ""
            : FileOf(row) is null
                ? ""
                : _files![PlaceOf(row)!.Value];

    /// <summary>Reads columns of some examples.</summary>
    /// <param name="rows">The examples.</param>
    /// <param name="token">Stops.</param>
    /// <returns>For each the names and values of the columns; nothing where none are asked for.</returns>
    /// <exception cref="InputException">They are too large to be shown.</exception>
    /// <exception cref="MachineException">The tables cannot be read any more.</exception>
    public IReadOnlyDictionary<RowIdentity, IReadOnlyList<(string Name, string Value)>> Fields(
        IReadOnlySet<RowIdentity> rows,
        CancellationToken token = default
    ) =>
        (_columns?.Read(rows, token) ?? []).ToDictionary(
            row => row.Key,
            row => (IReadOnlyList<(string, string)>)[.. _columns!.Names.Zip(row.Value)]
        );

    /// <summary>The file of an example's picture.</summary>
    /// <param name="row">The example.</param>
    /// <returns>An absolute path; null where there is none.</returns>
    internal string? FileOf(RowIdentity row) => PlaceOf(row) is { } place && place < _paths.Length ? _paths[place] : null;

    /// <summary>An example's picture in the array.</summary>
    /// <param name="row">The example.</param>
    /// <param name="most">The longest side that is wanted.</param>
    /// <returns>Null where there is no array, or no such example.</returns>
    internal RawPicture? InArray(RowIdentity row, int most) => PlaceOf(row) is { } place ? _array?.Read(place, most) : null;

    /// <inheritdoc/>
    public void Dispose() => _array?.Dispose();

    private int? PlaceOf(RowIdentity row) => _places.TryGetValue(row, out var place) ? place : null;

    private void RequireCount(string path, string what, long count)
    {
        var expected = _places.Values.Max() + 1;
        if (count != expected)
        {
            throw new InputException(
                $"{path} has {count:N0} {what}{(count == 1 ? "" : "s")} and the data has {expected:N0} rows, expected as many of each."
            );
        }
    }

    private static PictureArray ArrayIn(string path) =>
        !File.Exists(path)
            ? throw new InputException($"There is nothing at {Path.GetFullPath(path)}, expected a folder of pictures or an .npy array.")
        : path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? PictureArray.Open(path)
        : throw new InputException($"{path} is no folder and no .npy array, expected one of them with pictures.");

    /// <summary>What each picture is called: by the data's own column of files, else by the names, else by the files that the examples
    /// are.</summary>
    private string[] FilesOf(string folder, string? data, UserDataOptions options, SourceRows rows)
    {
        var column = data is null ? null : ShownColumns.OfFiles(data, options)?.Read(rows.ToHashSet(), CancellationToken.None);
        if (column is null && _names is null && rows.HaveRows)
        {
            throw new InputException(
                $"{folder} holds pictures, and nothing says which belongs to which example; expected a column file in the data, or their "
                    + $"names in the order of the examples as {Setting.Names}."
            );
        }

        var files = new string[_places.Values.Max() + 1];
        Array.Fill(files, "");
        foreach (var (row, place) in _places)
        {
            files[place] = column is not null ? column.GetValueOrDefault(row)?[0] ?? "" : _names?[place] ?? row.File;
        }

        return files;
    }

    /// <summary>Counts the pictures that are not there.</summary>
    private string? Missed(string folder, SourceRows rows)
    {
        var order = rows.InOrder();
        var missing = order.Where(i => FileOf(rows[i]) is null).ToArray();
        if (missing.Length == 0)
        {
            return null;
        }

        var first = _files![PlaceOf(rows[missing[0]])!.Value];
        return missing.Length < order.Length
            ? $"{missing.Length:N0} of {order.Length:N0} pictures are not in {folder} (the first is \"{Shown(first)}\"); "
                + "their examples are shown without."
            : throw new InputException($"{folder} has none of the {order.Length:N0} pictures; the first would be \"{Shown(first)}\".");
    }

    private static string Shown(string name) => Shortened.Beginning(name, 100);
}
