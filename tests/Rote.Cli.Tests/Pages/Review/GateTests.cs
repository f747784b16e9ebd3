using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rote.Pages.Web;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Review;

/// <summary>Who is let in: against the real server, on this machine's own address.</summary>
public sealed class GateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Audit => ReviewSamples.Write(_folder.File("audit"), 30, suspects: 10);

    // Browsers leave out the port that http has by default: the page refused its own address.
    [Theory]
    [InlineData(80, "127.0.0.1", StatusCodes.Status303SeeOther)]
    [InlineData(80, "127.0.0.1:8080", StatusCodes.Status403Forbidden)]
    [InlineData(80, "localhost", StatusCodes.Status403Forbidden)]
    [InlineData(8911, "127.0.0.1:8911", StatusCodes.Status303SeeOther)]
    [InlineData(8911, "127.0.0.1", StatusCodes.Status403Forbidden)]
    public async Task Its_own_address_is_let_in_at_any_port(int port, string host, int code)
    {
        var gate = new Gate("review", port);
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Host, context.Request.Path) = ("GET", new HostString(host), "/");
        context.Request.QueryString = new QueryString(new Uri(gate.NewAddress()).Query);
        await gate.Check(context, _ => Task.CompletedTask);
        Assert.Equal(code, context.Response.StatusCode);
    }

    [Fact]
    public async Task The_address_opens_once_and_only_for_the_browser_that_opened_it()
    {
        await using var page = await ReviewPage.Open(Audit);
        Assert.Equal(HttpStatusCode.OK, (await page.Get("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await page.Get("/api/session")).StatusCode);

        var address = page.Server.NewAddress();
        var first = await page.Stranger.GetAsync(new Uri(address));
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var third = new HttpClient();
        var again = await third.GetAsync(new Uri(address));
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.Contains(
            "used already. Press Enter where \"rote review\" runs",
            await again.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );

        // What Enter does, and "go back to the page it opened".
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync(new Uri(page.Server.NewAddress()))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await page.Stranger.GetAsync(new Uri(page.Server.Origin + "/"))).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/review.js")]
    [InlineData("/api/session")]
    [InlineData("/api/items?from=0&count=1")]
    [InlineData("/api/picture/0")]
    [InlineData("/api/export/csv")]
    [InlineData("/?token=")]
    [InlineData("/?token=0000")]
    public async Task Without_the_cookie_nothing_is_told(string path)
    {
        await using var page = await ReviewPage.Open(Audit);
        var answer = await page.Stranger.GetAsync(new Uri(page.Server.Origin + path));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("t.csv", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", null)]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Content-Type", "text/plain")] // what a form of another site can send without asking first
    [InlineData("Content-Type", "application/x-www-form-urlencoded")]
    public async Task Another_sites_page_cannot_decide_even_with_the_cookie(string header, string? value)
    {
        await using var page = await ReviewPage.Open(Audit);
        var answer = await page.Post(
            "/api/decisions",
            new { id = 1, decision = "drop" },
            request =>
            {
                if (header == "Content-Type")
                {
                    request.Content = new StringContent("{\"id\":1,\"decision\":\"drop\"}", Encoding.UTF8, value!);
                }
                else
                {
                    request.Headers.Remove(header);
                    request.Headers.TryAddWithoutValidation(header, value is null ? [] : [value]);
                }
            }
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(page.Session.Log.All());
        Assert.Equal(HttpStatusCode.OK, (await page.Post("/api/decisions", new { id = 1, decision = "drop" })).StatusCode);
        Assert.Single(page.Session.Log.All());
    }

    [Fact]
    public async Task Another_name_for_this_machine_is_refused_also_for_reading()
    {
        await using var page = await ReviewPage.Open(Audit);
        foreach (var host in new[] { "evil.example", $"localhost:{new Uri(page.Server.Origin).Port}", "127.0.0.1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{page.Server.Origin}/api/session"));
            request.Headers.Host = host;
            Assert.Equal(HttpStatusCode.Forbidden, (await page.Browser.SendAsync(request)).StatusCode);
        }
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Only_what_the_page_does_is_answered(string method)
    {
        await using var page = await ReviewPage.Open(Audit);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{page.Server.Origin}/api/decisions"));
        request.Headers.Add("Origin", page.Server.Origin);
        Assert.Equal(HttpStatusCode.Forbidden, (await page.Browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_what_the_page_does_not_need()
    {
        await using var page = await ReviewPage.Open(Audit);
        foreach (var path in new[] { "/", "/review.js", "/review.css", "/api/session", "/api/nothing" })
        {
            var answer = await page.Get(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Fact]
    public async Task The_page_names_no_other_place_and_has_no_script_in_its_markup()
    {
        await using var page = await ReviewPage.Open(Audit);
        foreach (var path in new[] { "/", "/review.js", "/review.css" })
        {
            var text = await (await page.Get(path)).Content.ReadAsStringAsync();
            Assert.DoesNotMatch("https?://", text);
            Assert.DoesNotMatch("(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(", text);
        }

        var html = await (await page.Get("/")).Content.ReadAsStringAsync();
        Assert.DoesNotMatch("(?i)\\son[a-z]+=|javascript:|<style|style=", html);
        Assert.Equal(2, html.Split("<script").Length);
    }
}
