using System.Globalization;
using System.Text;
using Rote.Data;

namespace Rote.Audits.Review;

/// <summary>Reads <see cref="AuditFiles.Csv"/> back, a few of its columns.</summary>
internal sealed class AuditTable
{
    private static readonly string[] Needed = ["file", "row", "label", "score"];

    private readonly string _path;
    private readonly Dictionary<string, int> _classes;
    private readonly List<string> _classNames;
    private readonly List<(RowIdentity Agreeing, RowIdentity Contradicting, RowIdentity Twin)> _others = [];
    private readonly List<ReviewedExample> _rows = [];
    private byte[] _fileBytes = [];
    private string _file = "";

    private AuditTable(string path, IReadOnlyList<string> classNames)
    {
        _path = path;
        _classNames = [.. classNames];
        _classes = classNames.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
    }

    /// <summary>Reads the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classNames">Classes whose order is known; others follow in ordinal order.</param>
    /// <returns>Examples in the order of the file, and all classes.</returns>
    /// <exception cref="InputException">It is no such table.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static (ReviewedExample[] Examples, IReadOnlyList<string> ClassNames) Read(string path, IReadOnlyList<string> classNames)
    {
        var table = new AuditTable(path, classNames);
        try
        {
            table.ReadAll(new CsvScan(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is DecoderFallbackException or FormatException or OverflowException)
        {
            throw new InputException(
                $"{path} is damaged near row {table._rows.Count} ({e.Message.Split('\n')[0].TrimEnd('.', '\r')}); audit again.",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }

        return (table.Linked(), table._classNames);
    }

    private void ReadAll(CsvScan csv)
    {
        if (!csv.Next())
        {
            throw new InputException($"{_path} is empty, expected the table of an audit; audit again.");
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Count; i++)
        {
            if (!columns.TryAdd(csv[i], i))
            {
                throw new InputException($"{_path} has a column {csv[i]} twice, expected the table of an audit; audit again.");
            }
        }

        if (Needed.FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
        {
            throw new InputException(
                $"{_path} has no column {missing}, expected the table of an audit (with {string.Join(", ", Needed)}, …); audit again."
            );
        }

        var count = columns.Count;
        var at = new Places(columns);
        while (csv.Next())
        {
            if (csv.Count != count)
            {
                throw new InputException(
                    $"{_path}: row {_rows.Count} has {csv.Count} fields, expected {count}; the file is cut. Audit again."
                );
            }

            Add(csv, at);
        }

        if (_rows.Count == 0)
        {
            throw new InputException($"{_path} has no rows, expected one an example; audit again.");
        }
    }

    private void Add(CsvScan csv, Places at)
    {
        _rows.Add(
            new ReviewedExample
            {
                Id = _rows.Count,
                Identity = Identity(csv, at.File, at.Row),
                Label = ClassOf(csv[at.Label]),
                Suggested = At(csv, at.Suggested) is { Length: > 0 } suggested ? ClassOf(suggested) : null,
                Score = Number(csv, at.Score),
                Verdict = At(csv, at.Verdict) is { Length: > 0 } verdict ? string.Intern(verdict) : "",
                WrongProbability = Number(csv, at.WrongProbability),
                SelfConfidence = Number(csv, at.SelfConfidence),
                SuggestedProbability = Number(csv, at.SuggestedProbability),
                Text = at.Text < 0 ? null : csv[at.Text],
                Name = At(csv, at.Name) is { Length: > 0 } name ? name : null,
                Picture = At(csv, at.Picture) is { Length: > 0 } picture ? picture : null,
            }
        );
        _others.Add(
            (
                Identity(csv, at.AgreeingFile, at.AgreeingRow),
                Identity(csv, at.ContradictingFile, at.ContradictingRow),
                Identity(csv, at.TwinFile, at.TwinRow)
            )
        );
    }

    private int ClassOf(string name)
    {
        if (!_classes.TryGetValue(name, out var number))
        {
            number = _classNames.Count;
            _classNames.Add(name);
            _classes.Add(name, number);
        }

        return number;
    }

    private RowIdentity Identity(CsvScan csv, int file, int row)
    {
        if (file < 0 || row < 0)
        {
            return default;
        }

        // Mostly the file of the row before: then it is the same text.
        if (!csv.Bytes(file).SequenceEqual(_fileBytes))
        {
            (_fileBytes, _file) = (csv.Bytes(file).ToArray(), csv[file]);
        }

        var number = csv.Bytes(row);
        return new RowIdentity(_file, number.IsEmpty ? null : long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>The examples with numbers in place of their neighbours' names.</summary>
    private ReviewedExample[] Linked()
    {
        var ids = new Dictionary<RowIdentity, int>(_rows.Count);
        foreach (var example in _rows)
        {
            if (!ids.TryAdd(example.Identity, example.Id))
            {
                throw new InputException($"{_path} names {example.Identity.Name} twice, expected each example once; audit again.");
            }
        }

        return
        [
            .. _rows.Zip(
                _others,
                (example, other) =>
                    example with
                    {
                        Agreeing = IdOf(other.Agreeing),
                        Contradicting = IdOf(other.Contradicting),
                        DuplicateOf = IdOf(other.Twin),
                    }
            ),
        ];

        int? IdOf(RowIdentity identity) =>
            identity is { File: null or "", Row: null } ? null
            : ids.TryGetValue(identity, out var id) ? id
            : null;
    }

    private static string At(CsvScan csv, int column) => column < 0 ? "" : csv[column];

    private static double Number(CsvScan csv, int column) =>
        column < 0 || csv.Bytes(column).IsEmpty
            ? double.NaN
            : double.Parse(csv.Bytes(column), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Where the columns are; −1 for those that an audit lacks.</summary>
    private sealed class Places(Dictionary<string, int> columns)
    {
        public int File { get; } = columns["file"];
        public int Row { get; } = columns["row"];
        public int Label { get; } = columns["label"];
        public int Score { get; } = columns["score"];
        public int Text { get; } = columns.GetValueOrDefault("text", -1);
        public int Name { get; } = columns.GetValueOrDefault("name", -1);
        public int Picture { get; } = columns.GetValueOrDefault("picture", -1);
        public int Verdict { get; } = columns.GetValueOrDefault("verdict", -1);
        public int Suggested { get; } = columns.GetValueOrDefault("suggested", -1);
        public int WrongProbability { get; } = columns.GetValueOrDefault("wrongProbability", -1);
        public int SelfConfidence { get; } = columns.GetValueOrDefault("selfConfidence", -1);
        public int SuggestedProbability { get; } = columns.GetValueOrDefault("suggestedProbability", -1);
        public int AgreeingFile { get; } = columns.GetValueOrDefault("nearestAgreeingFile", -1);
        public int AgreeingRow { get; } = columns.GetValueOrDefault("nearestAgreeingRow", -1);
        public int ContradictingFile { get; } = columns.GetValueOrDefault("nearestContradictingFile", -1);
        public int ContradictingRow { get; } = columns.GetValueOrDefault("nearestContradictingRow", -1);
        public int TwinFile { get; } = columns.GetValueOrDefault("duplicateOfFile", -1);
        public int TwinRow { get; } = columns.GetValueOrDefault("duplicateOfRow", -1);
    }
}
