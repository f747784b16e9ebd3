using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Pages.Review;

/// <summary>A review shows what the audit's page shows: names, columns and pictures of the user's own.</summary>
public sealed class ShownReviewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_pictures_of_a_folder_and_columns_are_shown()
    {
        PictureFiles.Write(_folder, "pics/one.png", PictureFiles.Plain(30, 20, SKColors.Red));
        PictureFiles.Touch(_folder, "secret.png");
        File.WriteAllText(_folder.File("t.csv"), "id,x,label\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"id{i},{i},cat\n")));
        var audit = Audit(
            i =>
                (
                    i == 0 ? "First <b>" : "",
                    i == 0 ? "one.png"
                    : i == 1 ? "../secret.png"
                    : ""
                ),
            new ShownSettings { Columns = ["id"], Images = _folder.File("pics") }
        );
        await using var page = await ReviewPage.Open(audit, controls: 0);
        Assert.Equal("picture", (await page.Json("/api/session")).Text("kind"));
        var items = await page.Json("/api/items?from=0&count=2");
        Assert.Equal(("First <b>", "../secret.png"), (items[0].Text("name"), items[1].Text("name")));
        var field = Assert.Single(items[0].GetProperty("fields").EnumerateArray());
        Assert.Equal(("id", "id0"), (field.Text("name"), field.Text("value")));
        var picture = await page.Get("/api/picture/0");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("pics/one.png")), await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.Get("/api/picture/1")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.Get("/api/picture/2")).StatusCode);
    }

    // A browser keeps pictures by their address: after another audit at the same port it showed those of the one before.
    [Fact]
    public async Task No_two_sessions_give_a_picture_the_same_address()
    {
        PictureFiles.Write(_folder, "pics/a.png", PictureFiles.Plain(6, 6, SKColors.Red));
        var audit = Audit(_ => ("", "a.png"), new ShownSettings { Images = _folder.File("pics") });
        var keys = new HashSet<string?>();
        for (var i = 0; i < 3; i++)
        {
            await using var page = await ReviewPage.Open(audit, controls: 0);
            keys.Add((await page.Json("/api/session")).Text("key"));
            Assert.Contains(
                "/api/picture/${id}?of=${session.key}",
                await (await page.Get("/review.js")).Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(3, keys.Count);
    }

    [Fact]
    public async Task Rows_of_a_table_that_has_changed_since_are_not_shown_as_what_was_audited()
    {
        var table = _folder.File("t.csv");
        string[] rows = [.. Enumerable.Range(0, 9).Select(i => $"{i},{"cat,dog,cow".Split(',')[i % 3]}")];
        File.WriteAllLines(table, ["a,label", .. rows]);
        var audit = ReviewSamples.Write(_folder.File("t"), 9, suspects: 3, data: table);
        Assert.Equal((false, true), await Shown());
        File.WriteAllLines(table, ["a,label", .. rows.Skip(1)]);
        Assert.Equal((true, false), await Shown());

        async Task<(bool IsToldOf, bool HasFields)> Shown()
        {
            await using var page = await ReviewPage.Open(audit, controls: 0);
            var problem = await page.Json("/api/problem");
            var items = await page.Json("/api/items?from=0&count=1");
            return (
                problem.GetRawText().Contains("so its rows may be others now", StringComparison.Ordinal),
                items[0].GetProperty("fields").GetArrayLength() > 0
            );
        }
    }

    // The session is answered before a large table is read; what is wrong with it was never said.
    [Fact]
    public async Task Data_that_turns_out_to_be_damaged_is_told_of()
    {
        var table = _folder.File("t.csv");
        File.WriteAllText(table, "a,label\n1,cat\n2,dog\n3,cow,and more\n");
        await using var page = await ReviewPage.Open(ReviewSamples.Write(_folder.File("t"), 9, suspects: 3, data: table), controls: 0);
        Assert.Contains("The data cannot be shown: ", (await page.Json("/api/problem")).Text("problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_of_an_array_are_shown()
    {
        _folder.Put("p.npy", NpyFiles.Bytes([.. Enumerable.Range(0, 9 * 4).Select(i => (byte)(7 * i))], 9, 2, 2));
        var audit = Audit(i => ("", $"p.npy[{(i == 8 ? 99 : i)}]"), new ShownSettings { Images = _folder.File("p.npy") });
        await using var page = await ReviewPage.Open(audit, controls: 0);
        using var bitmap = SKBitmap.Decode(await (await page.Get("/api/picture/2")).Content.ReadAsByteArrayAsync());
        Assert.Equal((56, 77), (bitmap.GetPixel(0, 0).Red, bitmap.GetPixel(1, 1).Red));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.Get("/api/picture/8")).StatusCode);
    }

    [Fact]
    public async Task Pictures_that_were_moved_are_told_of_and_names_are_shown()
    {
        var audit = Audit(i => ($"Name {i}", "a.png"), new ShownSettings { Images = _folder.File("gone") });
        await using var page = await ReviewPage.Open(audit, controls: 0);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.Get("/api/picture/0")).StatusCode);
        Assert.Contains("are no longer at", (await page.Json("/api/session")).Text("problem"), StringComparison.Ordinal);
        Assert.Equal("Name 0", (await page.Json("/api/items?from=0&count=1"))[0].Text("name"));
    }

    [Fact]
    public async Task Pictures_that_were_moved_are_shown_when_they_are_back_or_audited_at_their_new_place()
    {
        var (old, now) = (_folder.File("old"), _folder.File("new"));
        PictureFiles.Write(_folder, "new/a.png", PictureFiles.Plain(6, 6, SKColors.Red));
        const string Advice = "; move them back, or audit again with their new place.";
        var audit = Audit(_ => ("", "a.png"), new ShownSettings { Images = old });
        await using (var gone = await ReviewPage.Open(audit, controls: 0))
        {
            Assert.EndsWith(Advice, (await gone.Json("/api/session")).Text("problem"), StringComparison.Ordinal);
        }

        Directory.Move(now, old);
        await Shows(audit);
        Directory.Move(old, now);
        Directory.Delete(audit, recursive: true);
        await Shows(Audit(_ => ("", "a.png"), new ShownSettings { Images = now }));

        static async Task Shows(string audit)
        {
            await using var page = await ReviewPage.Open(audit, controls: 0);
            Assert.DoesNotContain(Advice, (await page.Json("/api/session")).GetRawText(), StringComparison.Ordinal);
            Assert.Equal(System.Net.HttpStatusCode.OK, (await page.Get("/api/picture/0")).StatusCode);
        }
    }

    /// <summary>An audit of nine rows of t.csv with names and pictures.</summary>
    private string Audit(Func<int, (string Name, string Picture)> shown, ShownSettings settings)
    {
        var folder = ReviewSamples.Write(_folder.File("a"), 9, suspects: 9);
        var lines = File.ReadAllLines(Path.Combine(folder, AuditFiles.Csv));
        var more = lines.Skip(1).Select((line, i) => $"{line},\"{shown(i).Name}\",\"{shown(i).Picture}\"");
        File.WriteAllLines(Path.Combine(folder, AuditFiles.Csv), [$"{lines[0]},name,picture", .. more]);
        AuditSource
            .Of(
                ReviewSamples.Identity,
                _folder.File("t.csv") is var t && File.Exists(t) ? t : null,
                new UserDataOptions(),
                ["cat", "dog", "cow"],
                settings
            )
            .Write(folder);
        return folder;
    }
}
