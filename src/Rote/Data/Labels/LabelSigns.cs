using System.Globalization;

namespace Rote.Data.Labels;

/// <summary>Signs that labels are not what they are read as, one class an example: whole numbers that are a quantity, a class that
/// stands for no label, and cells with several labels. They are said and nothing is refused, because only the owner of the data
/// knows.</summary>
/// <remarks>
/// A quantity, such as an age in years, is suspected where all of this holds:
/// <list type="bullet">
/// <item>Every label is a whole number, and there are at least <see cref="FewestValues"/> of them. Digits, grades and months are
/// fewer.</item>
/// <item>At least three quarters of the steps from one to the next are 1. Codes and postcodes lie apart.</item>
/// <item>Most have fewer than <see cref="Few"/> examples. Of classes one collects more; years that are classes have many
/// each.</item>
/// <item>They are not all numbers from 0, or from 1, up to the last: so classes are numbered, however rare they are.</item>
/// </list>
/// Several labels in a cell are suspected where labels can be parted at a semicolon, a bar or a comma, and more than half of the different
/// parts are also labels by themselves. Names such as "Smith; John" and "tench, Tinca tinca" have a separator, but their parts are no
/// labels: of the 1,000 names of ImageNet a handful are a part of another. A comma between two digits parts nothing: it is that of a
/// number.
/// </remarks>
internal static class LabelSigns
{
    /// <summary>Whole numbers that are fewer than this are taken as classes: a quantity of so few values can be learned as such.</summary>
    public const int FewestValues = 20;

    /// <summary>Examples of a value that are few.</summary>
    public const int Few = 20;

    private const int LongestShown = 60;

    private const string Separators = ";|,";

    /// <summary>Names that say that there is no label.</summary>
    private static readonly string[] NoLabels = ["unlabelled", "unlabeled", "not labelled", "not labeled", "no label", "nolabel", "unsup"];

    /// <summary>What is to be said of labels.</summary>
    /// <param name="name">Where they come from.</param>
    /// <param name="classNames">[K] names.</param>
    /// <param name="labels">[N] class numbers; looked at only where the names leave it open.</param>
    /// <returns>Sentences; none where nothing is odd.</returns>
    public static IEnumerable<string> In(string name, IReadOnlyList<string> classNames, IEnumerable<long> labels)
    {
        if (Quantity(classNames, labels) is var (least, most))
        {
            yield return $"{name}: the labels are {classNames.Count:N0} whole numbers from {least} to {most}, most with fewer than {Few} "
                + $"examples: are they a quantity, such as an age? {ClassList.Quantity} If they are classes, there is nothing to do.";
        }

        if (Missing(classNames) is { } missing)
        {
            var literal = missing == "-1" ? missing : $"'{missing}'";
            yield return $"{name}: {missing} is read as a class like the others. Some programs, such as scikit-learn, write it for an "
                + $"example without a label; if yours does, leave such examples out: t[t.label.astype(str) != '{missing}'] in pandas, or "
                + $"x[y != {literal}] and y[y != {literal}] in NumPy.";
        }

        if (
            Separators.Select(separator => Several(classNames, separator)).FirstOrDefault(found => found is not null)
            is var (count, first, by)
        )
        {
            yield return $"{name}: {count:N0} of {classNames.Count:N0} labels {(count == 1 ? "seems" : "seem")} to hold several, such as "
                + $"\"{Shown(first)}\", and each is read as a class of its own: Rote learns one label an example. In pandas, "
                + $"y.str.partition('{by}')[0] keeps the first of each, and y.str.get_dummies('{by}') makes a column of 0 and 1 for every "
                + "label, each of which can be learned by itself.";
        }
    }

    /// <summary>The class that may stand for examples without a label: −1 below classes that are numbered from 0 or 1, or a name that
    /// says so; null if there is none.</summary>
    private static string? Missing(IReadOnlyList<string> classNames)
    {
        if (classNames.Count > 2 && classNames[0] == "-1" && Whole(classNames[1]) is 0 or 1)
        {
            var isCounted = Enumerable.Range(2, classNames.Count - 2).All(i => Whole(classNames[i]) == Whole(classNames[1]) + i - 1);
            return isCounted ? classNames[0] : null;
        }

        return classNames.Count > 2
            ? classNames.FirstOrDefault(name =>
                NoLabels.Contains(name.Replace('_', ' ').Replace('-', ' '), StringComparer.OrdinalIgnoreCase)
            )
            : null;
    }

    /// <summary>The least and the largest value of a quantity; null where the labels are classes.</summary>
    private static (long Least, long Most)? Quantity(IReadOnlyList<string> classNames, IEnumerable<long> labels)
    {
        var values = classNames.Select(Whole).TakeWhile(value => value is not null).Select(value => value!.Value).ToArray();
        if (values.Length < Math.Max(FewestValues, classNames.Count))
        {
            return null;
        }

        Array.Sort(values);
        var steps = values.Zip(values.Skip(1)).Count(pair => pair.First + 1 == pair.Second);
        var areNumbered = values[0] is 0 or 1 && steps == values.Length - 1;
        if (areNumbered || 4 * steps < 3 * (values.Length - 1))
        {
            return null;
        }

        var rare = labels.CountBy(label => label).Count(pair => pair.Value < Few);
        return 2 * rare > values.Length ? (values[0], values[^1]) : null;
    }

    /// <summary>A whole number as it is written; codes such as 01 are none.</summary>
    private static long? Whole(string name) =>
        long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value.ToString(CultureInfo.InvariantCulture) == name
            ? value
            : null;

    /// <summary>Labels with several in them.</summary>
    /// <returns>How many, the first, and what stands between its parts; null where there are none.</returns>
    private static (int Count, string First, string By)? Several(IReadOnlyList<string> names, char separator)
    {
        var joined = names.Select(name => (Name: name, Parts: Parts(name, separator))).Where(label => label.Parts.Length > 1).ToArray();
        var parts = joined.SelectMany(label => label.Parts).ToHashSet(StringComparer.Ordinal);
        if (2 * parts.Count(names.ToHashSet(StringComparer.Ordinal).Contains) <= parts.Count)
        {
            return null;
        }

        string[] forms = [$" {separator} ", $"{separator} ", $"{separator}"];
        var by = forms.First(form => joined.All(label => label.Name.Split(form).Length == label.Name.Split(separator).Length));
        return (joined.Length, joined[0].Name, by);
    }

    /// <summary>The different parts of a label; itself alone where a comma is that of a number.</summary>
    private static string[] Parts(string name, char separator)
    {
        var isNumber =
            separator == ','
            && Enumerable
                .Range(1, Math.Max(0, name.Length - 2))
                .Any(i => name[i] == ',' && char.IsAsciiDigit(name[i - 1]) && char.IsAsciiDigit(name[i + 1]));
        const StringSplitOptions Clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        return isNumber ? [name] : [.. name.Split(separator, Clean).Distinct(StringComparer.Ordinal)];
    }

    private static string Shown(string name) => Shortened.Beginning(name, LongestShown);
}
