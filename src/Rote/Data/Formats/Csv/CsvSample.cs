using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Rote.Data.Formats.Parquet;

namespace Rote.Data.Formats.Csv;

/// <summary>The first records of a file of separated values, which tell how it is to be read.</summary>
/// <param name="Records">The records, the first of them maybe a header.</param>
internal sealed record CsvSample(IReadOnlyList<string[]> Records)
{
    private const int MostRecords = 500;
    private const int MostFields = 200_000;

    /// <summary>Reads them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <returns>The records up to the first fault; whoever reads the file names that.</returns>
    /// <exception cref="MachineException">The file cannot be opened.</exception>
    public static CsvSample Read(string path, string separator)
    {
        using var reader = new RecordLimit(CsvDialect.Open(path), path);
        using var parser = new CsvParser(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator,
                MaxFieldSize = CsvDialect.LongestField,
                TrimOptions = TrimOptions.Trim,
                WhiteSpaceChars = [separator == " " ? '\t' : ' '],
            }
        );
        var records = new List<string[]>();
        var fields = 0;
        try
        {
            while (records.Count < MostRecords && fields < MostFields && parser.Read())
            {
                reader.Reset();
                var record = parser.Record!;
                records.Add(separator == " " ? [.. record.Where(f => f.Length > 0)] : record);
                fields += record.Length;
            }
        }
        catch (Exception error) when (CsvDialect.IsKnown(error) || error is InputException)
        {
            // told when the file itself is read
        }

        return new CsvSample(records);
    }

    /// <summary>Whether numbers have a decimal comma: some do without doubt, as "0,5" and "1.234,56", and none has a decimal point. A comma
    /// before three digits alone, as in "1,234", may stand between thousands.</summary>
    public bool HasDecimalCommas
    {
        get
        {
            var isSure = false;
            foreach (var text in Records.SelectMany(record => record))
            {
                if (text.Contains('.') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    return false;
                }

                isSure |=
                    DecimalComma.TryRead(text, out _)
                    && text.AsSpan().TrimStart("+-") is var digits
                    && (
                        digits.Length - digits.IndexOf(',') != 4
                        || digits.IndexOf(',') is 0 or > 3
                        || digits[0] == '0'
                        || digits.Contains('.')
                    );
            }

            return isSure;
        }
    }

    /// <summary>Whether a first record of texts is an example like the others: at least half of its fields stand in the same columns of
    /// others again, as the names of columns do not.</summary>
    /// <param name="first">The record.</param>
    public bool HasAgain(string[] first)
    {
        var again = Enumerable
            .Range(0, first.Length)
            .Count(i => first[i].Length > 0 && Records.Any(r => r.Length == first.Length && r[i] == first[i] && !r.SequenceEqual(first)));
        return 2 * again >= first.Length;
    }
}
