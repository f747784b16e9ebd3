using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Rote.Audits.Review;
using Rote.Data;
using Rote.Pages.Review;
using Rote.Reports.Reviews;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Review;

/// <summary>What the page is told, by the real server.</summary>
public sealed class ReviewServerTests : IDisposable
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'&";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_review_goes_from_the_first_suspect_to_the_export()
    {
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("a"), 30, suspects: 10), controls: 0);
        var session = await page.Json("/api/session");
        Assert.Equal(
            ("ann", 30, 10, 0),
            (session.Text("reviewer"), session.Whole("count"), session.Whole("suspects"), session.Whole("start"))
        );
        var item = (await page.Json("/api/items?from=0&count=3"))[0];
        Assert.Equal(("t.csv[0]", "cat", "dog"), (item.Text("name"), item.Text("label"), item.Text("suggested")));
        Assert.Equal(JsonValueKind.Null, item.GetProperty("mine").ValueKind);
        Assert.False(item.TryGetProperty("control", out _));

        var answer = await page.Post(
            "/api/decisions",
            new
            {
                id = item.Whole("id"),
                decision = "change",
                label = "dog",
            }
        );
        var decided = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((0, 1), (decided.Whole("place"), decided.Whole("next")));
        Assert.Equal(1, decided.GetProperty("progress").Whole("wrong"));
        Assert.Equal("dog", (await page.Json("/api/items?from=0&count=1"))[0].GetProperty("mine").Text("newLabel"));
        Assert.Equal(1, (await page.Json("/api/session")).Whole("start"));

        var csv = await (await page.Get("/api/export/csv")).Content.ReadAsStringAsync();
        Assert.StartsWith(
            "file,row,label,givenLabel,decision,disputed,reviewers\nt.csv,0,dog,cat,change,false,ann\nt.csv,1,dog,dog,,false,\n",
            csv,
            StringComparison.Ordinal
        );
        var undone = await (await page.Post("/api/undo", new { })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((0, 0), (undone.Whole("place"), undone.GetProperty("progress").Whole("decided")));
        var nothing = await (await page.Post("/api/undo", new { })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("place").ValueKind);
    }

    [Fact]
    public async Task Markup_in_names_texts_and_classes_stays_text()
    {
        var folder = ReviewSamples.Write(
            _folder.File("m"),
            9,
            suspects: 3,
            names: [Markup, "</script><script>alert(2)</script>", "dog"],
            file: i => ($"{Markup}{i}", null),
            text: i => $"{Markup} {i}\n</textarea>"
        );
        await using var page = await ReviewPage.Open(folder, controls: 0);
        var answer = await page.Get("/api/items?from=0&count=1");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal); // escaped even in the JSON
        var item = (await page.Json("/api/items?from=0&count=1"))[0];
        Assert.Equal(($"{Markup}0", Markup), (item.Text("name"), item.Text("label")));
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await page.Post(
                    "/api/decisions",
                    new
                    {
                        id = 0,
                        decision = "change",
                        label = "</script><script>alert(2)</script>",
                    }
                )
            ).StatusCode
        );
        Assert.Contains("label-studio", await (await page.Get("/api/session")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var form in ReviewExport.Formats.Where(f => f.Name != "links"))
        {
            var export = await page.Get($"/api/export/{form.Name}");
            Assert.NotEqual("text/html", export.Content.Headers.ContentType!.MediaType);
            Assert.Equal("attachment", export.Content.Headers.ContentDisposition!.DispositionType);
        }
    }

    [Theory]
    [InlineData("/api/items")]
    [InlineData("/api/items?from=-1&count=1")]
    [InlineData("/api/items?from=30&count=1")]
    [InlineData("/api/items?from=0&count=65")]
    [InlineData("/api/items?from=0&count=99999999999")]
    [InlineData("/api/items?from=0x1&count=1")]
    [InlineData("/api/export/exe")]
    [InlineData("/api/export/links")]
    public async Task Wrong_questions_get_one_sentence(string path)
    {
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("w"), 30, suspects: 10));
        var answer = await page.Get(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("error"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":99,\"decision\":\"keep\"}")]
    [InlineData("{\"id\":1,\"decision\":\"none\"}")]
    [InlineData("{\"id\":1,\"decision\":\"change\"}")]
    [InlineData("{\"id\":1,\"decision\":\"change\",\"label\":\"horse\"}")]
    [InlineData("{\"id\":1e99,\"decision\":\"keep\"}")]
    [InlineData("{")]
    public async Task Wrong_decisions_are_refused_and_nothing_is_written(string body)
    {
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("d"), 30, suspects: 10));
        var answer = await page.Post(
            "/api/decisions",
            new { },
            request => request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(File.Exists(page.Session.Log.Path));
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused()
    {
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("l"), 30, suspects: 10));
        var answer = await page.Post("/api/decisions", new { id = 1, decision = new string('a', 1 << 20) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Pictures_come_from_the_folder_by_their_number_and_never_from_outside()
    {
        var secret = _folder.Put("secret.png", PngFiles.Make(4, 4, 8, PngFiles.Grey, (row, column, _) => 16 * (row + column)));
        var data = Directory.CreateDirectory(_folder.File("pets/cat")).Parent!.FullName;
        File.Copy(secret, Path.Combine(data, "cat", "0.png"));
        File.WriteAllText(Path.Combine(data, "cat", "1.png"), "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
        File.CreateSymbolicLink(Path.Combine(data, "cat", "2.png"), secret);
        string[] files =
        [
            "cat/0.png",
            "cat/1.png",
            "cat/2.png",
            "../secret.png",
            secret,
            "cat/../../secret.png",
            "cat/none.png",
            "",
            "cat",
        ];
        var folder = ReviewSamples.Write(_folder.File("p"), files.Length, 3, data, file: i => (files[i], null));
        await using var page = await ReviewPage.Open(folder);
        var first = await page.Get("/api/picture/0");
        Assert.Equal(("image/png", HttpStatusCode.OK), (first.Content.Headers.ContentType!.MediaType, first.StatusCode));
        foreach (var id in Enumerable.Range(1, files.Length - 1))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await page.Get($"/api/picture/{id}")).StatusCode);
        }

        foreach (var path in new[] { "..%2f..%2fsecret.png", "99", "-1", "0.png", "%00", "../session" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await page.Get($"/api/picture/{path}x")).StatusCode);
        }
    }

    [Fact]
    public async Task Rows_of_a_table_come_with_the_names_of_their_columns()
    {
        var table = _folder.Put("t.csv", "size,city,label\n1,Oslo,cat\n\n2,\"Bergen, N\",dog\n3,<b>,cow\n4,Rome,cat\n"u8.ToArray());
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("t"), 4, 2, table), controls: 0);
        Assert.Equal("row", (await page.Json("/api/session")).Text("kind"));
        var fields = (await page.Json("/api/items?from=1&count=1"))[0].GetProperty("fields").EnumerateArray().ToArray();
        Assert.Equal(["size=2", "city=Bergen, N", "label=dog"], fields.Select(f => $"{f.Text("name")}={f.Text("value")}"));
    }

    [Fact]
    public async Task Where_the_data_is_gone_names_are_shown_and_it_is_said()
    {
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("g"), 4, 2, _folder.Put("x.csv", [])));
        File.Delete(_folder.File("x.csv"));
        await using var later = await ReviewPage.Open(_folder.File("g"));
        var session = await later.Json("/api/session");
        Assert.Equal("name", session.Text("kind"));
        Assert.Contains("no longer at", session.Text("problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_decisions_are_shown_after_ones_own_and_disagreement_is_counted()
    {
        var folder = ReviewSamples.Write(_folder.File("o"), 30, suspects: 10);
        ReviewSamples.Session(folder, "bob").Decide(0, ReviewChoice.Drop);
        await using var page = await ReviewPage.Open(folder, controls: 0);
        Assert.Empty((await page.Json("/api/items?from=0&count=1"))[0].GetProperty("others").EnumerateArray());
        await page.Post("/api/decisions", new { id = 0, decision = "keep" });
        var others = (await page.Json("/api/items?from=0&count=1"))[0].GetProperty("others");
        Assert.Equal(("bob", "drop"), (others[0].Text("reviewer"), others[0].Text("decision")));
        Assert.Equal([0], (await page.Json("/api/disputed")).EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal(1, (await page.Json("/api/progress")).Whole("disputed"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var session = ReviewSamples.Session(ReviewSamples.Write(_folder.File("q"), 9, suspects: 3));
        using var content = ReviewContent.Open(session.Set, null, DataFolder.Default());
        var error = await Assert.ThrowsAsync<MachineException>(() =>
            ReviewServer.Start(session, content, ((IPEndPoint)taken.LocalEndpoint).Port)
        );
        Assert.Contains("is taken", error.Message, StringComparison.Ordinal);
    }
}

/// <summary>Short forms.</summary>
internal static class JsonText
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Whole(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
