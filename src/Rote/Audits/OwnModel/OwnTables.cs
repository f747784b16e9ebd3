using Rote.Data.Formats.Csv;
using Rote.Data.Formats.Parquet;
using Rote.Data.Formats.Tables;

namespace Rote.Audits.OwnModel;

/// <summary>Opens tables that people's own programs write.</summary>
internal static class OwnTables
{
    /// <summary>Opens a table in the form that its name says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hints">Names that columns may have: a first line with one of them is a header, even if there are numbers in it.</param>
    /// <exception cref="InputException">It is empty, or not of that form.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static TableRecords Open(string path, params IEnumerable<string> hints)
    {
        RequireFile(path);
        if (TableKinds.Of(path) == TableKind.Parquet)
        {
            return ParquetRows.Read(path);
        }

        var table = TableRecords.Open(path, null);
        foreach (var hint in hints)
        {
            if (HaveNames(table))
            {
                break;
            }

            table.Dispose();
            table = TableRecords.Open(path, hint);
        }

        return table;
    }

    /// <summary>Whether the columns have names of their own.</summary>
    public static bool HaveNames(TableRecords table) => table is not CsvFile { HasHeader: false };

    /// <summary>Demands a file.</summary>
    /// <exception cref="InputException">There is none, or it is empty.</exception>
    public static void RequireFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("The name of a file is empty, expected a file.");
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InputException(
                Directory.Exists(path)
                    ? $"{file.FullName} is a folder, expected a file."
                    : $"There is nothing at {file.FullName}, expected a file."
            );
        }

        if (file.Length == 0 && !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            throw new InputException($"{file.FullName} is empty.");
        }
    }
}
