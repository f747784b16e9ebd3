using System.Security.Cryptography;
using Rote.Data.Formats.Csv;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Labels;

/// <summary>Labels in a file of their own: an .npy array of whole numbers or text, or text with one label per line or a column of
/// them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Labels">One label per example, in the order of the examples.</param>
/// <param name="Column">The column that holds them; null if the file has only one.</param>
internal sealed record LabelFile(string Path, LabelTexts Labels, string? Column)
{
    /// <summary>The user's name of the file.</summary>
    public string Name => TableFiles.NameOf(Path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">Name or number of the column, if the file has several.</param>
    /// <exception cref="InputException">There is no such file, or no labels in it.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static LabelFile Read(string path, string? labelColumn)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file {System.IO.Path.GetFullPath(path)}, which is named as {Setting.Labels}.");
        }

        if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            throw None(path);
        }

        var isArray =
            path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        return isArray ? OfArray(path) : OfText(path, labelColumn);
    }

    /// <summary>Throws unless there is one label for each example.</summary>
    /// <param name="examples">Number of examples.</param>
    /// <param name="label">What holds the examples, for the message.</param>
    /// <exception cref="InputException">There are more or fewer labels.</exception>
    public void RequireCount(long examples, string label)
    {
        if (Labels.Count != examples)
        {
            throw new InputException($"{label} has {examples} examples and {Path} has {Labels.Count} labels, expected as many of each.");
        }
    }

    /// <summary>Adds the file to the checksum of the data.</summary>
    public void AddTo(ContentHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        ContentHash.OfFile(Path, digest);
        hash.Add(Name, digest);
    }

    private static InputException None(string path) =>
        new(
            $"{Setting.Labels} is {path}, expected one array of whole numbers or text (.npy, .npz), or a text with one label a line or "
                + $"columns with names."
        );

    private static LabelFile OfArray(string path)
    {
        using var store = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? ArrayStore.OfArchive(path) : ArrayStore.OfFile(path);
        if (store.Names.Count != 1)
        {
            throw None(path);
        }

        return new LabelFile(path, store.Guard(() => ArrayTexts.Read(store, store.Names[0])), null);
    }

    private static LabelFile OfText(string path, string? labelColumn)
    {
        using var file = TableKinds.InFolder(path) is TableKind.JsonLines or TableKind.Arrow
            ? TableRecords.Open(path, labelColumn)
            : CsvFile.Read(path, labelColumn);
        var column =
            file.Columns.Count == 1 && labelColumn is null ? file.Columns[0] : TableColumns.LabelOf(path, file.Columns, labelColumn);
        var place = Enumerable.Range(0, file.Columns.Count).First(i => file.Columns[i] == column);
        var labels = new LabelTexts();
        var order = new IdOrder(path, file.Columns, column);
        while (file.Next())
        {
            order.Add(file);
            if (TableProblems.IsNoLabel(file[place]))
            {
                throw new InputException(
                    $"{path}: the label in {file.Place} is missing{(file[place].Length > 0 ? $" (\"{file[place]}\")" : "")}."
                );
            }

            if (!labels.Add(file[place]))
            {
                throw new InputException(
                    $"{path}: the label in {file.Place} has {file[place].Length} characters, expected at most {LabelTexts.Longest}."
                );
            }
        }

        order.Require();
        return new LabelFile(path, labels, file.Columns.Count == 1 ? null : column);
    }
}
