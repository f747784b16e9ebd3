using System.Globalization;
using System.Text;
using System.Text.Json;
using Rote.Data.Formats.Csv;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Formats.Json;

/// <summary>Reads a file of one JSON object per line, all with the first one's keys; a list becomes a column per number.</summary>
internal sealed class JsonRecords : TableRecords
{
    private const int RowsWithKeys = 1000; // of which the keys are looked at before the rows are read

    private readonly JsonLine _lines;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _columns = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal); // keys of objects, and of lists without numbers
    private ReadOnlyMemory<byte> _line;
    private (JsonTokenType Kind, int Start, int Length)[] _values = [];
    private string?[] _texts = [];
    private (string Name, int First, int Count)? _list;
    private bool _isGivenOut; // false at first: the first record was read for its keys, and Next returns it again
    private long _row = -1;

    private JsonRecords(string path)
    {
        Path = path;
        _lines = new JsonLine(Open(path), path);
        if (!Line())
        {
            throw new InputException($"{path} is empty, expected a JSON object a line.");
        }

        var plain = LookAhead();
        Parse(isFirst: true);
        foreach (var key in plain.Where(key => !_places.ContainsKey(key) && !_unread.Contains(key)))
        {
            Add(key, key);
        }

        RequireColumns();
        (_values, _texts) = (new (JsonTokenType, int, int)[_columns.Count], new string?[_columns.Count]);
    }

    public override string Path { get; }

    public override IReadOnlyList<string> Columns => _columns;

    public override (string Name, int First, int Count)? List => _list;

    public override IReadOnlyList<string> Unread => [.. _unread.Order(StringComparer.Ordinal)];

    public override long Row => _row;

    public override string Place => $"row {Row} (line {_lines.Number})";

    public override string this[int column] =>
        _texts[column] ??= _values[column].Kind switch
        {
            JsonTokenType.Null or JsonTokenType.None => "",
            _ => Encoding.UTF8.GetString(_line.Span.Slice(_values[column].Start, _values[column].Length)),
        };

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is empty, or its first line is no valid JSON object.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static JsonRecords Read(string path) => new(path);

    public override bool Next()
    {
        if (_isGivenOut && !Line())
        {
            return false;
        }

        _isGivenOut = true;
        _row++;
        Array.Clear(_texts);
        Array.Clear(_values);
        Parse(isFirst: false);
        // A key that is not there is a missing value, except in a vector.
        var missing = _list is { } list ? Array.FindIndex(_values, list.First, list.Count, v => v.Kind == JsonTokenType.None) : -1;
        return missing < 0
            ? true
            : throw new InputException(
                $"{Path}: {Place} has no {_columns[missing]}, which the first line has, expected a list in every line."
            );
    }

    public override bool TryNumber(int column, out double value)
    {
        if (
            _values[column].Kind == JsonTokenType.Number
            && System.Buffers.Text.Utf8Parser.TryParse(
                _line.Span.Slice(_values[column].Start, _values[column].Length),
                out value,
                out var read
            )
            && read == _values[column].Length
        )
        {
            return true;
        }

        return base.TryNumber(column, out value);
    }

    protected override void Dispose(bool disposing) => _lines.Dispose();

    private static Stream Open(string path)
    {
        try
        {
            return GzipText.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Looks at every value of the first lines, and finds the keys that hold what no feature and no label is made of, as spans and
    /// tags of annotation tools. What is wrong with these lines is said when they are read.</summary>
    /// <returns>The keys that hold plain values, in the order of their first ones.</returns>
    private List<string> LookAhead()
    {
        var (plain, known) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        using var lines = new JsonLine(Open(Path), Path);
        try
        {
            for (var row = 0; row < RowsWithKeys && lines.Next(out var line); row++)
            {
                var reader = new Utf8JsonReader(line.Span);
                for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    var isList = reader.TokenType == JsonTokenType.StartArray;
                    if (reader.TokenType == JsonTokenType.StartObject || (isList && !IsOfNumbers(reader)))
                    {
                        _unread.Add(key);
                    }
                    else if (!isList && known.Add(key))
                    {
                        plain.Add(key);
                    }
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException || CsvDialect.IsKnown(error))
        {
            // Read again later, and named then.
        }

        return plain;
    }

    /// <summary>Whether a list is meant as numbers: it is empty, or one of its items is a number, missing, or a number as text. The
    /// reader is a copy, and does not move.</summary>
    private static bool IsOfNumbers(Utf8JsonReader list)
    {
        var isEmpty = true;
        for (; list.Read() && list.TokenType != JsonTokenType.EndArray; list.Skip())
        {
            isEmpty = false;
            if (
                list.TokenType is JsonTokenType.Number or JsonTokenType.Null
                || (list.TokenType == JsonTokenType.String && double.TryParse(list.ValueSpan, CultureInfo.InvariantCulture, out _))
            )
            {
                return true;
            }
        }

        return isEmpty;
    }

    private bool Line()
    {
        try
        {
            return _lines.Next(out _line);
        }
        catch (Exception error) when (CsvDialect.IsKnown(error))
        {
            throw CsvDialect.Sentence(error, Path, $"line {_lines.Number + 1}");
        }
    }

    private void Parse(bool isFirst)
    {
        try
        {
            var reader = new Utf8JsonReader(_line.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InputException(
                    $"{Path}: line {_lines.Number} is no JSON object, expected one a line, as {{\"a\": 0.5, \"label\": \"cat\"}}"
                        + (reader.TokenType == JsonTokenType.StartArray ? $"; {ForeignFormats.Json(Path)}" : ".")
                );
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                Value(ref reader, key, isFirst);
            }

            if (reader.Read())
            {
                throw new InputException($"{Path}: line {_lines.Number} goes on after its JSON object, expected one a line.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException(
                $"{Path}: line {_lines.Number} is no JSON object ({e.Message.Split('.')[0].Split('\n')[0]})"
                    + (
                        _line.Span.IndexOf("NaN"u8) >= 0 || _line.Span.IndexOf("Infinity"u8) >= 0
                            ? "; NaN and Infinity are none of JSON's numbers, write null."
                        : _line.Span.Contains((byte)0) ? $", and the file looks like UTF-16; {TextEncoding.Advice(Path, "utf-16")}."
                        : ", expected one a line."
                    ),
                e
            );
        }
    }

    private void Value(ref Utf8JsonReader reader, string key, bool isFirst)
    {
        switch (reader.TokenType)
        {
            case var _ when _unread.Contains(key):
                reader.Skip();
                break;
            case JsonTokenType.StartArray:
                Items(ref reader, key, isFirst);
                break;
            case JsonTokenType.StartObject:
                throw new InputException(
                    $"{Path}: {key} in line {_lines.Number} is an object in an object, expected numbers, text or lists of numbers."
                );
            case var _ when isFirst:
                Add(key, key);
                break;
            default:
                Keep(ref reader, PlaceOf(key));
                break;
        }
    }

    private void Items(ref Utf8JsonReader reader, string key, bool isFirst)
    {
        var first = isFirst ? _columns.Count : PlaceOf(key);
        if (isFirst && _list is { } other)
        {
            throw new InputException($"{Path} has 2 columns of lists of numbers, {other.Name}, {key}; leave one.");
        }

        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.Null))
            {
                throw new InputException($"{Path}: the list {key} in line {_lines.Number} holds something else than numbers.");
            }

            if (isFirst)
            {
                Add($"{key}[{count}]", count == 0 ? key : null);
            }
            else if (_list is { } list && list.Name == key && count < list.Count)
            {
                Keep(ref reader, first + count);
            }
        }

        if (isFirst)
        {
            _list =
                count > 0
                    ? (key, first, count)
                    : throw new InputException(
                        $"{Path}: the list {key} in line {_lines.Number} has 0 numbers, expected 1 to {ArrayVectors.MostFeatures}."
                    );
        }
        else if (_list is not { } list || list.Name != key || count != list.Count)
        {
            throw new InputException(
                $"{Path}: the list {key} in line {_lines.Number} has {count} numbers and the first has "
                    + $"{(_list?.Name == key ? _list?.Count : 0)}, expected as many in each."
            );
        }
    }

    private void Add(string column, string? key)
    {
        if (key is not null && !_places.TryAdd(key, _columns.Count))
        {
            throw new InputException($"{Path}: line {_lines.Number} has the key {key} twice.");
        }

        if (_columns.Count > ArrayVectors.MostFeatures)
        {
            throw new InputException($"{Path} has more than {ArrayVectors.MostFeatures + 1} columns.");
        }

        _columns.Add(column);
    }

    private int PlaceOf(string key) =>
        _places.TryGetValue(key, out var place)
            ? place
            : throw new InputException(
                $"{Path}: {Place} has the key \"{key}\", which the first {RowsWithKeys:N0} lines lack; give every line the same keys."
            );

    private void Keep(ref Utf8JsonReader reader, int place)
    {
        if (_values[place].Kind != JsonTokenType.None)
        {
            throw new InputException($"{Path}: {Place} has the key {_columns[place]} twice.");
        }

        _values[place] = (reader.TokenType, (int)reader.TokenStartIndex, reader.ValueSpan.Length);
        if (reader.TokenType == JsonTokenType.String)
        {
            _texts[place] = reader.GetString()!.Trim();
        }
    }
}
