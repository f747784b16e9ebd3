using System.Globalization;
using System.Text;
using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>A suspect as its card shows it.</summary>
/// <param name="Example">Number of the example.</param>
/// <param name="Label">The class that it came with.</param>
/// <param name="Suggested">The class that is likelier; null where there is none.</param>
/// <param name="Verdict">What the audit takes it for; null where it does not say.</param>
/// <param name="Means">What that means, where it stands.</param>
/// <param name="Values">What was measured of it: names and values.</param>
/// <param name="Near">What is most like it: a title, the example, its class, and how like it is.</param>
internal sealed record SuspectCard(
    int Example,
    int Label,
    int? Suggested,
    Verdict? Verdict,
    string Means,
    IReadOnlyList<(string Name, string Value)> Values,
    IReadOnlyList<(string Title, int Example, string Class, string Similarity)> Near
);

/// <summary>Suspects as cards on which a reader decides: what each is, what is said against its label, and what it looks like. Without the
/// page's script they are a plain list in the order of suspicion.</summary>
/// <param name="rows">What the examples are called.</param>
/// <param name="classNames">[K] names.</param>
/// <param name="looks">What is shown of examples.</param>
internal sealed class CardList(SourceRows rows, IReadOnlyList<string> classNames, ExampleLooks looks)
{
    /// <summary>Cards at most; the tables beside the page have all.</summary>
    public const int Most = 500;

    /// <summary>Where nothing is called anything, so many are shown.</summary>
    public const int Fewest = 100;

    /// <summary>What keys do on a page of cards.</summary>
    public const string Keys =
        "Keys anywhere on the page: j and p or the arrows move, k keep, c change to "
        + "the suggested label, o another class, d drop, u unsure, the same key again takes it back, / searches, Enter opens the file. "
        + "Decisions stay in this browser until they are saved.";

    /// <summary>Cards at most whose picture is large: 200 are about 3 MB.</summary>
    private const int MostLarge = 200;

    private const int LongestValue = 300;

    /// <summary>How many of the suspects have a card, and which file has the others. It stands above the cards: nobody reads to the end of
    /// 500 to learn that there are more, and the search looks through the cards alone.</summary>
    /// <param name="shown">The number of cards.</param>
    /// <param name="suspects">The number of examples in <see cref="AuditFiles.Suspects"/>.</param>
    /// <param name="examples">The number of all examples.</param>
    public static string Extent(int shown, int suspects, int examples)
    {
        var all = Numbers.Count(examples, "example");
        var of = suspects == examples ? all : $"{Numbers.Count(suspects, "suspect")} among {all}"; // without verdicts all are listed
        return suspects == 0
                ? $"Nothing is suspect. The first {Numbers.Count(shown)} of {all} in the order of suspicion; "
                    + $"{AuditFiles.Csv} beside this page has all of them."
            : suspects > shown
                ? $"The first {Numbers.Count(shown)} of {of}, in the order of suspicion. Search and filters look through "
                    + $"these; {AuditFiles.Suspects} beside this page goes on to the last, and {AuditFiles.Csv} has all examples."
            : $"{of}, all of them here, in the order of suspicion; {AuditFiles.Csv} beside this page has all examples.";
    }

