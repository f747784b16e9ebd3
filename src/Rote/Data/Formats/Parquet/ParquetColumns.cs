using Rote.Data.Download;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Parquet;

/// <summary>Which columns of a Parquet file are read: pictures, or a list of numbers, or columns of numbers; and the labels.</summary>
/// <param name="Features">One column of pictures or of lists, or columns of numbers.</param>
/// <param name="Label">The column of labels; null where they are in a file of their own.</param>
/// <param name="Unread">Columns that are not read.</param>
/// <param name="LeftOut">Columns that are no features, though they have the kind of those that are read.</param>
internal sealed record ParquetColumns(
    IReadOnlyList<ParquetColumn> Features,
    ParquetColumn? Label,
    IReadOnlyList<string> Unread,
    IReadOnlyList<string> LeftOut
)
{
    /// <summary>What the features are.</summary>
    public ParquetKind Kind => Features[0].Kind;

    /// <summary>Chooses.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">What the user says; the last column is the last of numbers or text.</param>
    /// <param name="given">Labels in a file of their own; null: in a column.</param>
    /// <param name="progress">Told what is left out; null for silence.</param>
    /// <exception cref="InputException">There is no such column, or there are features of no kind that is read, or several
    /// lists.</exception>
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
                    + $"{TableColumns.Names(wrong)}; leave them out ({Setting.Ignore} {wrong[0]}), or say with {Setting.LabelColumn} which "
                    + $"one holds the labels "
                    + $"({TableColumns.List([.. all.Select(c => c.Name)])})."
            );
    }

    /// <summary>What the user leaves out, in an order that does not depend on his: other columns make other data.</summary>
    public static IReadOnlyList<string> Ignored(UserDataOptions options) =>
        [.. (options.Ignore ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The same columns in another file of the data set.</summary>
    /// <exception cref="InputException">It has no such columns, or they hold something else.</exception>
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

    /// <summary>Says what is not read.</summary>
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

    /// <summary>The classes' names in the order of their numbers, if the file says them.</summary>
    public IReadOnlyList<string>? Order(ParquetFile file) =>
        Label is { Kind: ParquetKind.Number } label ? HuggingFace.ClassNames(file.Text(HuggingFace.Key), label.Name) : null;

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
            [.. plain.Where(c => c.Field?.ClrType == typeof(float) || c.Field?.ClrType == typeof(double)).Select(c => c.Name)]
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
