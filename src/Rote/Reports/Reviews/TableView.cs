using Rote.Audits.Review;
using Rote.Data;
using Rote.Data.Formats.Tables;

namespace Rote.Reports.Reviews;

/// <summary>Rows of a user's tables, as the tables write them.</summary>
internal sealed class TableView : IExampleView
{
    private const char Between = '\u001F'; // shown as ␟ where a cell holds it
    private const long MostCharacters = 256L << 20;
    private const int LongestValue = 2000;

    private readonly Dictionary<string, (IReadOnlyList<string> Columns, List<string> Rows)> _files = new(StringComparer.Ordinal);

    public ExampleKind Kind => ExampleKind.Row;

    /// <summary>Reads the tables.</summary>
    /// <param name="path">A file, or a folder of files.</param>
    /// <param name="options">The options that the audit read them with.</param>
    /// <param name="token">Cancels reading.</param>
    /// <exception cref="InputException">They can no longer be read, or are too large to show.</exception>
    /// <exception cref="MachineException">They can no longer be read, or are too large to show.</exception>
    public static TableView Read(string path, UserDataOptions options, CancellationToken token)
    {
        var view = new TableView();
        var characters = 0L;
        foreach (var file in TableFiles.Find(path).All)
        {
            using var records = TableRecords.Open(file, options.Labels is null ? options.LabelColumn : null);
            var rows = new List<string>();
            while (records.Next())
            {
                token.ThrowIfCancellationRequested();
                rows.Add(string.Join(Between, Enumerable.Range(0, records.Columns.Count).Select(c => Short(records[c]))));
                characters += rows[^1].Length;
                if (characters > MostCharacters)
                {
                    throw new InputException($"{path} is too large to be shown row by row; its rows are called by their numbers.");
                }
            }

            view._files.Add(TableFiles.NameOf(file), (records.Columns, rows));
        }

        return view;
    }

    public ExamplePicture? Picture(ReviewedExample example) => null;

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example) =>
        example.Identity is { Row: { } row } && _files.TryGetValue(example.Identity.File, out var file) && row < file.Rows.Count
            ? [.. file.Columns.Zip(file.Rows[(int)row].Split(Between))]
            : [];

    public void Dispose() { }

    private static string Short(string value) =>
        (value.Length > LongestValue ? $"{value.AsSpan(0, LongestValue)} …" : value).Replace(Between, '␟');
}
