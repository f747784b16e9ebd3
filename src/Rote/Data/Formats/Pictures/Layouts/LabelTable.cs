using System.Globalization;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>A table that names pictures and their labels.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Name">Its name in the checksum and in messages: the path below the folder, or the file name.</param>
/// <param name="File">The column that names the pictures.</param>
/// <param name="Label">The column of labels.</param>
/// <param name="Rows">Picture, label and split of every labelled row that names a picture.</param>
/// <param name="Strangers">Names in rows that are not pictures in the folder.</param>
/// <param name="IsNamed">Whether the column of labels is named like labels, or was asked for.</param>
internal sealed record LabelTable(
    string Path,
    string Name,
    string File,
    string Label,
    IReadOnlyList<(int Picture, string Label, string? Split)> Rows,
    IReadOnlyList<string> Strangers,
    bool IsNamed
)
{
    /// <summary>How the table names its first picture, where it names pictures otherwise than their files are called; else null.</summary>
    public string? Otherwise { get; private init; }

    private static readonly string[] FileNames =
    [
        "file_name",
        "filename",
        "file",
        "filepath",
        "file_path",
        "path",
        "image",
        "image_path",
        "image_id",
        "img",
        "picture",
        "id",
        "name",
    ];
    private static readonly string[] SplitColumns = ["split", "set", "subset", "partition", "data set", "dataset", "data_set"];
    private static readonly string[] LabelColumns =
    [
        "category",
        "species",
        "breed",
        "diagnosis",
        "dx",
        "class_name",
        "label_name",
        "classname",
        "class_id",
        "category_id",
        "choice", // of Label Studio
    ];
    private static readonly string[] Boxes = ["xmin", "ymin", "xmax", "ymax", "x_min", "bbox", "x1", "bbox_x"];

    /// <summary>Reads a table if it is about these pictures.</summary>
    /// <param name="file">The table.</param>
    /// <param name="name">Its name.</param>
    /// <param name="listing">The folder.</param>
    /// <param name="index">The folder's pictures, or those of the table's part.</param>
    /// <param name="labelColumn">The user's column of labels.</param>
    /// <param name="isAsked">Whether the user named the table.</param>
    /// <returns>The table; null if it names hardly any picture.</returns>
    /// <exception cref="InputException">The table holds boxes; or its column of labels is ambiguous; or it is unreadable, and asked for or
    /// named like a table of labels.</exception>
    public static LabelTable? Read(string file, string name, FolderListing listing, PictureIndex index, string? labelColumn, bool isAsked)
    {
        LabelRows table;
        try
        {
            table = LabelRows.Read(file, text => index.Find(text) is not null);
        }
        catch (InputException) when (!isAsked && !IsMeant(file))
        {
            return null; // some other text
        }

        var (files, pictures, named) = Named(table, index.Find);
        var isLoose = !IsEnough(named);
        if (isLoose)
        {
            (files, pictures, named) = Named(table, index.FindLoosely);
        }

        if (!IsEnough(named))
        {
            return isAsked
                ? throw new InputException(
                    $"{file} names {named} of the {listing.Pictures.Length:N0} pictures in {listing.Root}, expected a column with their "
                        + $"file names; {TableColumns.List(table.Columns)}."
                )
                : null;
        }

        if (labelColumn is null && table.Columns.Any(c => Boxes.Contains(c, StringComparer.OrdinalIgnoreCase)))
        {
            throw new InputException(
                $"{file} holds boxes ({TableColumns.Names([.. table.Columns])}), which are for detection, and Rote learns one label a "
                    + $"picture; expected one folder of pictures per class, or a table of labels."
            );
        }

        return Labelled((file, name), table, files, pictures, labelColumn) with
        {
            Otherwise = isLoose
                ? Array.FindIndex(pictures, p => p is not null) is >= 0 and var i
                    ? table.Rows[i][files]
                    : null
                : null,
        };

        bool IsEnough(int count) => count >= 2 && (count * 2 >= table.Rows.Count || count * 2 >= listing.Pictures.Length);
    }

    private static LabelTable Labelled((string Path, string Name) place, LabelRows table, int files, int?[] pictures, string? labelColumn)
    {
        var (file, name) = place;
        var splits = SplitColumnOf(table);
        var oneHot = labelColumn is null ? OneHotOf(table, files, splits) : [];
        var label = oneHot.Length > 0 ? oneHot[0] : LabelColumnOf(file, table, files, splits, labelColumn);
        if (oneHot.Length == 0 && table.Nested.Contains(table.Columns[label]))
        {
            throw new InputException(
                $"{file}: the column {table.Columns[label]} holds objects or lists, as for detection or several labels a picture, and Rote "
                    + $"learns one label a picture; expected texts or numbers."
            );
        }

        var rows = table
            .Rows.Select(
                (row, i) =>
                    (
                        Picture: pictures[i],
                        Label: oneHot.Length > 0 ? table.Columns[oneHot.First(c => IsOne(row[c]))] : LabelTexts.Clean(row[label]),
                        Split: splits is { } s ? NameWords.Split(row[s])?.Split : null
                    )
            )
            .ToArray();
        return new LabelTable(
            file,
            name,
            table.Columns[files],
            oneHot.Length > 0 ? $"{table.Columns[label]} to {table.Columns[oneHot[^1]]} (one 1 a row)" : table.Columns[label],
            [
                .. rows.Where(r => r.Picture is not null && !TableProblems.IsNoLabel(r.Label))
                    .Select(r => (r.Picture!.Value, r.Label, r.Split)),
            ],
            [.. table.Rows.Where((_, i) => pictures[i] is null).Select(row => row[files])],
            labelColumn is not null || (oneHot.Length == 0 && IsLabelName(table.Columns[label]))
        );
    }

    /// <summary>Finds the column that names most pictures.</summary>
    /// <returns>The column, the picture of every row, and the number of different pictures.</returns>
    private static (int Column, int?[] Pictures, int Count) Named(LabelRows table, Func<string, int?> find)
    {
        var found = Enumerable.Range(0, table.Columns.Count).Select(c => table.Rows.Select(row => find(row[c])).ToArray()).ToArray();
        var files = Enumerable.Range(0, found.Length).MaxBy(c => (found[c].OfType<int>().Distinct().Count(), -NameRank(table.Columns[c])));
        return found.Length == 0 ? (0, [], 0) : (files, found[files], found[files].OfType<int>().Distinct().Count());
    }

    private static bool IsLabelName(string column) =>
        LabelNames.IsOne(column) || LabelNames.Default.Concat(LabelColumns).Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds columns of 0 and 1 with one 1 per row, each a class; none if a column is named like labels.</summary>
    private static int[] OneHotOf(LabelRows table, int files, int? splits)
    {
        int[] left = [.. Enumerable.Range(0, table.Columns.Count).Where(c => c != files && c != splits && !IsCount(table, c))];
        return
            left.Length > 1
            && table.Rows.Count > 0
            && !left.Any(c =>
                LabelNames.IsOne(table.Columns[c]) || LabelColumns.Contains(table.Columns[c], StringComparer.OrdinalIgnoreCase)
            )
            && table.Rows.All(row => left.All(c => IsOne(row[c]) || row[c] is "0" or "0.0") && left.Count(c => IsOne(row[c])) == 1)
            ? left
            : [];
    }

    private static bool IsOne(string text) => text is "1" or "1.0";

    /// <summary>Whether a file is named like a table of labels, so that its faults are worth reporting.</summary>
    private static bool IsMeant(string file) =>
        System.IO.Path.GetFileNameWithoutExtension(file) is var stem
        && (stem.Equals("labels", StringComparison.OrdinalIgnoreCase) || stem.Equals("metadata", StringComparison.OrdinalIgnoreCase));

    private static int NameRank(string column) =>
        Array.FindIndex(FileNames, n => n.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank
            ? rank
            : FileNames.Length;

    /// <summary>Finds a column whose every value names a split.</summary>
    private static int? SplitColumnOf(LabelRows table)
    {
        var place = Enumerable
            .Range(0, table.Columns.Count)
            .FirstOrDefault(
                c =>
                    SplitColumns.Contains(table.Columns[c], StringComparer.OrdinalIgnoreCase)
                    && table.Rows.All(row => NameWords.Split(row[c]) is not null),
                -1
            );
        return place < 0 ? null : place;
    }

    private static int LabelColumnOf(string file, LabelRows table, int files, int? splits, string? labelColumn)
    {
        if (labelColumn is not null)
        {
            var asked = TableColumns.LabelOf(file, table.Columns, labelColumn);
            return Enumerable.Range(0, table.Columns.Count).First(c => table.Columns[c] == asked);
        }

        var left = Enumerable.Range(0, table.Columns.Count).Where(c => c != files && c != splits && !IsCount(table, c)).ToArray();
        var named = LabelNames
            .Default.Concat(LabelColumns)
            .Select(name => left.FirstOrDefault(c => table.Columns[c].Equals(name, StringComparison.OrdinalIgnoreCase), -1))
            .FirstOrDefault(c => c >= 0, -1);
        var alike = left.Where(c => LabelNames.IsOne(table.Columns[c])).ToArray();
        return left.Length == 1 ? left[0]
            : named >= 0 ? named
            : alike.Length == 1 ? alike[0]
            : throw (
                left.Length == 0
                    ? new InputException(
                        $"{file} names pictures and has no column of labels beside {table.Columns[files]}; "
                            + $"{TableColumns.List(table.Columns)}."
                    )
                    : new InputException(
                        $"{file} names pictures, and which column holds their labels cannot be told; say it with {Setting.LabelColumn} "
                            + $"({TableColumns.List(table.Columns)})."
                    )
            );
    }

    /// <summary>Whether a column holds row numbers, as pandas writes without a name.</summary>
    private static bool IsCount(LabelRows table, int column) =>
        table.Columns[column].StartsWith("Unnamed", StringComparison.Ordinal)
        && table.Rows.Select((row, i) => row[column] == i.ToString(CultureInfo.InvariantCulture)).All(isIt => isIt);
}
