using System.Globalization;

namespace Rote.Data.Labels;

/// <summary>The classes that label texts stand for: whole numbers in ascending order, or names in ordinal order.</summary>
internal sealed class ClassList
{
    /// <summary>What to do with labels that are a quantity.</summary>
    public const string Quantity =
        "A quantity is a target of regression, which Rote does not learn; in pandas, pd.qcut(y, 5).astype(str) makes five classes of it.";

    private readonly Dictionary<string, long> _numbers;
    private readonly bool _isNumeric;

    private ClassList(IReadOnlyList<string> names, bool isNumeric)
    {
        (Names, _isNumeric) = (names, isNumeric);
        _numbers = names.Select((name, number) => (name, number)).ToDictionary(c => c.name, c => (long)c.number, StringComparer.Ordinal);
    }

    /// <summary>The classes' names, at least two.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds the classes.</summary>
    /// <param name="texts">The distinct labels of the training examples.</param>
    /// <param name="name">Where they come from, for messages.</param>
    /// <param name="order">Names in the order of their class numbers, if the data gives them; names without a label are dropped.</param>
    /// <exception cref="InputException">There are fewer than two classes, or the labels are numbers that are not whole.</exception>
    public static ClassList Of(IReadOnlyCollection<string> texts, string name, IReadOnlyList<string>? order = null)
    {
        var numbers = texts.Select(Number).ToArray();
        var isNumeric = order is null && numbers.Length > 0 && numbers.All(n => n is not null);
        if (isNumeric && texts.Any(IsLongCode))
        {
            isNumeric = false; // identities with more digits than a number keeps, such as those of users, stay as they are written
        }

        if (isNumeric && numbers.FirstOrDefault(n => !double.IsInteger(n!.Value) || Math.Abs(n.Value) > 1L << 53) is { } measure)
        {
            throw new InputException(
                $"{name} has the label {measure.ToString(CultureInfo.InvariantCulture)}, a number that is not whole; expected classes, "
                    + $"as names or whole numbers. {Quantity}"
            );
        }

        if (isNumeric && texts.Any(t => t is ['0', >= '0' and <= '9', ..]) && numbers.Distinct().Count() == texts.Count)
        {
            isNumeric = false; // numbers that are codes, such as 01, stay as they are written
        }

        IReadOnlyList<string> names =
            order is not null ? [.. order.Where(texts.Contains)]
            : isNumeric ? [.. numbers.Select(n => (long)n!.Value).Distinct().Order().Select(n => n.ToString(CultureInfo.InvariantCulture))]
            : [.. texts.Order(StringComparer.Ordinal)];
        return names.Count >= 2
            ? new ClassList(names, isNumeric)
            : throw new InputException(
                names.Count == 0 ? $"{name} has no labels." : $"{name}: every label is {names[0]}, expected at least two classes."
            );
    }

    /// <summary>The number of a label's class; null if there is none. If all labels are numbers, "1", "1.0" and "01" are one class, unless
    /// leading zeros mark the labels as codes.</summary>
    public long? NumberOf(string text)
    {
        var name =
            _isNumeric && Number(text) is { } number && double.IsInteger(number)
                ? ((long)number).ToString(CultureInfo.InvariantCulture)
                : text;
        return _numbers.TryGetValue(name, out var found) ? found : null;
    }

    private static bool IsLongCode(string text) => text.Length > 15 && text.All(char.IsAsciiDigit);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
