using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Runs;

/// <summary>The page of runs in a real browser, by keyboard alone. Where the machine has no chromium, these are skipped and say
/// so.</summary>
public sealed class ServedBrowserTests : IDisposable
{
    private const string Markup = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.File("all");

    private RunStore Store => new(Path.Combine(Root, "runs"), TimeProvider.System);

    [Fact]
    public async Task Curves_of_what_trains_grow_and_runs_are_compared_by_keys()
    {
        RunFolders.Finished(Store, RunFolders.Experiment());
        RunFolders.Finished(Store, RunFolders.Experiment(seed: 2));
        var run = RunFolders.Interrupted(Store, RunFolders.Experiment(seed: 3), epochs: 2);
        using var held = RunLock.Take(run);
        await using var page = await Page();
        await using var browser = await Opened(page);
        await browser.Until(
            "document.querySelectorAll('#chart path').length === 1 && document.querySelectorAll('#list tbody tr').length === 3"
        );
        var before = (await browser.Value("document.querySelector('#chart path').getAttribute('d')")).GetString();
        File.AppendAllText(
            Path.Combine(run, "metrics.jsonl"),
            "{\"epoch\":3,\"learningRate\":0.05,\"testAccuracy\":0.75,\"trainAccuracy\":0.9,\"seconds\":9}\n"
        );
        await browser.Until("document.querySelector('#legend b').textContent === '75.0 %'");
        Assert.NotEqual(before, (await browser.Value("document.querySelector('#chart path').getAttribute('d')")).GetString());

        await browser.Press("/");
        await browser.Until("document.activeElement.id === 'find'");
        await browser.Press("f", "i", "n", "i", "s", "h", "e", "d");
        await browser.Until("document.querySelectorAll('#list tbody tr').length === 2");
        for (var ticked = 0; ticked < 2; )
        {
            await browser.Press("Tab");
            if ((await browser.Value("document.activeElement.type")).GetString() == "checkbox")
            {
                await browser.Press(" ");
                ticked++;
            }
        }

        await browser.Until("document.getElementById('curves-title').textContent === 'Comparison of 2 runs'");
        await browser.Until("document.querySelectorAll('#chart path').length === 2");
        await browser.Until(
            "document.querySelector('#differences tbody th') && document.querySelector('#differences tbody th').textContent === 'seed'"
        );
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Names_full_of_markup_stay_text_and_nothing_leaves_the_machine()
    {
        var run = RunFolders.Interrupted(Store, RunFolders.Experiment());
        File.WriteAllText(
            Path.Combine(run, "experiment.json"),
            System.Text.Json.JsonSerializer.Serialize(
                new
                {
                    data = new { name = Markup },
                    network = new { kind = Markup },
                    corruption = new { kind = Markup },
                    seed = 1,
                }
            )
        );
        Directory.CreateDirectory(Path.Combine(Root, "<b>reports"));
        File.WriteAllText(
            Path.Combine(Root, "<b>reports", "a.html"),
            $"<title>{System.Net.WebUtility.HtmlEncode(Markup)}</title><script>fetch('/api/items')</script>"
        );
        await using var page = await Page();
        await using var browser = await Opened(page);
        await browser.Until("document.querySelectorAll('#pages li').length === 1");
        Assert.Contains(
            Markup,
            (await browser.Value("document.querySelector('#list .what').textContent")).GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(Markup, (await browser.Value("document.querySelector('#pages a').textContent")).GetString());
        Assert.Equal("Runs · Rote", (await browser.Value("document.title")).GetString());
        Assert.Equal(
            0,
            (await browser.Value("document.querySelectorAll('main img, main script, main b:not(#legend b)').length")).GetInt32()
        );
        Assert.All(browser.Requests, address => Assert.StartsWith(page.Server.Origin, address, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }

    [Theory]
    [InlineData(1280, 800, false)]
    [InlineData(390, 844, true)]
    public async Task It_fits_a_laptop_and_a_phone_in_light_and_dark(int width, int height, bool dark)
    {
        for (var seed = 1; seed < 130; seed++)
        {
            RunFolders.Finished(Store, RunFolders.Experiment(seed: seed));
        }

        await using var page = await Page();
        await using var browser = await Opened(page);
        await browser.Look(width, height, dark);
        await browser.Until("document.querySelectorAll('#list tbody tr').length === 100");
        Assert.True((await browser.Value("document.documentElement.scrollWidth")).GetInt32() <= width);
        var outside = await browser.Value(
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
        );
        Assert.Equal(0, outside.GetInt32());
        var paper = (await browser.Value("getComputedStyle(document.body).backgroundColor")).GetString();
        Assert.Equal(dark ? "rgb(21, 23, 26)" : "rgb(255, 255, 255)", paper);
        await browser.Value("document.getElementById('more').click()");
        await browser.Until("document.querySelectorAll('#list tbody tr').length === 129");
    }

    private async Task<ServedPage> Page()
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        return await ServedPage.Open(Root);
    }

    private static async Task<Chromium> Opened(ServedPage page)
    {
        var browser = await Chromium.Start();
        await browser.Open(page.Server.NewAddress());
        await browser.Until("document.body && document.body.dataset.ready");
        return browser;
    }
}
