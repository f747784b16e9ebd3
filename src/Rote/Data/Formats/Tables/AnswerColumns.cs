namespace Rote.Data.Formats.Tables;

/// <summary>Columns that look like another network's answers: one number for each class, the largest of which is that of the row's label
/// in most rows.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Share">The share of the rows in which the largest is that of the label.</param>
/// <remarks>
/// Two signs are looked for: columns whose names are those of the classes with one word around them (<c>cat</c>, <c>prob_cat</c>,
/// <c>p0</c>), and neighbouring columns, as many as there are classes, that add up to 1 in every row. In the second case a column belongs
/// to the class that is most frequent among the rows where it is the largest.
/// </remarks>
internal sealed record AnswerColumns(IReadOnlyList<string> Names, double Share)
{
    /// <summary>As many rows are looked at.</summary>
    public const int MostRows = 200;

    /// <summary>With more columns none is looked at.</summary>
    public const int MostColumns = 256;

    private const int FewestRows = 20;

    /// <summary>Answers that agree with the label less often than this are worth no word.</summary>
    private const double Least = 0.8;

    /// <summary>Probabilities are written with few digits.</summary>
    private const double Rounding = 0.02;

    /// <summary>Finds such columns.</summary>
    /// <param name="columns">The names and the numbers of the columns in their order, the same rows of each.</param>
    /// <param name="labels">[N] the labels of these rows.</param>
    /// <returns>The columns; null if there are none.</returns>
    public static AnswerColumns? Find(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> columns, IReadOnlyList<string> labels)
    {
        var classes = labels.Distinct().ToArray();
        if (labels.Count < FewestRows || classes.Length < 2 || columns.Count < classes.Length || columns.Count > MostColumns)
        {
            return null;
        }

        var named = Named(columns, classes);
        var found = named.Length > 0 ? Of(named, labels, classes) : null;
        for (var first = 0; found is null && first + classes.Length <= columns.Count; first++)
        {
            var window = columns.Skip(first).Take(classes.Length).ToArray();
            found = AddUp(window, labels.Count) ? Of(window, labels, ClassesOf(window, labels)) : null;
        }

        return found;
    }

    /// <summary>Finds such columns among those of a table.</summary>
    /// <param name="facts">Facts about the columns that are used.</param>
    public static AnswerColumns? Find(IReadOnlyList<ColumnFacts> facts)
    {
        var numbers = facts.Where(f => f.MayAnswer).ToArray();
        return numbers.Length == 0 || numbers.Any(f => f.Numbers.Count != numbers[0].Numbers.Count)
            ? null
            : Find([.. numbers.Select(f => (f.Name, f.Numbers))], numbers[0].LabelsOfNumbers);
    }

    /// <summary>The columns that are named after the classes, in the order of the classes; none if a class has no column.</summary>
    private static (string Name, IReadOnlyList<double> Values)[] Named(
        IReadOnlyList<(string Name, IReadOnlyList<double> Values)> columns,
        string[] classes
    ) =>
        classes
            .SelectMany((name, k) => columns.Select(c => (Column: c, Class: k, Word: WordAround(c.Name, name))))
            .Where(match => match.Word is not null)
            .GroupBy(match => match.Word, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.DistinctBy(match => match.Class).OrderBy(match => match.Class).Select(match => match.Column).ToArray())
            .FirstOrDefault(group => group.Length == classes.Length && group.Select(c => c.Name).Distinct().Count() == classes.Length)
        ?? [];

    /// <summary>What a column's name has around a class's name; null if it does not have the class's name in it.</summary>
    private static string? WordAround(string column, string name)
    {
        if (name.Length == 0 || name.Length > column.Length)
        {
            return null;
        }

        var isNumber = char.IsAsciiDigit(name[0]);
        if (column.EndsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            var before = column[..^name.Length];
            var isApart = before.Length == 0 || !char.IsLetterOrDigit(before[^1]) || (isNumber && !char.IsAsciiDigit(before[^1]));
            return isApart ? before + "*" : null;
        }

        return column.StartsWith(name, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(column[name.Length])
            ? "*" + column[name.Length..]
            : null;
    }

    private static bool AddUp((string Name, IReadOnlyList<double> Values)[] columns, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            foreach (var (_, values) in columns)
            {
                if (values[row] is < 0 or > 1 or double.NaN)
                {
                    return false;
                }

                sum += values[row];
            }

            if (Math.Abs(sum - 1) > Rounding)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The class that each column stands for; none if two stand for one.</summary>
    private static string[] ClassesOf((string Name, IReadOnlyList<double> Values)[] columns, IReadOnlyList<string> labels)
    {
        var found = labels
            .Select((label, row) => (Label: label, Column: Largest(columns, row)))
            .GroupBy(pair => pair.Column)
            .ToDictionary(group => group.Key, group => group.CountBy(pair => pair.Label).MaxBy(count => count.Value).Key);
        return found.Count == columns.Length && found.Values.Distinct(StringComparer.Ordinal).Count() == columns.Length
            ? [.. Enumerable.Range(0, columns.Length).Select(c => found[c])]
            : [];
    }

    private static AnswerColumns? Of((string Name, IReadOnlyList<double> Values)[] columns, IReadOnlyList<string> labels, string[] classes)
    {
        if (classes.Length == 0)
        {
            return null;
        }

        var share = (double)labels.Where((label, row) => classes[Largest(columns, row)] == label).Count() / labels.Count;
        var most = (double)labels.CountBy(label => label).Max(count => count.Value) / labels.Count;
        return share >= Math.Max(Least, (1 + most) / 2) ? new AnswerColumns([.. columns.Select(c => c.Name)], share) : null;
    }

    private static int Largest((string Name, IReadOnlyList<double> Values)[] columns, int row)
    {
        var largest = 0;
        for (var c = 1; c < columns.Length; c++)
        {
            largest = columns[c].Values[row] > columns[largest].Values[row] ? c : largest;
        }

        return largest;
    }
}
