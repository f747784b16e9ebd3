using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;

namespace Rote.Reports.Reviews;

/// <summary>Rows of a user's tables, as the tables write them.</summary>
internal sealed class TableView : IExampleView
{
    private const char Between = '\u001F'; // shown as ␟ where a cell holds it

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
        foreach (var record in ShownCells.Read(path, options, All, wanted: null, TooLarge, token))
        {
            if (!view._files.TryGetValue(record.Row.File, out var file))
            {
                view._files[record.Row.File] = file = (record.Columns, []);
            }

            file.Rows.Add(string.Join(Between, record.Cells.Select(cell => cell.Replace(Between, '␟'))));
        }

        return view;

        static int[] All(IReadOnlyList<string> columns) => [.. Enumerable.Range(0, columns.Count)];
        InputException TooLarge() => new($"{path} is too large to be shown row by row; its rows are called by their numbers.");
    }

    public ExamplePicture? Picture(ReviewedExample example) => null;

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example) =>
        example.Identity is { Row: { } row } && _files.TryGetValue(example.Identity.File, out var file) && row < file.Rows.Count
            ? [.. file.Columns.Zip(file.Rows[(int)row].Split(Between))]
            : [];

    public void Dispose() { }
}
