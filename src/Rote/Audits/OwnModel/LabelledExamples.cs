using System.Globalization;
using Rote.Data;
using Rote.Data.Labels;

namespace Rote.Audits.OwnModel;

/// <summary>The examples that a model's outputs are about: their labels and what they are called, wherever these come from.</summary>
/// <param name="Source">What holds them, for messages.</param>
/// <param name="ClassNames">[K] names, in the order of the columns of an array.</param>
/// <param name="Labels">[N] class numbers.</param>
/// <param name="Rows">[N] where they stand in their source.</param>
internal sealed record LabelledExamples(string Source, IReadOnlyList<string> ClassNames, int[] Labels, SourceRows Rows)
{
    /// <summary>So many class names are shown in a message.</summary>
    private const int Shown = 8;

    /// <summary>[N] the examples in the order of their source: the rows of an array.</summary>
    public int[] Order { get; } = Rows.InOrder();

    /// <summary>The class names for a message.</summary>
    public string ClassWords => Words(ClassNames);

    /// <summary>Those of a data set.</summary>
    public static LabelledExamples Of(Dataset examples) =>
        new(
            examples.Provenance.Name,
            examples.ClassNames,
            Array.ConvertAll(examples.Labels.data<long>().ToArray(), label => (int)label),
            examples.Rows
        );

    /// <summary>Those of a file with labels alone; row i of it is row i of the predictions.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">Name or number of the column; null: the usual one.</param>
    /// <param name="rowsOf">The file whose rows the examples are called after.</param>
    public static LabelledExamples Read(string path, string? column, string rowsOf)
    {
        var labels = LabelFile.Read(path, column).Labels;
        var classes = ClassList.Of(labels.Distinct, path);
        return new LabelledExamples(
            path,
            classes.Names,
            Array.ConvertAll(labels.Numbers(classes, path), label => (int)label),
            SourceRows.Of(Path.GetFileName(rowsOf), labels.Count)
        );
    }

    /// <summary>The same where a model has columns without names.</summary>
    /// <param name="path">What holds the columns, for messages.</param>
    /// <param name="columns">How many there are.</param>
    /// <returns>As many classes as columns: those of the labels in their order, or, where labels are the columns' numbers and some column
    /// is nobody's label, 0, 1, 2, …</returns>
    /// <exception cref="InputException">They do not go together.</exception>
    public LabelledExamples InColumns(string path, int columns)
    {
        if (columns == ClassNames.Count)
        {
            return this;
        }

        var numbers = Array.ConvertAll([.. ClassNames], Number);
        if (numbers.All(n => n is not null) && Array.FindIndex(numbers, n => n < 0 || n >= columns) is var far)
        {
            if (far >= 0)
            {
                throw new InputException(
                    $"{Source} has the label {ClassNames[far]}, and {path} has {columns:N0} columns, for the classes 0 to {columns - 1}; "
                        + $"expected a column for each label."
                );
            }

            return this with
            {
                ClassNames = [.. Enumerable.Range(0, columns).Select(k => k.ToString(CultureInfo.InvariantCulture))],
                Labels = Array.ConvertAll(Labels, label => numbers[label]!.Value),
            };
        }

        throw new InputException(
            $"{path} has {columns:N0} columns and {Source} has {ClassNames.Count:N0} classes ({ClassWords}), expected a column a class, in "
                + $"this order."
        );
    }

    /// <summary>The columns of a table as classes.</summary>
    /// <param name="path">The table, for messages.</param>
    /// <param name="names">[M] its columns.</param>
    /// <returns>[M] the class number of each.</returns>
    /// <exception cref="InputException">A class has no column, or a column no class.</exception>
    public int[] ClassesOf(string path, IReadOnlyList<string> names)
    {
        var numbers = ClassNames.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        var clean = names.Select(LabelTexts.Clean).ToArray();
        string[] missing = [.. ClassNames.Except(clean, StringComparer.Ordinal)];
        string[] strange = [.. clean.Where(name => !numbers.ContainsKey(name))];
        return missing.Length + strange.Length == 0
            ? Array.ConvertAll(clean, name => numbers[name])
            : throw new InputException(
                $"{path} has {(strange.Length > 0 ? $"the columns {Words(strange)}" : $"{names.Count:N0} columns")} and {Source} has the "
                    + $"classes {ClassWords}"
                    + (missing.Length > 0 ? $", of which {Words(missing)} {(missing.Length == 1 ? "has" : "have")} no column" : "")
                    + "; expected one column for each class, named like the class, and beside them file and row at most."
            );
    }

    /// <summary>Some names for a message.</summary>
    public static string Words(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown:N0} more" : "");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
