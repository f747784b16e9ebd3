using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Rote.Measurement;

namespace Rote.Storage.Tables;

/// <summary>Columns as comma-separated values.</summary>
/// <remarks>RFC 4180 with UTF-8 and LF line ends: a text with a comma, a quote, a line feed or a carriage return is quoted, and quotes in
/// it are doubled. Readers end a row at a carriage return too.</remarks>
public static class CsvTable
{
    /// <summary>Writes a table: a header line, then one line per row.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="columns">Of one length, with distinct names.</param>
    /// <remarks>
    /// Every value reads back as it was: numbers as the shortest text that gives the same bits, with a point; <c>true</c> and <c>false</c>;
    /// an empty cell for a missing value; texts unchanged, even if a spreadsheet would take them for a formula
    /// (<see cref="LooksLikeFormula"/>).
    /// </remarks>
    public static void Write(Stream stream, IReadOnlyList<Column> columns)
    {
        using var writer = new StreamWriter(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            bufferSize: 1 << 16,
            leaveOpen: true
        );
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\n",
            ShouldQuote = cell => cell.Field?.Contains('\r', StringComparison.Ordinal) == true || ConfigurationFunctions.ShouldQuote(cell),
        };
        using var csv = new CsvWriter(writer, format);
        foreach (var column in columns)
        {
            csv.WriteField(column.Name);
        }

        csv.NextRecord();
        var cells = columns.Select(Cells).ToArray();
        for (var row = 0; row < columns[0].Values.Length; row++)
        {
            foreach (var cell in cells)
            {
                csv.WriteField(cell(row));
            }

            csv.NextRecord();
        }
    }

    /// <summary>Whether a spreadsheet that opens the file would calculate a text instead of showing it.</summary>
    /// <param name="text">A text of the table.</param>
    /// <returns>True if it begins with =, +, -, @, a tab or a carriage return (OWASP, "CSV Injection").</returns>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    private static Func<int, string> Cells(Column column) =>
        column.Values switch
        {
            string[] texts => row => texts[row],
            bool[] truths => row => truths[row] ? "true" : "false",
            int[] numbers => row => numbers[row].ToString(CultureInfo.InvariantCulture),
            long[] numbers => row => numbers[row].ToString(CultureInfo.InvariantCulture),
            long?[] numbers => row => numbers[row]?.ToString(CultureInfo.InvariantCulture) ?? "",
            float[] numbers => row => numbers[row].ToString("R", CultureInfo.InvariantCulture),
            double[] numbers => row => numbers[row].ToString("R", CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"The column {column.Name} is of no plain type."),
        };
}
