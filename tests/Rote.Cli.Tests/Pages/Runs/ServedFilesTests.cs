using System.Net;
using System.Net.Sockets;
using System.Text;
using Rote.Pages.Runs;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Runs;

/// <summary>No file outside the folder is given out, and no other site's page reads this one.</summary>
public sealed class ServedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pages_below_the_folder_are_given_out_shut_in_a_sandbox()
    {
        await using var page = await ServedPage.Open(Folder());
        await page.Items(items => items.Any(item => item.GetProperty("id").GetString() == "reports/a.html"));
        var answer = await page.Get("/page?path=reports%2Fa.html");
        Assert.Contains("<b>inside", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox allow-scripts allow-downloads allow-modals; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("../outside/secret.html")]
    [InlineData("reports/../../outside/secret.html")]
    [InlineData("%2e%2e/outside/secret.html")]
    [InlineData("..%2foutside%2fsecret.html")]
    [InlineData("%252e%252e%252foutside%252fsecret.html")]
    [InlineData("..\\outside\\secret.html")]
    [InlineData("/etc/passwd")]
    [InlineData("link.html")]
    [InlineData("linked/secret.html")]
    [InlineData("reports/text.txt")]
    [InlineData("reports")]
    [InlineData("")]
    [InlineData("reports/a.html%00.txt")]
    [InlineData(".hidden/a.html")]
    public async Task What_is_not_a_page_of_the_folder_is_not(string path)
    {
        var root = Folder();
        await using var page = await ServedPage.Open(root);
        await page.Items(items => items.Length > 0);
        var answer = await page.Get($"/page?path={path}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await Raw(page, $"/page?path={path}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_becomes_a_link_after_it_was_found_is_not_followed()
    {
        var root = Folder();
        await using var page = await ServedPage.Open(root);
        await page.Items(items => items.Length > 0);
        File.Delete(Path.Combine(root, "reports", "a.html"));
        File.CreateSymbolicLink(Path.Combine(root, "reports", "a.html"), _folder.File("outside/secret.html"));
        Assert.DoesNotContain(
            "secret",
            await (await page.Get("/page?path=reports/a.html")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Null(PageFile.Open(root, "reports/a.html"));
        Directory.Delete(Path.Combine(root, "reports"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(root, "reports"), _folder.File("outside"));
        Assert.Null(PageFile.Open(root, "reports/secret.html"));
        Assert.Null(PageFile.Open(root, "../outside/secret.html"));
    }

    [Fact]
    public async Task A_folder_that_is_named_by_a_link_is_served_as_what_it_leads_to()
    {
        var root = Folder();
        Directory.CreateSymbolicLink(_folder.File("name"), root);
        await using var page = await ServedPage.Open(_folder.File("name"));
        await page.Items(items => items.Length > 0);
        Assert.Equal(HttpStatusCode.OK, (await page.Get("/page?path=reports/a.html")).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/serve.js")]
    [InlineData("/api/items")]
    [InlineData("/api/events")]
    [InlineData("/api/about")]
    [InlineData("/page?path=reports/a.html")]
    [InlineData("/?token=0000")]
    public async Task Without_the_cookie_nothing_is_told(string path)
    {
        await using var page = await ServedPage.Open(Folder());
        var answer = await page.Stranger.GetAsync(new Uri(page.Server.Origin + path));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")] // a report in its sandbox
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_sites_page_reads_nothing_even_with_the_cookie(string header, string value)
    {
        await using var page = await ServedPage.Open(Folder());
        foreach (var path in new[] { "/api/items", "/api/events", "/page?path=reports/a.html" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page.Server.Origin + path);
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await page.Browser.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Nothing_can_be_sent_and_the_page_has_no_script_in_its_markup()
    {
        await using var page = await ServedPage.Open(Folder());
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, page.Server.Origin + "/api/items") { Content = new StringContent("{}") };
            request.Headers.Add("Origin", page.Server.Origin);
            Assert.NotEqual(HttpStatusCode.OK, (await page.Browser.SendAsync(request)).StatusCode);
        }

        foreach (var path in new[] { "/", "/serve.js", "/serve.css" })
        {
            var text = await (await page.Get(path)).Content.ReadAsStringAsync();
            Assert.DoesNotMatch("https?://(?!www.w3.org/2000/svg)", text);
            Assert.DoesNotMatch("(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(", text);
        }

        var html = await (await page.Get("/")).Content.ReadAsStringAsync();
        Assert.DoesNotMatch("(?i)\\son[a-z]+=|javascript:|<style|style=", html);
    }

    private string Folder()
    {
        var (root, outside) = (_folder.File("root"), _folder.File("outside"));
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret.html"), "<title>secret</title>secret");
        Write(root, "reports/a.html", "<title>A &lt;page&gt;</title><b>inside</b>");
        Write(root, "reports/text.txt", "secret");
        Write(root, ".hidden/a.html", "secret");
        File.CreateSymbolicLink(Path.Combine(root, "link.html"), Path.Combine(outside, "secret.html"));
        Directory.CreateSymbolicLink(Path.Combine(root, "linked"), outside);
        return root;
    }

    private static void Write(string root, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
        File.WriteAllText(Path.Combine(root, path), text);
    }

    /// <summary>As no client of .NET sends it: the address goes out as it stands.</summary>
    private static async Task<string> Raw(ServedPage page, string path)
    {
        using var client = new TcpClient();
        var origin = new Uri(page.Server.Origin);
        await client.ConnectAsync(origin.Host, origin.Port);
        await using var stream = client.GetStream();
        var cookie = (await page.Browser.GetAsync(new Uri(page.Server.NewAddress()))).Headers.GetValues("Set-Cookie").Single().Split(';')[
            0
        ];
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {origin.Authority}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n")
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
