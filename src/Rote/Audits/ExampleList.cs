using System.Globalization;
using System.Text;
using Rote.Audits.Review;
using Rote.Data;

namespace Rote.Audits;

/// <summary>A file that names training examples, in any of the forms in which Rote writes them.</summary>
/// <param name="Rows">Numbers of the examples among those given, ascending, each once.</param>
/// <param name="Repeated">Entries that named an example again.</param>
/// <param name="OfTest">Entries that named an example of the test, which was never trained on.</param>
public sealed record ExampleList(IReadOnlyList<long> Rows, int Repeated, int OfTest)
{
    private const long Longest = 1L << 28;
    private const string Expected =
        "expected a table with the columns file and row (suspects.csv, canaries.csv), decisions.csv or decisions.jsonl, or a text with a "
        + "row number or a name on each line";

    /// <summary>Reads one.</summary>
    /// <param name="path">
    /// A table (<c>.csv</c>) with <c>row</c>, <c>file</c> or both; one with <c>decision</c>, or the file of a review (<c>.jsonl</c>): then
    /// what was decided to be dropped. Else a text like <c>keep.txt</c>: a line an example, its row number or its name.
    /// </param>
    /// <param name="train">The examples that may be named.</param>
    /// <param name="test">Those of the test. An audit ranks them too where they are of the same file; they are counted and passed
    /// over.</param>
    /// <exception cref="InputException">It is no such file, names nothing, an example that is not there, or none but of the
    /// test.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ExampleList Read(string path, SourceRows train, SourceRows test)
    {
        var names = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" => Dropped(path),
            ".csv" => Table(path, Bytes(path)),
            _ => Lines(path, Bytes(path)),
        };
        if (names.Count == 0)
        {
            throw new InputException($"{path} names no example; {Expected}.");
        }

        var places = new Dictionary<RowIdentity, long>(train.Count);
        for (var i = 0; i < train.Count; i++)
        {
            places.TryAdd(train[i], i);
        }

        var files = train.Files;
        var untrained = test.ToHashSet();
        var found = names.ConvertAll(name => Place(path, name, places, files, train, untrained));
        long[] all = [.. found.OfType<long>()];
        long[] rows = [.. all.Distinct().Order()];
        return rows.Length > 0
            ? new ExampleList(rows, all.Length - rows.Length, found.Count - all.Length)
            : throw new InputException(
                $"{path} names {Shown(Named(path, names[0], files, train).Name)}, which is an example of the test, and no other: "
                    + "nothing of it was trained on."
            );
    }

    /// <summary>The number of an example among those of the training; null where it is one of the test.</summary>
    private static long? Place(
        string path,
        (string? File, long? Row) name,
        Dictionary<RowIdentity, long> places,
        IReadOnlyList<string> files,
        SourceRows train,
        HashSet<RowIdentity> test
    )
    {
        var identity = Named(path, name, files, train);
        return places.TryGetValue(identity, out var place) ? place
            : test.Contains(identity) ? null
            : throw new InputException(
                $"{path} names {Shown(identity.Name)}, which is none of the {train.Count:N0} training examples (the first is "
                    + $"{Shown(train[0].Name)}); leave it out, or give the data that it is of."
            );
    }

    private static RowIdentity Named(string path, (string? File, long? Row) name, IReadOnlyList<string> files, SourceRows train)
    {
        if (name.File is null && files.Count != 1)
        {
            throw new InputException(
                $"{path} names row {name.Row} without a file, and the examples are of {files.Count:N0} files, as {Shown(train[0].Name)}; "
                    + "name them as Rote does, with the column file or by name."
            );
        }

        return new RowIdentity(name.File ?? files[0], name.Row);
    }

    private static List<(string? File, long? Row)> Dropped(string path) =>
        [
            .. DecisionFile
                .Read(path)
                .Labels.Where(label => label.Consensus.Choice == ReviewChoice.Drop)
                .Select(label => ((string?)label.File, label.Row)),
        ];

    private static List<(string? File, long? Row)> Table(string path, byte[] bytes)
    {
        var csv = new CsvScan(bytes);
        var found = new List<(string? File, long? Row)>();
        var line = 0;
        try
        {
            string[] header = csv.Next() ? [.. Enumerable.Range(0, csv.Count).Select(i => csv[i].Trim())] : [];
            if (header.Contains("decision"))
            {
                return Dropped(path);
            }

            var (file, row) = (Array.IndexOf(header, "file"), Array.IndexOf(header, "row"));
            if (file < 0 && row < 0)
            {
                throw new InputException($"{path} has neither a column file nor a column row; {Expected}.");
            }

            while (csv.Next())
            {
                line++;
                if (csv.Count != header.Length)
                {
                    throw new InputException($"{path}: row {line} has {csv.Count} fields, expected {header.Length} as in its header.");
                }

                var text = row < 0 ? "" : csv[row].Trim();
                if (file < 0 && text.Length == 0)
                {
                    throw new InputException($"{path}: row {line} names no example: its row is empty.");
                }

                found.Add((file < 0 ? null : csv[file], text.Length == 0 ? null : Number(path, line, text)));
            }
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            var what = e is FormatException ? e.Message : "it is no UTF-8";
            throw new InputException($"{path} is no table of examples: after row {line} {what}; save it as CSV in UTF-8.", e);
        }

        return found;
    }

    private static List<(string? File, long? Row)> Lines(string path, byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path} is no text in UTF-8; {Expected}.", e);
        }

        return [.. text.Split('\n').Select(line => line.Trim('\r', ' ', '\t', '\uFEFF')).Where(line => line.Length > 0).Select(Named)];
    }

    /// <summary>A number, <c>file[row]</c> or a file's name.</summary>
    private static (string? File, long? Row) Named(string line)
    {
        if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (null, number);
        }

        var open = line.EndsWith(']') ? line.LastIndexOf('[') : -1;
        return open > 0 && long.TryParse(line[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (line[..open], row)
            : (line, null);
    }

    private static long Number(string path, int line, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? row
            : throw new InputException($"{path}: row {line} has the row {Shown(text)}, expected a whole number from 0, or nothing.");

    private static byte[] Bytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder; {Expected}.");
        }

        if (!File.Exists(path))
        {
            throw new InputException($"There is no file {path}; {Expected}.");
        }

        try
        {
            return new FileInfo(path).Length is var length && length > Longest
                ? throw new InputException($"{path} has {length:N0} bytes, expected a list of examples, at most {Longest:N0}.")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
    }

    private static string Shown(string text) => DecisionTable.Shown(text);
}
