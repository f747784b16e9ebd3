using System.Diagnostics;
using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Reports.Audits;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Reports.Audits;

/// <summary>The page of an audit in a real browser, as a file, by keyboard alone.</summary>
[NoTensorLeaks]
public sealed class SuspectPageTests : IDisposable
{
    private const string Focused = "document.activeElement.querySelector('.rank')?.textContent ?? document.activeElement.id";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decisions_are_made_by_keys_kept_over_a_reload_and_saved_as_a_table_that_an_audit_takes()
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        var page = Page();
        await using var browser = await Chromium.Start();
        await browser.Open(page);
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        Assert.Equal(1, (await browser.Value("document.querySelectorAll('#suspects [tabindex=\"0\"]').length")).GetInt32());

        // The first key goes to the first suspect; the next decide.
        await browser.Press("j");
        Assert.Equal("1", (await browser.Value(Focused)).GetString());
        await browser.Press("k", "c", "d", "u");
        Assert.Equal("5", (await browser.Value(Focused)).GetString());
        await browser.Press("p", "u"); // the same key again takes it back
        Assert.Equal("4", (await browser.Value(Focused)).GetString());

        // In a field keys are text.
        await browser.Press("/");
        Assert.Equal("suspects-text", (await browser.Value(Focused)).GetString());
        await browser.Press("k", "d");
        Assert.Equal("kd", (await browser.Value("document.activeElement.value")).GetString());
        await browser.Open(page);
        await browser.Until("document.querySelectorAll('.suspect.decided').length == 3");

        // Another class by name.
        await browser.Press("j", "j", "j", "j", "o", "D", "O", "G", "Enter");
        await browser.Until("document.querySelectorAll('.suspect.decided').length == 4");
        await browser.Value(
            "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return 'blob:x'; }; "
                + "HTMLAnchorElement.prototype.click = () => {}; document.getElementById('decide-save').click(); 1"
        );
        await browser.Until("window.saved");
        File.WriteAllText(_folder.File("decisions.csv"), (await browser.Value("window.saved")).GetString());
        Assert.Empty(browser.Errors);

