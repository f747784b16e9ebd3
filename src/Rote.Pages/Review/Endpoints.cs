using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rote.Audits.Review;
using Rote.Pages.Web;
using Rote.Reports;
using Rote.Reports.Reviews;

namespace Rote.Pages.Review;

/// <summary>The endpoints of the page.</summary>
internal sealed class Endpoints
{
    private const int MostItems = 64;

    private readonly ReviewSession _session;
    private readonly ReviewContent _content;
    private readonly Items _items;
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private Endpoints(ReviewSession session, ReviewContent content, Items items) =>
        (_session, _content, _items) = (session, content, items);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(WebApplication application, ReviewSession session, ReviewContent content, Items items)
    {
        var all = new Endpoints(session, content, items);
        var (page, style, script) = (
            Answer.Resource("review.html"),
            PageColors.Css() + Answer.Resource("review.css"),
            Answer.Resource("review.js")
        );
        Get("/", context => Answer.Text(context, "text/html", page));
        Get("/review.css", context => Answer.Text(context, "text/css", style));
        Get("/review.js", context => Answer.Text(context, "text/javascript", script));
        Get("/favicon.ico", Answer.NoIcon); // browsers always ask for it
        Get("/api/session", all.Session);
        Get("/api/items", all.Some);
        Get("/api/progress", context => context.Response.WriteAsJsonAsync(ProgressAnswer.Of(session)));
        Get("/api/problem", all.Problem);
        Get("/api/disputed", all.Disputed);
        Get("/api/picture/{id}", all.Picture);
        Get("/api/export/{format}", all.Export);
        application.MapPost("/api/decisions", (RequestDelegate)all.Decide);
        application.MapPost("/api/undo", (RequestDelegate)all.Undo);

        void Get(string path, RequestDelegate answer) => application.MapGet(path, answer);
    }

    private async Task Session(HttpContext context)
    {
        _session.Log.Refresh();
        var set = _session.Set;
        var kind = await _content.Kind();
        await context.Response.WriteAsJsonAsync(
            new SessionAnswer(
                _key,
                Path.GetFileName(set.Source?.Data is { } data ? Path.TrimEndingDirectorySeparator(data) : set.Folder),
                set.Folder,
                _session.Reviewer,
                kind.ToString().ToLowerInvariant(),
                _content.Problem,
                set.ClassNames,
                set.Examples.Count,
                set.Suspects,
                _session.NextOpen(0) ?? 0,
                [.. ReviewExport.Formats.Select(f => new ExportAnswer(f.Name, f.File, f.Words))],
                ProgressAnswer.Of(_session)
            )
        );
    }

    /// <summary>Why there is nothing to see; answered when the data is read, which may be long after the session.</summary>
    private async Task Problem(HttpContext context) =>
        await context.Response.WriteAsJsonAsync(new ProblemAnswer(await _content.Read().WaitAsync(context.RequestAborted)));

    private async Task Some(HttpContext context)
    {
        _session.Log.Refresh();
        var from = Answer.Number(context, "from", 0, _session.Queue.Count - 1);
        var count = Answer.Number(context, "count", 1, MostItems);
        var items = new List<ItemAnswer>();
        for (var place = from; place < Math.Min(from + count, _session.Queue.Count); place++)
        {
            items.Add(await _items.At(place));
        }

        await context.Response.WriteAsJsonAsync(items);
    }

    private async Task Disputed(HttpContext context)
    {
        _session.Log.Refresh();
        int[] places = [.. _session.Log.All().Where(d => Consensus.Of(d).IsDisputed).Select(d => _session.Queue.PlaceOf(d.Key)).Order()];
        await context.Response.WriteAsJsonAsync(places);
    }

    private async Task Picture(HttpContext context)
    {
        var text = (string)context.GetRouteValue("id")!;
        var picture =
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < _session.Set.Examples.Count
                ? await _content.Picture(id)
                : null;
        if (picture is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = picture.MediaType;
        context.Response.Headers.CacheControl = "private, max-age=3600"; // the page loads it ahead of time, and again on the way back
        await context.Response.Body.WriteAsync(picture.Bytes, context.RequestAborted);
    }

    private async Task Export(HttpContext context)
    {
        var format = (string)context.GetRouteValue("format")!;
        using var file = new MemoryStream();
        if (format == "links")
        {
            throw new InputException("Links to pictures are made in the terminal, not here; the page says by which command.");
        }

        ReviewExport.Write(format, _session.Set, _session.Log, file);
        context.Response.ContentType = format == "label-studio" ? "application/json" : "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{ReviewExport.Formats.First(f => f.Name == format).File}\"";
        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task Decide(HttpContext context)
    {
        var request =
            await context.Request.ReadFromJsonAsync<DecisionRequest>() ?? throw new InputException("There is no decision in the request.");
        var choice = request.Decision switch
        {
            "keep" => ReviewChoice.Keep,
            "change" => ReviewChoice.Change,
            "drop" => ReviewChoice.Drop,
            "unsure" => ReviewChoice.Unsure,
            _ => ReviewChoice.None,
        };
        _session.Decide(request.Id, choice, request.Label);
        await Decided(context, request.Id);
    }

    private async Task Undo(HttpContext context) => await Decided(context, _session.Undo());

    private async Task Decided(HttpContext context, int? id)
    {
        int? place = id is { } decided ? _session.Queue.PlaceOf(decided) : null;
        await context.Response.WriteAsJsonAsync(
            new DecidedAnswer(
                place,
                place is { } at ? _session.NextOpen(at + 1) ?? _session.NextOpen(0) : null,
                ProgressAnswer.Of(_session)
            )
        );
    }
}
