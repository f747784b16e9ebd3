using System.Globalization;

namespace Rote.Data.Formats.Tables;

/// <summary>Facts about one column from its values: whether they number the rows, and whether they encode the label.</summary>
/// <param name="name">Its name.</param>
/// <param name="isNameless">Whether the file gives it no name.</param>
internal sealed class ColumnFacts(string name, bool isNameless)
{
    /// <summary>With fewer rows a feature may agree with the label by chance.</summary>
    public const int FewestRows = 10;

    private const int MostValues = 10_000;

    private static readonly string[] IndexNames =
    [
        "",
        "id",
        "idx",
        "index",
        "row",
        "rowid",
        "row_id",
        "rownumber",
        "row_number",
        "no",
        "nr",
        "#",
        "level_0",
    ];

    private readonly Dictionary<string, string> _labelOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _valueOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _zeros = new(StringComparer.Ordinal);
    private readonly bool _canCount =
        isNameless
        || IndexNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("unnamed", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("id", StringComparison.OrdinalIgnoreCase) // PassengerId
        || name.StartsWith("__index_level_", StringComparison.Ordinal);
    private double _last = double.NegativeInfinity;
    private long _first;
    private bool _counts = true;
    private bool _increases = true; // in whole numbers
    private bool _isOneToOne = true;
    private bool _isIndicator = true;
    private readonly List<double> _numbers = [];
    private readonly List<string> _labels = [];
    private bool _mayAnswer = true;

    /// <summary>The column's name.</summary>
    public string Name => name;

    /// <summary>Whether the file gives it no name.</summary>
    public bool IsNameless => isNameless;

    /// <summary>The number of rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether no row has a value.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether its name is usual for row numbers and its values are 0, 1, 2, … or 1, 2, 3, ….</summary>
    public bool CountsRows => _canCount && _counts && Rows > 0;

    /// <summary>Whether it has such a name and its values are increasing whole numbers: from ten rows on it identifies the rows.</summary>
    public bool Identifies => _canCount && _increases && Rows >= FewestRows;

    /// <summary>Whether values and labels correspond one to one.</summary>
    public bool IsOneToOne => _isOneToOne && Rows >= FewestRows && _labelOf.Count > 1 && _labelOf.Count < Rows;

    /// <summary>The label of exactly the rows with the value 1; null if it is not such a column of 0 and 1.</summary>
    public string? Indicated { get; private set; }

    /// <summary>How well the column tells the label.</summary>
    public LabelTies Ties { get; } = new();

    /// <summary>Whether the column tells the label by the order of the rows.</summary>
    public RowOrder Order { get; } = new();

    /// <summary>Whether the column says which part of the data a row belongs to.</summary>
    public PartColumn Part { get; } = new(name);

    /// <summary>Whether the column may be one of another network's answers (<see cref="AnswerColumns"/>); not asked of wide
    /// tables.</summary>
    public bool MayAnswer
    {
        get => _mayAnswer;
        init => _mayAnswer = value;
    }

    /// <summary>The numbers of the first rows; of no use where the column may not answer.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>The labels of these rows.</summary>
    public IReadOnlyList<string> LabelsOfNumbers => _labels;

    /// <summary>Whether more rows could still change these facts.</summary>
    public bool IsOpen =>
        Rows < FewestRows
        || CountsRows
        || Identifies
        || _isOneToOne
        || _isIndicator
        || (isNameless && IsEmpty)
        || Ties.IsOpen
        || Order.IsOpen
        || Part.IsOpen
        || (_mayAnswer && _numbers.Count < AnswerColumns.MostRows);

    /// <summary>Adds the next row.</summary>
    /// <param name="text">The value as written.</param>
    /// <param name="label">The row's label; null if it has none.</param>
    public void Add(string text, string? label)
    {
        IsEmpty &= text.Length == 0;
        if (_canCount && (_counts || _increases))
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            _counts &= isNumber && (Rows > 0 ? number == _first + Rows : number is 0 or 1);
            _first = Rows == 0 && _counts ? (long)number : _first;
            _increases &= isNumber && number > _last && double.IsInteger(number);
            _last = number;
        }

        Rows++;
        AddPair(text, label);
        AddIndicator(text, label);
        Ties.Add(text, label);
        Order.Add(text, label);
        Part.Add(text);
        AddNumber(text, label);
    }

    private void AddNumber(string text, string? label)
    {
        if (!_mayAnswer || _numbers.Count == AnswerColumns.MostRows)
        {
            return;
        }

        if (label is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            _numbers.Add(number);
            _labels.Add(label);
        }
        else
        {
            _mayAnswer = false;
        }
    }

    private void AddPair(string text, string? label)
    {
        if (!_isOneToOne)
        {
            return;
        }

        if (
            label is null
            || text.Length == 0
            || _labelOf.Count > MostValues
            || !Goes(_labelOf, text, label)
            || !Goes(_valueOf, label, text)
        )
        {
            _isOneToOne = false;
            _labelOf.Clear();
            _valueOf.Clear();
        }
    }

    private static bool Goes(Dictionary<string, string> pairs, string from, string to) => pairs.TryAdd(from, to) || pairs[from] == to;

    private void AddIndicator(string text, string? label)
    {
        if (!_isIndicator)
        {
            return;
        }

        var isOne = text is "1" or "1.0" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        var isZero = text is "0" or "0.0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
        if (isOne && label is not null)
        {
            Indicated ??= label;
            _isIndicator = Indicated == label;
        }
        else if (isZero && label is not null && _zeros.Count <= MostValues)
        {
            _zeros.Add(label);
        }
        else
        {
            _isIndicator = false;
        }

        _isIndicator &= Indicated is null || !_zeros.Contains(Indicated);
        if (!_isIndicator)
        {
            Indicated = null;
            _zeros.Clear();
        }
    }
}