        var first = SuspectCards.Of(AuditSamples.Result());
        var file = DecisionFile.Read(_folder.File("decisions.csv"));
        Assert.Equal(
            [ReviewChoice.Keep, ReviewChoice.Change, ReviewChoice.Drop],
            file.Labels.Take(3).Select(label => label.Consensus.Choice)
        );
        Assert.Equal(AuditSamples.Names[first[1].Suggested!.Value], file.Labels[1].Consensus.NewLabel);
        Assert.Equal(AuditSamples.Names[first[0].Label], file.Labels[0].Label);
        using var images = AuditSamples.Images(4);
        using var named = new DatasetSplits(Named(images.Train, images.Train.Rows), images.Test.With());
        using var data = AuditData.Of(named, decisions: file);
        Assert.Equal((1, AuditSamples.Count - 1), (data.Decided!.Dropped, data.Examples.Count));
    }

    // The same audit writes its page anew with other suspects; what was decided on those that are gone was deleted by the next key.
    [Fact]
    public async Task Decisions_on_examples_that_are_no_longer_on_the_page_are_kept_and_saved()
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        var page = Page();
        await using var browser = await Chromium.Start();
        await browser.Open(page);
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        await browser.Press("j", "k", "c", "d", "u");
        await browser.Until("document.querySelectorAll('.suspect.decided').length == 4");

        var path = _folder.File("report.html");
        const string Card = "<li class=\"suspect";
        var parts = File.ReadAllText(path).Split(Card);
        File.WriteAllText(path, parts[0] + string.Concat(parts.Skip(3).Select(part => Card + part)));
        await browser.Open(page);
        await browser.Until("document.querySelectorAll('.suspect.decided').length == 2");
        await browser.Press("j", "j", "j", "k");
        const string State = "document.getElementById('decide-state').textContent";
        await browser.Until($"{State}.startsWith('3 of ') && {State}.endsWith('decided; 2 more on examples that are not on this page')");
        await browser.Value(
            "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return 'blob:x'; }; "
                + "HTMLAnchorElement.prototype.click = () => {}; document.getElementById('decide-save').click(); 1"
        );
        await browser.Until("window.saved");
        File.WriteAllText(_folder.File("decisions.csv"), (await browser.Value("window.saved")).GetString());
        var cards = SuspectCards.Of(AuditSamples.Result());
        var labels = DecisionFile.Read(_folder.File("decisions.csv")).Labels;
        Assert.Equal(5, labels.Count);
        var gone = labels.Single(label => label.Row == cards[0].Id);
        Assert.Equal((ReviewChoice.Keep, AuditSamples.Names[cards[0].Label]), (gone.Consensus.Choice, gone.Label));
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Nothing_is_wider_than_the_screen_and_nothing_is_loaded(int width, bool dark)
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        await using var browser = await Chromium.Start();
        await browser.Look(width, 900, dark);
        await browser.Open(Page());
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        Assert.True((await browser.Value("document.documentElement.scrollWidth")).GetInt32() <= width);
        Assert.True((await browser.Value("document.querySelector('.suspect img').getBoundingClientRect().width >= 160")).GetBoolean());
        Assert.Empty(browser.Errors);
        Assert.All(browser.Requests, address => Assert.Contains(address.Split(':')[0], new[] { "file", "data", "about" }));
    }

    [Fact]
    public void What_is_transparent_is_white_on_a_card_as_it_is_to_networks()
    {
        PictureFiles.Write(_folder, "data/farm/cat/a.png", PictureFiles.Plain(30, 20, SKColors.Transparent));
        using var images = AuditSamples.Images(4);
        var names = Enumerable.Range(0, AuditSamples.Count).Select(i => i == 0 ? "cat/a.png" : $"cat/{i}.png");
        using var named = new DatasetSplits(Named(images.Train, SourceRows.OfFiles(names)), images.Test.With());
        using var data = AuditData.Of(named);
        var source = AuditSource.Of(new string('a', 64), _folder.File("data/farm"), new UserDataOptions(), AuditSamples.Names);
        AuditReport.Write(AuditSamples.Result(), data, [], _folder.File("report.html"), source);
        var uri = File.ReadAllText(_folder.File("report.html")).Split("base64,")[1].Split('"')[0];
        using var shown = SKBitmap.Decode(Convert.FromBase64String(uri));
        Assert.Equal(SKColors.White, shown.GetPixel(10, 10));
    }

    [Fact]
    public void Pictures_of_a_folder_are_shown_as_they_lie_there_and_linked_from_where_the_page_is()
    {
        PictureFiles.Write(_folder, "data/farm/cat/a #1.png", PictureFiles.Plain(300, 200, SKColors.Red));
        using var images = AuditSamples.Images(4);
        var names = Enumerable.Range(0, AuditSamples.Count).Select(i => i == 0 ? "cat/a #1.png" : $"cat/{i}.png");
        using var named = new DatasetSplits(Named(images.Train, SourceRows.OfFiles(names)), images.Test.With());
        using var data = AuditData.Of(named);
        var source = AuditSource.Of(new string('a', 64), _folder.File("data/farm"), new UserDataOptions(), AuditSamples.Names);
        AuditReport.Write(AuditSamples.Result(), data, [], _folder.File("out/x/report.html"), source);
        var page = File.ReadAllText(_folder.File("out/x/report.html"));
        Assert.Contains("href=\"../../data/farm/cat/a%20%231.png\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cat/3.png\"><img", page, StringComparison.Ordinal); // there is no such file
    }

    [Fact]
    public void A_picture_too_large_to_be_decoded_is_counted_and_one_on_its_side_stands_upright()
    {
        // 100 million pixels take 300 MB to decode and less than 1 MB on the disk.
        PictureFiles.Write(_folder, "pics/large.png", PngFiles.Make(10_000, 10_000, 8, PngFiles.Grey, (_, _, _) => 0));
        var lying = PictureFiles.Draw(60, 40, (x, _) => x < 30 ? SKColors.Red : SKColors.Blue, SKEncodedImageFormat.Jpeg);
        PictureFiles.Write(_folder, "pics/lying.jpg", PictureFiles.WithOrientation(lying, 6));
        PictureFiles.Write(_folder, "pics/broken.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        var first = SuspectCards.Of(AuditSamples.Result()).Select(e => e.Id).ToArray();
        var names = Enumerable.Range(0, AuditSamples.Count).Select(i => $"<script>{i}</script>").ToArray();
        (names[first[0]], names[first[1]], names[first[2]]) = ("large.png", "lying.jpg", "broken.png");
        File.WriteAllLines(_folder.File("names.txt"), names);
        using var images = AuditSamples.Images(4);
        using var named = new DatasetSplits(Named(images.Train, SourceRows.Of("v.npy", AuditSamples.Count)), images.Test.With());
        using var data = AuditData.Of(named);
        var settings = new ShownSettings { Names = _folder.File("names.txt"), Images = _folder.File("pics") };
        using var shown = ShownExamples.Read(settings, null, new UserDataOptions(), data.Examples.Rows);
        data.Shown = shown;
        var watch = Stopwatch.StartNew();
        AuditReport.Write(AuditSamples.Result(), data, [], _folder.File("report.html"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        var page = File.ReadAllText(_folder.File("report.html"));
        Assert.Contains(
            "2\u00A0pictures cannot be shown on this page: damaged, or of more than 50 million pixels.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains($"{AuditSamples.Count - 3} of {AuditSamples.Count} pictures are not in", page, StringComparison.Ordinal);
        Assert.Contains("href=\"pics/large.png\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>0", page, StringComparison.Ordinal);

        var uri = page.Split("href=\"pics/lying.jpg\"><img ")[1].Split("base64,")[1].Split('"')[0];
        using var upright = SKBitmap.Decode(Convert.FromBase64String(uri));
        Assert.Equal((40, 60), (upright.Width, upright.Height));
        Assert.True(upright.GetPixel(20, 5).Red > 200); // its left is shown above
        Assert.True(upright.GetPixel(20, 55).Blue > 200);
    }

    private static Dataset Named(Dataset data, SourceRows rows) =>
        new(data.Pixels.alias(), data.Labels.alias(), AuditSamples.Names, data.Split, data.Provenance, rows);

    private string Page()
    {
        using var images = AuditSamples.Images(4);
        using var data = AuditData.Of(images);
        var path = _folder.File("report.html");
        AuditReport.Write(AuditSamples.Result(), data, [("Command", "rote audit farm")], path);
        return new Uri(path).AbsoluteUri;
    }
}
