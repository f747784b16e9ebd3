using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rote.Audits.Review;
using Rote.Data;
using Rote.Pages.Review;
using Rote.Reports.Reviews;

namespace Rote.Tests.Support;

/// <summary>A review's page, served by its real server on this machine's own address, and a client that has opened it as a browser
/// does.</summary>
internal sealed class ReviewPage : IAsyncDisposable
{
    private readonly ReviewContent _content;

    private ReviewPage(ReviewServer server, ReviewSession session, ReviewContent content)
    {
        (Server, Session, _content) = (server, session, content);
        Stranger = Client();
        Browser = Client();
    }

    public ReviewServer Server { get; }

    public ReviewSession Session { get; }

    /// <summary>Nobody that the page knows.</summary>
    public HttpClient Stranger { get; }

    /// <summary>The browser that opened the address.</summary>
    public HttpClient Browser { get; }

    public static async Task<ReviewPage> Open(string folder, string reviewer = "ann", double controls = 0.2, string? cache = null)
    {
        var session = ReviewSamples.Session(folder, reviewer, controls);
        var content = ReviewContent.Open(session.Set, session.Set.Source, cache is null ? DataFolder.Default() : new DataFolder(cache));
        var server = await ReviewServer.Start(session, content);
        var page = new ReviewPage(server, session, content);
        var answer = await page.Browser.GetAsync(new Uri(server.NewAddress()));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return page;
    }

    public Task<HttpResponseMessage> Get(string path) => Browser.GetAsync(new Uri(Server.Origin + path));

    public async Task<JsonElement> Json(string path)
    {
        var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>As the page's own script sends it.</summary>
    public Task<HttpResponseMessage> Post(string path, object body, Action<HttpRequestMessage>? change = null, HttpClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Origin + path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Origin", Server.Origin);
        change?.Invoke(request);
        return (client ?? Browser).SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Stranger.Dispose();
        Browser.Dispose();
        await Server.DisposeAsync();
        _content.Dispose();
    }

    private static HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
}
