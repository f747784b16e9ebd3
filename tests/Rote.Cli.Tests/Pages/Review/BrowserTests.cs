using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Pages.Review;

/// <summary>A review in a real browser, by keyboard alone. Where the machine has no chromium, these are skipped and say so; CI installs
/// it.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Markup = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_alone_decide_take_back_choose_a_class_use_the_grid_and_reach_the_export()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("a"), 60, suspects: 20));
        await using var browser = await Opened(page);
        Assert.Equal("t.csv[0]", await Name(browser));

        await Decide(browser, page, "k", 0, ReviewChoice.Keep);
        await Decide(browser, page, "s", 1, ReviewChoice.Change, "cow");
        await browser.Press("o");
        await browser.Until("document.getElementById('classes').open");
        await browser.Press("c", "o", "w");
        await Decide(browser, page, "Enter", 2, ReviewChoice.Keep); // its own label
        await Decide(browser, page, "d", 3, ReviewChoice.Drop);
        await Decide(browser, page, "u", 4, ReviewChoice.Unsure);
        await browser.Press("z");
        await browser.Until("document.getElementById('name').textContent === 't.csv[4]'");
        Assert.Null(page.Session.Log.Of(4, "ann"));

        await browser.Press("ArrowRight", "ArrowRight", "ArrowLeft");
        await browser.Until("document.getElementById('name').textContent === 't.csv[5]'");
        await browser.Press("g");
        await browser.Until("document.activeElement.dataset.place === '5'");
        await browser.Press("ArrowRight");
        await browser.Until("document.activeElement.dataset.place === '6'");
        await browser.Press("d");
        await browser.Until("document.activeElement.dataset.place === '7'");
        Assert.Equal(ReviewChoice.Drop, page.Session.Log.Of(6, "ann")!.Decision);
        await browser.Press("ArrowDown", "ArrowUp", "Enter");
        await browser.Until("!document.getElementById('single').hidden && document.getElementById('name').textContent === 't.csv[7]'");

        await browser.Press("?");
        await browser.Until("document.getElementById('help').open");
        await browser.Press("Escape");
        await browser.Until("!document.getElementById('help').open");
        await browser.Press("e");
        await browser.Until("document.activeElement.getAttribute('href') === '/api/export/csv'");
        await browser.Press("Escape", "b");
        await browser.Until("getComputedStyle(document.getElementById('chance')).visibility === 'hidden'");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Every_button_is_reached_and_shows_that_it_is()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("t"), 60, suspects: 20));
        await using var browser = await Opened(page);
        var reached = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            await browser.Press("Tab");
            var now = (await browser.Value("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")).GetString()!;
            reached.Add(now);
            if (now.Length < 20 && now.Length > 0)
            {
                Assert.NotEqual("none", (await browser.Value("getComputedStyle(document.activeElement).outlineStyle")).GetString());
            }
        }

        string[] buttons = ["K Keep", "S Suggested", "O Other …", "D Drop", "U Unsure", "Z Undo", "G Grid", "E Export", "?"];
        Assert.Empty(buttons.Except(reached));
    }

    [Fact]
    public async Task The_page_keeps_up_at_50_000_examples()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("f"), 50_000, suspects: 5000));
        await using var browser = await Opened(page);
        const int Count = 100;
        var times = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            var before = System.Diagnostics.Stopwatch.GetTimestamp();
            await browser.Press("k");
            await browser.Until($"document.getElementById('where').textContent.startsWith('{i + 2} of')");
            times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        Assert.Equal(Count, page.Session.Log.All().Count);
        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"Key to next example: median {times[Count / 2]:F0} ms, 95 % {times[95]:F0} ms");
    }

    [Fact]
    public async Task Names_and_texts_full_of_markup_stay_text_and_nothing_leaves_the_machine()
    {
        var folder = ReviewSamples.Write(
            _folder.File("m"),
            30,
            suspects: 10,
            names: [Markup, $"{Markup}2", "dog"],
            file: i => ($"{Markup}{i}", null),
            text: i => $"{Markup} {i}"
        );
        await using var page = await Page(folder);
        await using var browser = await Opened(page);
        Assert.Equal(Markup, (await browser.Value("document.getElementById('given').textContent")).GetString());
        Assert.Equal($"{Markup} 0", (await browser.Value("document.querySelector('#stage .text').textContent")).GetString());
        await browser.Press("s", "o");
        await browser.Until("document.getElementById('classes').open");
        await browser.Press("Escape", "g");
        await browser.Until("document.querySelectorAll('.tile').length > 10");
        Assert.DoesNotContain("broken", (await browser.Value("document.title")).GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await browser.Value("document.querySelectorAll('main img, main script').length")).GetInt32());
        Assert.All(browser.Requests, address => Assert.StartsWith(page.Server.Origin, address, StringComparison.Ordinal));
        Assert.NotEmpty(browser.Requests);
        Assert.Empty(browser.Errors);
    }

    // A request that failed used to leave the last example on the screen while keys decided on those after it.
    [Fact]
    public async Task After_a_request_that_failed_no_key_decides_on_what_is_not_shown()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("l"), 200, suspects: 50));
        await using var browser = await Opened(page);
        await browser.Value("window.kept = fetch, window.fetch = (path, how) => how && how.method ? kept(path, how) : Promise.reject(), 1");
        for (var i = 0; i < 30; i++)
        {
            await browser.Press("k");
        }

        await browser.Until("!document.getElementById('alert').hidden");
        await Task.Delay(300);
        var decided = page.Session.Log.All().Count;
        Assert.InRange(decided, 1, 29);
        Assert.Equal(Enumerable.Range(0, decided), Enumerable.Range(0, 200).Where(i => page.Session.Log.Of(i, "ann") is not null));
        Assert.Equal($"t.csv[{decided - 1}]", await Name(browser)); // the last that was shown
        await browser.Value("window.fetch = kept, 1");
        await browser.Press("k"); // shows what the screen owes
        await browser.Until($"document.getElementById('name').textContent === 't.csv[{decided}]'");
        Assert.Equal(decided, page.Session.Log.All().Count);
        await Decide(browser, page, "k", decided, ReviewChoice.Keep);
    }

    [Fact]
    public async Task Blind_hides_the_labels_of_rows_that_look_alike_too()
    {
        File.WriteAllText(
            _folder.File("t.csv"),
            "a,b,label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i * i},{"cat,dog,cow".Split(',')[i % 3]}\n"))
        );
        await using var page = await Page(ReviewSamples.Write(_folder.File("r"), 30, suspects: 10, data: _folder.File("t.csv")));
        await using var browser = await Opened(page);
        const string Seen =
            "[...document.querySelectorAll('#stage th, #stage td')].filter(e => getComputedStyle(e).visibility !== 'hidden')";
        const string Words = $"{Seen}.map(e => e.textContent).join('|')";
        await browser.Until($"{Words}.includes('looks like')");
        await browser.Press("b");
        await browser.Until("document.body.classList.contains('blind')");
        Assert.Equal("|This row|a|0|b|0|label|cat", (await browser.Value(Words)).GetString());
    }

    [Fact]
    public async Task What_the_review_shows_is_neither_nothing_nor_known_where_no_control_item_says_so()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("n"), 30, suspects: 1));
        await using var browser = await Opened(page);
        Assert.StartsWith("1 of 30 · 1 suspect · ", (await browser.Value("document.getElementById('where').textContent")).GetString());
        Assert.Equal(
            "How many are wrong in all: not estimated, because there are no control items (--controls).",
            (await browser.Value("document.getElementById('estimate').textContent")).GetString()
        );
    }

    [Fact]
    public async Task A_few_wrong_labels_of_many_are_not_0_percent()
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("c"), 50_000, suspects: 6), controls: 0.9);
        foreach (var place in Enumerable.Range(0, 60))
        {
            var id = page.Session.Queue[place];
            page.Session.Decide(id, page.Session.Set.Examples[id].IsSuspect ? ReviewChoice.Drop : ReviewChoice.Keep, null);
        }

        await using var browser = await Opened(page);
        var words = (await browser.Value("document.getElementById('estimate').textContent")).GetString();
        Assert.StartsWith("Wrong in all: < 0.1 % to ", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, 800, false)]
    [InlineData(1280, 800, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task It_fits_a_laptop_and_a_phone_in_light_and_dark(int width, int height, bool dark)
    {
        await using var page = await Page(ReviewSamples.Write(_folder.File("w"), 60, suspects: 20, text: i => $"A text about number {i}."));
        await using var browser = await Opened(page);
        await browser.Look(width, height, dark);
        Assert.Equal(width, (await browser.Value("document.documentElement.scrollWidth")).GetInt32());
        Assert.Equal(height, (await browser.Value("document.documentElement.scrollHeight")).GetInt32());
        var outside = await browser.Value(
            "[...document.querySelectorAll('footer button')].filter(b => { const r = b.getBoundingClientRect();"
                + " return r.left < 0 || r.right > innerWidth || r.bottom > innerHeight || r.width < 24; }).map(b => b.textContent)"
        );
        Assert.Equal(0, outside.GetArrayLength());
        const string Wide =
            "[...document.querySelectorAll('#stage, header, footer')].filter(e => e.getBoundingClientRect().right > innerWidth)";
        Assert.Equal(0, (await browser.Value($"{Wide}.length")).GetInt32());
        var paper = (await browser.Value("getComputedStyle(document.body).backgroundColor")).GetString();
        Assert.Equal(dark ? "rgb(21, 23, 26)" : "rgb(255, 255, 255)", paper);

        // Nothing moves from one example to the next.
        const string Place =
            "JSON.stringify([...document.querySelectorAll('footer button, #stage, #labels dt')].map(e => e.getBoundingClientRect()))";
        var before = (await browser.Value(Place)).GetString();
        await browser.Press("k");
        await browser.Until("document.getElementById('where').textContent.startsWith('2 of')");
        Assert.Equal(before, (await browser.Value(Place)).GetString());
    }

    private static async Task<ReviewPage> Page(string folder, double controls = 0)
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        return await ReviewPage.Open(folder, controls: controls);
    }

    private static async Task<Chromium> Opened(ReviewPage page)
    {
        var browser = await Chromium.Start();
        await browser.Open(page.Server.NewAddress());
        await browser.Until("document.body && document.body.dataset.ready");
        return browser;
    }

    private static async Task<string> Name(Chromium browser) =>
        (await browser.Value("document.getElementById('name').textContent")).GetString()!;

    /// <summary>Presses a key and waits for the next example; the decision is then kept.</summary>
    private static async Task Decide(Chromium browser, ReviewPage page, string key, int id, ReviewChoice choice, string? label = null)
    {
        await browser.Press(key);
        await browser.Until($"document.getElementById('name').textContent === 't.csv[{id + 1}]'");
        var decision = page.Session.Log.Of(id, "ann");
        Assert.Equal((choice, label), (decision!.Decision, decision.NewLabel));
    }
}
