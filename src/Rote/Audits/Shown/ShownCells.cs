using Rote.Data;
using Rote.Data.Formats.Parquet;
using Rote.Data.Formats.Tables;

namespace Rote.Audits.Shown;

/// <summary>Some cells of one row of a table.</summary>
/// <param name="Row">The row.</param>
/// <param name="Columns">The names of all columns of its table.</param>
/// <param name="Cells">The cells that were chosen.</param>
internal readonly record struct ShownRecord(RowIdentity Row, IReadOnlyList<string> Columns, string[] Cells);

/// <summary>Reads cells of a user's tables as they are written there.</summary>
internal static class ShownCells
{
    private const long MostCharacters = 256L << 20;
    private const int LongestValue = 2000;

    /// <summary>Reads.</summary>
    /// <param name="path">A table, or a folder of them.</param>
    /// <param name="options">How the data is read.</param>
    /// <param name="choose">The places of the cells among the columns of a table; −1 for an empty one.</param>
    /// <param name="wanted">Of which rows; null: of all.</param>
    /// <param name="tooMany">What is wrong where they are too many to be kept.</param>
    /// <param name="token">Stops.</param>
    /// <returns>A record a row, long cells shortened.</returns>
    /// <exception cref="InputException">There are too many, or a table is damaged.</exception>
    /// <exception cref="MachineException">A table cannot be read.</exception>
    public static IEnumerable<ShownRecord> Read(
        string path,
        UserDataOptions options,
        Func<IReadOnlyList<string>, int[]> choose,
        IReadOnlySet<RowIdentity>? wanted,
        Func<InputException> tooMany,
        CancellationToken token
    )
    {
        var characters = 0L;
        foreach (var file in TableFiles.Find(path).All)
        {
            using var table = Open(file, options);
            var (places, name) = (choose(table.Columns), TableFiles.NameOf(file));
            while (table.Next())
            {
                token.ThrowIfCancellationRequested();
                var row = new RowIdentity(name, table.Row);
                if (wanted is not null && !wanted.Contains(row))
                {
                    continue;
                }

                var cells = Array.ConvertAll(places, place => place < 0 ? "" : Shortened.Beginning(table[place], LongestValue));
                characters += cells.Sum(cell => (long)cell.Length);
                yield return characters <= MostCharacters ? new ShownRecord(row, table.Columns, cells) : throw tooMany();
            }
        }
    }

    /// <summary>Opens a table of the data.</summary>
    /// <param name="file">The table.</param>
    /// <param name="options">How the data is read.</param>
    /// <exception cref="InputException">It is damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static TableRecords Open(string file, UserDataOptions options) =>
        TableKinds.Of(file) == TableKind.Parquet
            ? ParquetRows.Read(file)
            : TableRecords.Open(file, options.Labels is null ? options.LabelColumn : null);
}
