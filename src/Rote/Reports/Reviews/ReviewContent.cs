using Rote.Audits.Review;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Formats.Tables;
using Rote.Tensors;

namespace Rote.Reports.Reviews;

/// <summary>What a reviewer can look at of an audit's examples. Reads the data in the background, so that a page need not wait for it. Safe
/// to call from several threads.</summary>
public sealed class ReviewContent : IDisposable
{
    private const int LongestName = 300;

    private readonly ReviewSet _set;
    private readonly ExampleKind? _known;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<IExampleView?> _view;

    private ReviewContent(ReviewSet set, ExampleKind? known, Func<CancellationToken, IExampleView?>? open)
    {
        (_set, _known) = (set, known);
        _view = open is null ? Task.FromResult<IExampleView?>(null) : Task.Run(() => Opened(open));
    }

    /// <summary>Why only names are shown, in a sentence; null where there is more to see.</summary>
    public string? Problem { get; private set; }

    /// <summary>Starts to read an audit's data.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="source">The location of its data; null where it is not known.</param>
    /// <param name="cache">The data folder, for catalog names.</param>
    /// <returns>It never fails: what cannot be read is told by <see cref="Problem"/>.</returns>
    public static ReviewContent Open(ReviewSet set, AuditSource? source, DataFolder cache) =>
        // Texts are kept by the audit itself.
        source is { IsChanged: true, Data: var data }
        && set.Examples[0] is { Text: null, Identity.Row: not null }
            ? Without(
                set,
                $"{data} is not as long as it was when it was audited, so its rows may be others now: examples are shown by their names."
            )
        : source is { Show: { } show } && (show.Images ?? (object?)show.Columns) is not null
            ? new ReviewContent(
                set,
                show.Images is not null ? ExampleKind.Picture
                    : set.Examples[0].Text is not null ? ExampleKind.Text
                    : ExampleKind.Row,
                token => ShownView.Open(show, source, set, token)
            )
        : OfData(set, source, cache);

    private static ReviewContent OfData(ReviewSet set, AuditSource? source, DataFolder cache)
    {
        if (set.Examples[0].Text is not null)
        {
            return new ReviewContent(set, ExampleKind.Text, open: null);
        }

        if (source?.Data is not { } data)
        {
            return Without(set, "Where the data of this audit lies is not known, so examples are shown by their names.");
        }

        if ((DataCatalog.Entries.FirstOrDefault(entry => entry.Name == data) ?? DataCatalog.Numbered(data)) is { } entry)
        {
            return new ReviewContent(
                set,
                entry.IsVector ? null : ExampleKind.Picture,
                token =>
                    CifarView.In(data == CifarView.DataName ? cache.Of(data) : "") ?? (IExampleView)Load(data, source.Options, cache, token)
            );
        }

        if (Directory.Exists(data) && set.Examples.All(e => e.Identity.Row is null))
        {
            return new ReviewContent(set, ExampleKind.Picture, _ => new PictureFilesView(data, source.Options.FollowLinks));
        }

        if (!Directory.Exists(data) && !File.Exists(data))
        {
            return Without(set, $"The data of this audit is no longer at {data}, so examples are shown by their names.");
        }

        return IsReadable(data)
            ? new ReviewContent(set, ExampleKind.Row, token => TableView.Read(data, source.Options, token))
            : new ReviewContent(set, known: null, token => Load(data, source.Options, cache, token));
    }

    /// <summary>Waits for the data.</summary>
    /// <returns>Its <see cref="Problem"/>.</returns>
    public async Task<string?> Read()
    {
        await _view;
        return Problem;
    }

    /// <summary>What is shown. Waits for the data where only the data tells.</summary>
    public async Task<ExampleKind> Kind() => _known ?? (await _view)?.Kind ?? ExampleKind.Name;

    /// <summary>What an example is called, in a line: by the user's own list of names, by the path of its picture, else by file and
    /// row.</summary>
    /// <param name="id">The example.</param>
    public string NameOf(int id) =>
        _set.Examples[id] switch
        {
            { Name: { } name } => ShownText.Line(name, LongestName),
            { Picture: { } path } when !path.EndsWith(']') => ShownText.Line(path, LongestName), // of a folder, not of an array
            var example => example.Identity.Name,
        };

    /// <summary>An example's picture.</summary>
    /// <param name="id">The example.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<ExamplePicture?> Picture(int id) => (await _view)?.Picture(_set.Examples[id]);

    /// <summary>An example's columns and their values.</summary>
    /// <param name="id">The example.</param>
    /// <returns>Empty where it has no columns.</returns>
    public async Task<IReadOnlyList<(string Name, string Value)>> Fields(int id) => (await _view)?.Fields(_set.Examples[id]) ?? [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _ = _view.ContinueWith(view => view.Result?.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
        _stop.Dispose();
    }

    private static ReviewContent Without(ReviewSet set, string problem) => new(set, ExampleKind.Name, open: null) { Problem = problem };

    /// <summary>Whether the table's rows are shown as they are written; Parquet tables are shown by their features.</summary>
    private static bool IsReadable(string path)
    {
        try
        {
            return TableFiles.AreAt(path) && TableFiles.Find(path).Kind != TableKind.Parquet;
        }
        catch (RoteException)
        {
            return false;
        }
    }

    private static DatasetView Load(string data, UserDataOptions options, DataFolder cache, CancellationToken token)
    {
        TorchLibrary.Load();
        return new DatasetView(DatasetLoader.Load(data, cache, options, progress: null, token).Data);
    }

    private IExampleView? Opened(Func<CancellationToken, IExampleView?> open)
    {
        try
        {
            return open(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (RoteException e)
        {
            Problem = $"The data cannot be shown: {e.Message}";
            return null;
        }
    }
}
