using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Rote.Pages.Web;
using Rote.Reports;

namespace Rote.Pages.Runs;

/// <summary>The endpoints of the page of runs; none of them changes anything.</summary>
internal sealed class RunsEndpoints
{
    private const int MostItems = 500;
    private const int MostCompared = 8;

    /// <summary>The longest silence: a proxy or a browser takes a silent connection for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Default,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FolderIndex _index;
    private readonly CancellationToken _stop;

    private RunsEndpoints(FolderIndex index, CancellationToken stop) => (_index, _stop) = (index, stop);

    /// <summary>Maps the endpoints.</summary>
    /// <param name="application">The server.</param>
    /// <param name="index">The index of the folder.</param>
    /// <param name="stop">Ends the event streams.</param>
    public static void Map(WebApplication application, FolderIndex index, CancellationToken stop)
    {
        var all = new RunsEndpoints(index, stop);
        var (page, style, script) = (
            Answer.Resource("serve.html"),
            PageColors.Css() + Answer.Resource("serve.css"),
            Answer.Resource("chart.js") + Answer.Resource("serve.js")
        );
        Get("/", context => Answer.Text(context, "text/html", page));
        Get("/serve.css", context => Answer.Text(context, "text/css", style));
        Get("/serve.js", context => Answer.Text(context, "text/javascript", script));
        Get("/favicon.ico", Answer.NoIcon);
        Get("/api/about", context => context.Response.WriteAsJsonAsync(new { index.Root, MetricsFile.Curves }, Json));
        Get("/api/items", all.Items);
        Get("/api/events", all.Events);
        Get("/api/curves", all.Curves);
        Get("/api/compare", all.Compare);
        Get("/page", context => PageFile.Send(context, index.Root, all.Known(context, "path", "page", "frontier").Id));

        void Get(string path, RequestDelegate answer) => application.MapGet(path, answer);
    }

    private Task Items(HttpContext context) =>
        context.Response.WriteAsJsonAsync(_index.Book.Since(Bookmark.Parse(context.Request.Query["since"]), MostItems), Json);

    /// <summary>Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html.</summary>
    private async Task Events(HttpContext context)
    {
        var known = Bookmark.Parse(
            context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : context.Request.Query["since"].ToString()
        );
        context.Response.ContentType = "text/event-stream";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop, context.RequestAborted);
        try
        {
            await context.Response.WriteAsync(": open\n\n", end.Token);
            while (true)
            {
                await context.Response.Body.FlushAsync(end.Token);
                var changed = _index.Book.Changed(known);
                using var silence = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                if (await Task.WhenAny(changed, Task.Delay(Silence, silence.Token)) != changed)
                {
                    end.Token.ThrowIfCancellationRequested();
                    await context.Response.WriteAsync(": still here\n\n", end.Token);
                    continue;
                }

                await silence.CancelAsync(); // otherwise the delay lives on
                var changes = _index.Book.Since(known, MostItems);
                known = changes.Version;
                await context.Response.WriteAsync($"id: {known}\ndata: {JsonSerializer.Serialize(changes, Json)}\n\n", end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server ends.
        }
    }

    private async Task Curves(HttpContext context)
    {
        var run = Known(context, "run", "run");
        var offset = Number(context.Request.Query["offset"]);
        try
        {
            var file = Path.Combine(_index.Root, run.Id, MetricsFile.Name);
            await context.Response.WriteAsJsonAsync(
                JsonFile.IsPlain(new FileInfo(file)) ? MetricsFile.From(file, offset) : Nothing(offset),
                Json
            );
        }
        catch (Exception error) when (!context.Response.HasStarted && error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The epochs of {run.Name} cannot be read now.", error);
        }
    }

    private Task Compare(HttpContext context)
    {
        var ids = context.Request.Query["run"];
        if (ids.Count is < 2 or > MostCompared)
        {
            throw new InputException($"{ids.Count} runs are to be compared, expected 2 to {MostCompared}.");
        }

        var files = ids.Select(id => Path.Combine(_index.Root, Known(id ?? "", "run").Id, "experiment.json")).ToArray();
        return context.Response.WriteAsJsonAsync(Differences.Of(files), Json);
    }

    private Item Known(HttpContext context, string name, params string[] kinds) => Known(context.Request.Query[name].ToString(), kinds);

    /// <summary>Finds an item. Only what the index has found is opened: a request's text never becomes a path.</summary>
    private Item Known(string id, params string[] kinds) =>
        _index.Book.Find(id) is { } item && kinds.Contains(item.Kind)
            ? item
            : throw new InputException("There is no such thing in the folder.");

    private static Chunk Nothing(long offset) => new(offset > 0, 0, false, []);

    private static long Number(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new InputException("A number of the request cannot be read.");
}