    /// <summary>Draws cards and their tools.</summary>
    /// <param name="audit">Identity of the audit.</param>
    /// <param name="cards">The cards, the most suspicious first.</param>
    /// <param name="orders">Values that cards can be ordered by beside suspicion, as (name, value of a card, whether the largest come
    /// first).</param>
    public Html Draw(
        string audit,
        IReadOnlyList<SuspectCard> cards,
        IReadOnlyList<(string Name, Func<SuspectCard, double> Value, bool IsDescending)>? orders = null
    )
    {
        looks.Prepare(cards.SelectMany(card => card.Near.Select(near => near.Example).Prepend(card.Example)));
        var html = new StringBuilder();
        html.Append(
            SuspectTools.Of(
                cards.Count,
                classNames,
                cards.Select(card => card.Verdict).OfType<Verdict>(),
                cards.Select(card => card.Label),
                cards.Select(card => card.Suggested).OfType<int>(),
                [.. orders?.Select(order => (order.Name, order.IsDescending)) ?? []]
            )
        );
        html.Append(Decisions());
        var alone = Html.Trusted(cards.Any(card => card.Near.Count > 0) ? "" : " alone"); // nothing stands beside them
        html.Append(Html.Of($"<ol class=\"suspects wide{alone}\" id=\"suspects\" aria-label=\"Suspects\" data-audit=\"{audit[..12]}\">\n"));
        foreach (var (rank, card) in cards.Index())
        {
            html.Append(Card(card, rank, [.. orders?.Select(order => order.Value(card)) ?? []]));
        }

        return Html.Trusted(html.Append("</ol>\n").ToString());
    }

    private Html Decisions()
    {
        var classes = Html.Join("", classNames.Select(name => Html.Of($"<option value=\"{name}\"></option>")));
        return Html.Of(
            $"""
            <div class="decide-tools wide" hidden>
            <label>Another class (key o)
            <input id="decide-class" list="decide-classes" autocomplete="off" placeholder="type, then Enter"></label>
            <datalist id="decide-classes">{classes}</datalist>
            <button type="button" id="decide-save">Save decisions.csv</button>
            <button type="button" id="decide-clear">Forget all</button>
            <output id="decide-state" aria-live="polite"></output>
            </div>

            """
        );
    }

    private Html Card(SuspectCard card, int rank, double[] values)
    {
        var identity = rows[card.Example];
        var given = classNames[card.Label];
        var suggested = card.Suggested is { } k ? classNames[k] : "";
        var row = identity.Row?.ToString(CultureInfo.InvariantCulture) ?? "";
        var order =
            values.Length == 0
                ? default
                : Html.Of($" data-values=\"{string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}\"");
        return Html.Of(
            $"""
            <li class="suspect" tabindex="{(rank == 0 ? 0 : -1)}" data-verdict="{card.Verdict?.Name() ?? ""}" data-given="{card.Label}"
              data-suggested="{card.Suggested ?? -1}" data-file="{identity.File}" data-row="{row}"
              data-label="{given}" data-other="{suggested}"{order}>
            <div class="look">{looks.Look(card.Example, rank < MostLarge)}</div>
            <div class="said">
            <p class="name"><span class="rank">{rank + 1}</span> {looks.Title(card.Example)}</p>
            <p class="labels">your label <b>{given}</b>{(suggested.Length > 0 ? Html.Of($", suggested <b>{suggested}</b>") : default)}</p>
            {Said(card)}<dl>
            {Html.Join("\n", card.Values.Select(value => Html.Of($"<div><dt>{value.Name}</dt><dd>{value.Value}</dd></div>")))}
            </dl>
            {Fields(card.Example)}</div>
            <div class="alike">
            {Html.Join("\n", card.Near.Select(near => Near(near, rank < MostLarge)))}
            </div>
            </li>

            """
        );
    }

    private static Html Said(SuspectCard card) =>
        card.Verdict is { } verdict
            ? Html.Of($"<p><span class=\"{VerdictWords.Class(verdict)}\">{verdict.Name()}</span>: {card.Means}</p>\n")
            : default;

    private Html Fields(int example)
    {
        var fields = looks
            .Fields(example)
            .Select(f => Html.Of($"<div><dt>{f.Name}</dt><dd>{ShownText.Line(f.Value, LongestValue)}</dd></div>\n"))
            .ToArray();
        return fields.Length == 0 ? default : Html.Of($"<dl class=\"fields\">\n{Html.Join("", fields)}</dl>\n");
    }

    private Html Near((string Title, int Example, string Class, string Similarity) near, bool isSeen) =>
        Html.Of(
            $"<figure>{looks.LookBeside(near.Example, isSeen)}<figcaption>{near.Title}<br><b>"
                + $"{near.Class}</b> {near.Similarity}</figcaption></figure>\n"
        );
}
