using Rote.Audits.OwnModel;
using Rote.Audits.Review;
using Rote.Audits.Scoring;
using Rote.Reports.Audits;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Audits;

/// <summary>The page of an audit of one's own model in a real browser: decisions by keys, and the order of the cards.</summary>
public sealed class OwnModelCardsPageTests : IDisposable
{
    private const string Focused = "document.activeElement.querySelector('.rank')?.textContent ?? document.activeElement.id";

    private readonly TempFolder _folder = new();
    private readonly OwnModelInput _input;

    public OwnModelCardsPageTests()
    {
        var model = new OwnModels();
        File.WriteAllText(_folder.File("y.txt"), model.LabelText(label => $"<b>kind {label}"));
        File.WriteAllText(_folder.File("log.csv"), model.Csv());
        _input = new OwnModelInput
        {
            Predictions = _folder.Put("p.npy", model.Npy()),
            Labels = _folder.File("y.txt"),
            Dynamics = _folder.File("log.csv"),
        };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decisions_are_made_by_keys_and_saved_as_a_table_that_the_same_audit_takes()
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        var result = OwnModelAudit.Run(_input);
        var page = Page(result);
        await using var browser = await Chromium.Start();
        await browser.Open(page);
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        await browser.Press("j", "k", "c", "d", "u");
        Assert.Equal("5", (await browser.Value(Focused)).GetString());
        await browser.Open(page); // kept over a reload
        await browser.Until("document.querySelectorAll('.suspect.decided').length == 4");
        Assert.Contains("4 of ", (await browser.Value("document.getElementById('decide-state').textContent")).GetString());
        await browser.Value(
            "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return 'blob:x'; }; "
                + "HTMLAnchorElement.prototype.click = () => {}; document.getElementById('decide-save').click(); 1"
        );
        await browser.Until("window.saved");
        File.WriteAllText(_folder.File("decisions.csv"), (await browser.Value("window.saved")).GetString());
        Assert.Empty(browser.Errors);

        var (cards, file) = (OwnModelCards.Of(result), DecisionFile.Read(_folder.File("decisions.csv")));
        Assert.Equal(
            [ReviewChoice.Keep, ReviewChoice.Change, ReviewChoice.Drop, ReviewChoice.Unsure],
            file.Labels.Select(label => label.Consensus.Choice)
        );
        Assert.Equal(cards.Take(4).Select(i => result.Rows[i].Row), file.Labels.Select(label => label.Row));
        Assert.Equal(result.ClassNames[result.Predictions!.Suggested[cards[1]]], file.Labels[1].Consensus.NewLabel);
        var after = OwnModelAudit.Run(_input with { Dynamics = null, Decisions = file });
        Assert.Equal((1, 1, 1, 1), (after.Decided!.Kept, after.Decided.Changed, after.Decided.Dropped, after.Decided.Unsure));
        Assert.Equal(2, after.Count(Verdict.KnownRight));
    }

    [Fact]
    public async Task Cards_are_ordered_by_a_measure_and_back_and_searched_in_any_order()
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        var result = OwnModelAudit.Run(_input);
        var cards = OwnModelCards.Of(result);
        await using var browser = await Chromium.Start();
        await browser.Open(Page(result));
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        Assert.Equal(Rows(cards.OrderBy(i => result.Predictions!.SelfConfidence[i])), await Order("1"));
        var spread = result.Dynamics.First(m => m.Name == "variability").Values;
        Assert.Equal(Rows(cards.OrderByDescending(i => spread[i])), await Order("-6"));
        Assert.Equal(Rows(cards), await Order(""));
        await Order("-6");
        var name = result.Rows[cards[2]].Name;
        await browser.Value(
            $"(() => {{ const t = document.getElementById('suspects-text'); t.value = '{name}'; "
                + "t.dispatchEvent(new Event('input')); })(); 1"
        );
        Assert.Equal(
            $"{result.Rows[cards[2]].Row}",
            (
                await browser.Value("Array.from(document.querySelectorAll('.suspect:not([hidden])'), c => c.dataset.row).join(' ')")
            ).GetString()
        );
        Assert.Empty(browser.Errors);

        string Rows(IEnumerable<int> order) => string.Join(' ', order.Select(i => result.Rows[i].Row));
        async Task<string?> Order(string value) =>
            (
                await browser.Value(
                    $"(() => {{ const s = document.getElementById('suspects-order'); s.value = '{value}'; "
                        + "s.dispatchEvent(new Event('change')); })(); "
                        + "Array.from(document.querySelectorAll('.suspect'), c => c.dataset.row).join(' ')"
                )
            ).GetString();
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task Nothing_is_wider_than_the_screen_and_nothing_is_loaded(int width, bool dark)
    {
        Assert.SkipWhen(Chromium.Program is null, "This machine has no chromium: apt-get install chromium.");
        await using var browser = await Chromium.Start();
        await browser.Look(width, 900, dark);
        await browser.Open(Page(OwnModelAudit.Run(_input)));
        await browser.Until("document.querySelectorAll('.decide').length > 3");
        Assert.True((await browser.Value("document.documentElement.scrollWidth")).GetInt32() <= width);
        Assert.Empty(browser.Errors);
        Assert.All(browser.Requests, address => Assert.Contains(address.Split(':')[0], new[] { "file", "data", "about" }));
    }

    private string Page(OwnModelResult result)
    {
        var path = _folder.File("report.html");
        OwnModelReport.Write(result, null, [("Command", "rote audit --predictions p.npy")], path);
        return new Uri(path).AbsoluteUri;
    }
}
