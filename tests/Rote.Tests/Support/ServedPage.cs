using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rote.Pages.Runs;

namespace Rote.Tests.Support;

/// <summary>The page of a folder, served by its real server, and a client that has opened it as a browser does.</summary>
internal sealed class ServedPage : IAsyncDisposable
{
    private ServedPage(RunsServer server) => Server = server;

    public RunsServer Server { get; }

    /// <summary>Nobody that the page knows.</summary>
    public HttpClient Stranger { get; } = Client();

    /// <summary>The browser that opened the address.</summary>
    public HttpClient Browser { get; } = Client();

    public static async Task<ServedPage> Open(string folder)
    {
        var page = new ServedPage(await RunsServer.Start(folder));
        Assert.Equal(HttpStatusCode.SeeOther, (await page.Browser.GetAsync(new Uri(page.Server.NewAddress()))).StatusCode);
        return page;
    }

    public Task<HttpResponseMessage> Get(string path) => Browser.GetAsync(new Uri(Server.Origin + path));

    public async Task<JsonElement> Json(string path)
    {
        var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>All items, once the folder was read and they are as expected.</summary>
    public async Task<JsonElement[]> Items(Func<JsonElement[], bool> isExpected)
    {
        JsonElement[] items = [];
        for (var i = 0; i < 200; i++)
        {
            var found = new List<JsonElement>();
            JsonElement changes;
            var version = "0";
            do
            {
                changes = await Json($"/api/items?since={version}");
                version = changes.GetProperty("version").GetString()!;
                found.AddRange(changes.GetProperty("items").EnumerateArray());
            } while (changes.GetProperty("hasMore").GetBoolean());
            items = [.. found];
            if (changes.GetProperty("isComplete").GetBoolean() && isExpected(items))
            {
                return items;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"10 s went by; there is {string.Join("\n", items)}");
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        Stranger.Dispose();
        Browser.Dispose();
        await Server.DisposeAsync();
    }

    private static HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
}
