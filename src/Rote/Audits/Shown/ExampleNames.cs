using System.Text;
using Rote.Audits.OwnModel;
using Rote.Data.Formats.Tables;

namespace Rote.Audits.Shown;

/// <summary>Reads what a user calls each example: a text with one name a line, or a column of a table.</summary>
internal static class ExampleNames
{
    /// <summary>Characters of a name or text at most: who has longer ones has given another file.</summary>
    internal const int Longest = 1 << 20;

    private const long LargestFile = 1L << 30;

    /// <summary>Reads them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">Name or number of the column; null: the file has lines, or one column.</param>
    /// <returns>A name an example, in their order; empty where a line or a value is.</returns>
    /// <exception cref="InputException">There is no such file or column, or no names in it.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static string[] Read(string path, string? column)
    {
        OwnTables.RequireFile(path);
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"{path} is an array, expected names: a text with one a line, or a column of a table.");
        }

        return TableKinds.InFolder(path) is null ? Lines(path, column) : Column(path, column);
    }

    private static string[] Lines(string path, string? column)
    {
        if (column is not null)
        {
            throw new InputException(
                $"{path} is read as a text with one name a line, which has no column \"{column}\"; a table ends in .csv, .tsv, .jsonl, "
                    + $".parquet or .arrow."
            );
        }

        try
        {
            if (new FileInfo(path).Length is var length && length > LargestFile)
            {
                throw new InputException($"{path} has {length:N0} bytes, expected names, at most {LargestFile:N0}.");
            }

            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(
                File.ReadAllBytes(path)
            );
            string[] lines = [.. text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim())];
            lines = lines[^1].Length == 0 ? lines[..^1] : lines; // the last line is ended as the others are
            var at = Array.FindIndex(lines, line => line.Length > Longest);
            return at < 0 ? lines : throw TooLong(path, $"line {at + 1}", lines[at]);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path} is no text in UTF-8, expected one name a line.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }

    private static string[] Column(string path, string? column)
    {
        using var table = OwnTables.Open(path, column is null ? [] : [column]);
        if (column is null && table.Columns.Count > 1)
        {
            throw new InputException(
                $"{path} has {table.Columns.Count:N0} columns ({TableColumns.Names(table.Columns)}); say which one holds the names, as "
                    + $"{path}:{table.Columns[0]}."
            );
        }

        var name = column is null ? table.Columns[0] : TableColumns.LabelOf(path, table.Columns, column);
        var place = table.Columns.Index().First(c => c.Item == name).Index;
        var names = new List<string>();
        while (table.Next())
        {
            names.Add(table[place].Length <= Longest ? table[place] : throw TooLong(path, table.Place, table[place]));
        }

        return [.. names];
    }

    private static InputException TooLong(string path, string place, string name) =>
        new($"{path}: the name in {place} has {name.Length:N0} characters, expected at most {Longest:N0}.");
}
