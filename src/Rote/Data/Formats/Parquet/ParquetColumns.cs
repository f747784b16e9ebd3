using System.Globalization;
using Rote.Data.Download;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Parquet;

/// <summary>The columns of a Parquet file that are read: pictures, a list of numbers, or plain columns; and the labels.</summary>
/// <param name="Features">One column of pictures or of lists, or columns of numbers, texts and dates.</param>
/// <param name="Label">The column of labels; null if they are in a separate file.</param>
/// <param name="Unread">Columns that are not read.</param>
/// <param name="LeftOut">Columns that are not used as features, although their kind is read.</param>
internal sealed record ParquetColumns(
    IReadOnlyList<ParquetColumn> Features,
    ParquetColumn? Label,
    IReadOnlyList<string> Unread,
    IReadOnlyList<string> LeftOut
)
{
    /// <summary>The kind of the features.</summary>
    public ParquetKind Kind => Features[0].Kind;

    /// <summary>Chooses the columns.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The user's options; the last column means the last one of numbers or text.</param>
    /// <param name="given">Labels in a separate file; null if they are in a column.</param>
    /// <param name="progress">Receives what is left out; null for silence.</param>
    /// <exception cref="InputException">A named column is missing, a feature is of a kind that is not read, or there are several columns of
    /// lists or pictures.</exception>
    public static ParquetColumns Choose(ParquetFile file, UserDataOptions options, LabelFile? given, IProgress<DownloadProgress>? progress)
    {
        var all = file.Columns;
        var remaining = ColumnSieve.Remaining(file.Path, [.. all.Select(c => c.Name)], options);
        var label = given is not null ? null : LabelOf(file, options.LabelColumn, remaining);
        var others = all.Where(c => c != label && remaining.Contains(c.Name)).ToArray();
        var isText = options.Text is not null || options.Columns is [{ Kind: DataColumnKind.Text }];
        var pictures = others.Where(c => !isText && c.Kind == ParquetKind.Picture).ToArray();
        var lists = others.Where(c => !isText && c.Kind == ParquetKind.Numbers).ToArray();
        if (pictures.Length > 1 || (pictures.Length == 0 && lists.Length > 1))
        {
            throw new InputException(
                $"{file.Path} has {Math.Max(pictures.Length, lists.Length)} columns of "
                    + $"{(pictures.Length > 1 ? "pictures" : "lists of numbers")}, "
                    + $"{TableColumns.Names([.. (pictures.Length > 1 ? pictures : lists).Select(c => c.Name)])}; leave one."
            );
        }

        IReadOnlyList<string> leftOut =
            pictures.Length + lists.Length > 0
                ? Ignored(options)
                : [.. ParquetFacts.LeftOut(file, label, options, given, progress).Where(c => c != options.Text)];
        ParquetColumn[] features =
            pictures.Length == 1 ? pictures
            : lists.Length == 1 ? lists
            : [.. others.Where(c => !leftOut.Contains(c.Name) && (!isText || c.IsPlain))];
        if (features.Length == 0)
        {
            throw new InputException(
                $"{file.Path} has no columns {(label is null ? "of features" : $"beside the labels in {label.Name}")}; "
                    + $"{TableColumns.List([.. all.Select(c => c.Name)])}."
            );
        }

        var wrong = features.Where(c => c.Kind == ParquetKind.Other && !c.IsPlain).Select(c => c.Name).ToArray();
        return wrong.Length == 0
            ? new ParquetColumns(features, label, [.. others.Except(features).Select(c => c.Name).Except(leftOut)], leftOut)
            : throw new InputException(
                $"{file.Path} has {wrong.Length} {(wrong.Length == 1 ? "column" : "columns")} of neither numbers, texts nor dates: "
                    + $"{TableColumns.Names(wrong)}; leave them out ({Setting.Ignore} {TableColumns.Typed(wrong[0])}) "
                    + $"({TableColumns.List([.. all.Select(c => c.Name)])})."
            );
    }

    /// <summary>The columns that the user ignores, in an order independent of the user's: other columns make other data.</summary>
    public static IReadOnlyList<string> Ignored(UserDataOptions options) =>
        [.. (options.Ignore ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Returns the same columns in another file of the data set.</summary>
    /// <exception cref="InputException">It lacks such a column, or one holds another kind of values.</exception>
    public ParquetColumns In(ParquetFile file)
    {
        return this with { Features = [.. Features.Select(Find)], Label = Label is null ? null : Find(Label) };

        ParquetColumn Find(ParquetColumn wanted)
        {
            var found =
                file.Columns.FirstOrDefault(c => c.Name == wanted.Name)
                ?? throw new InputException(
                    $"{file.Path} has no column \"{wanted.Name}\"; {TableColumns.List([.. file.Columns.Select(c => c.Name)])}."
                );
            return found.Kind == wanted.Kind
                ? found
                : throw new InputException(
                    $"{file.Path}: the column {found.Name} holds another kind of values than in the first file; give all files the same "
                        + $"columns."
                );
        }
    }

    /// <summary>Reports what is not read.</summary>
    public void Report(ParquetFile file, IProgress<DownloadProgress>? progress)
    {
        if (Unread.Count > 0)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{file.Path}: read {Features[0].Name}{(Label is null ? "" : $" and {Label.Name}")}; not read: "
                        + $"{TableColumns.Names(Unread)}."
                )
            );
        }
    }

    /// <summary>Returns the class names in the order of their numbers, or null if the file has none.</summary>
    public IReadOnlyList<string>? Order(ParquetFile file) =>
        Label is { Kind: ParquetKind.Number } label ? HuggingFace.ClassNames(file.Text(HuggingFace.Key), label.Name) : null;

    /// <summary>Whether a column that may hold labels holds numbers of which some are not whole. Other columns are not read for
    /// this.</summary>
    private static bool IsMeasure(ParquetFile file, ParquetColumn column, bool isLast) =>
        (column.Field?.ClrType == typeof(float) || column.Field?.ClrType == typeof(double))
        && (
            column.Name.Equals("y", StringComparison.OrdinalIgnoreCase)
            || (
                (isLast || LabelNames.IsOne(column.Name) || LabelNames.Likely.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
                && file.Groups > 0
                && file.Texts(0, column)
                    .Any(text =>
                        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        && double.IsFinite(number)
                        && !double.IsInteger(number)
                    )
            )
        );

    private static ParquetColumn LabelOf(ParquetFile file, string? labelColumn, IReadOnlyList<string> remaining)
    {
        var names = file.Columns.Select(c => c.Name).ToArray();
        var plain = file
            .Columns.Where(c =>
                c.Kind is ParquetKind.Number or ParquetKind.Text && remaining.Contains(c.Name) && !ParquetFacts.IsIndex(file, c.Name)
            )
            .ToArray();
        if (
            labelColumn is null
            && file.Columns.FirstOrDefault(c => c.Kind == ParquetKind.Numbers && remaining.Contains(c.Name) && LabelNames.IsOne(c.Name))
                is { } several
        )
        {
            throw new InputException(
                $"{file.Path}: the column {several.Name} holds a list of labels a row (multi-label), expected one label a row; give a "
                    + $"column with one label an example, or say with {Setting.LabelColumn} which one holds the labels."
            );
        }

        if (labelColumn is null && plain.Length == 0)
        {
            throw new InputException($"{file.Path} has no column that could hold labels; {TableColumns.List(names)}.");
        }

        var name = TableColumns.LabelOf(
            file.Path,
            labelColumn is null ? [.. plain.Select(c => c.Name)] : names,
            labelColumn,
            [.. plain.Where(c => c.Kind == ParquetKind.Text).Select(c => c.Name)],
            labelColumn is null ? [.. plain.Where(c => IsMeasure(file, c, isLast: c == plain[^1])).Select(c => c.Name)] : null
        );
        if (!remaining.Contains(name))
        {
            throw new InputException(
                $"{file.Path}: the column {name} is named by {Setting.LabelColumn} and by {Setting.Ignore}; name it once."
            );
        }

        var column = file.Columns.First(c => c.Name == name);
        return column.Kind is ParquetKind.Number or ParquetKind.Text
            ? column
            : throw new InputException(
                $"{file.Path}: the column {name} holds no labels (numbers or text), expected one label a row; {TableColumns.List(names)}."
            );
    }
}
