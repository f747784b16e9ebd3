using System.Globalization;
using System.Text;
using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The first suspects as cards on which a reader decides: what each example is, what speaks against its label, and what it looks
/// like. Without the page's script they are a plain list in the order of suspicion.</summary>
internal static class SuspectCards
{
    /// <summary>The most cards; the tables beside the page hold all suspects.</summary>
    public const int Most = 500;

    /// <summary>The most cards whose pictures are made from the user's files: 200 take about 3 MB.</summary>
    private const int MostFromFiles = 200;

    /// <summary>The most cards where no example has an open verdict.</summary>
    private const int Fewest = 100;

    /// <summary>The examples on the cards: those with an open verdict, else the first in the order of suspicion.</summary>
    /// <param name="result">The audit.</param>
    public static AuditedExample[] Of(AuditResult result)
    {
        var open = result.Suspects.Where(e => e.Verdict.IsOpen()).Take(Most).ToArray();
        return open.Length > 0 ? open : [.. result.Suspects.Where(e => e.Verdict != Verdict.KnownRight).Take(Fewest)];
    }

    /// <summary>Draws the cards and their tools.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="images">Its examples.</param>
    /// <param name="pictures">Their pictures.</param>
    public static Html Draw(AuditResult result, Dataset images, SuspectPictures pictures)
    {
        var suspects = Of(result);
        pictures.Draw(suspects.SelectMany(e => new[] { e.Id, e.Agreeing.Row, e.Contradicting.Row }));
        var html = new StringBuilder();
        html.Append(
            SuspectTools.Of(
                suspects.Length,
                result.ClassNames,
                suspects.Select(e => e.Verdict),
                suspects.Select(e => e.Label),
                suspects.Select(e => e.Suggested).OfType<int>()
            )
        );
        html.Append(Decisions(result));
        html.Append(
            Html.Of($"<ol class=\"suspects wide\" id=\"suspects\" aria-label=\"Suspects\" data-audit=\"{result.Plan.Identity[..12]}\">\n")
        );
        foreach (var (rank, example) in suspects.Index())
        {
            html.Append(Card(result, example, rank, images, pictures));
        }

        return Html.Trusted(html.Append("</ol>\n").ToString());
    }

    private static Html Decisions(AuditResult result)
    {
        var classes = Html.Join("", result.ClassNames.Select(name => Html.Of($"<option value=\"{name}\"></option>")));
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

    private static Html Card(AuditResult result, AuditedExample example, int rank, Dataset images, SuspectPictures pictures)
    {
        var identity = images.Rows[example.Id];
        var given = result.ClassNames[example.Label];
        var suggested = example.Suggested is { } k ? result.ClassNames[k] : "";
        var row = identity.Row?.ToString(CultureInfo.InvariantCulture) ?? "";
        return Html.Of(
            $"""
            <li class="suspect" tabindex="{(rank == 0 ? 0 : -1)}" data-verdict="{example.Verdict.Name()}" data-given="{example.Label}"
              data-suggested="{example.Suggested ?? -1}" data-file="{identity.File}" data-row="{row}"
              data-label="{given}" data-other="{suggested}">
            <div class="look">{Look(example.Id, rank, images, pictures)}</div>
            <div class="said">
            <p class="name"><span class="rank">{rank + 1}</span> {Linked(Html.Text(identity.Name), pictures.Link(example.Id))}</p>
            <p class="labels">your label <b>{given}</b>{(suggested.Length > 0 ? Html.Of($", suggested <b>{suggested}</b>") : default)}</p>
            <p><span class="{VerdictWords.Class(example.Verdict)}">{example.Verdict.Name()}</span>: {VerdictWords.Means(
                example.Verdict
            )}</p>
            <dl>
            <div><dt>chance the label is wrong</dt><dd>{Chance(example.WrongProbability)}</dd></div>
            <div><dt>suggested label fits</dt><dd>{Chance(example.SuggestedProbability)}</dd></div>
            <div><dt>networks’ belief in your label</dt><dd>{Share(example.OutOfBag.Value)}</dd></div>
            <div><dt>known only when trained on it</dt><dd>{Share(example.Memorization.Value)}</dd></div>
            </dl>
            </div>
            <div class="alike">
            {Near(result, "looks like (same label)", example.Agreeing, images, pictures)}
            {Near(result, "looks like (other label)", example.Contradicting, images, pictures)}
            </div>
            </li>

            """
        );
    }

    private static Html Look(int id, int rank, Dataset images, SuspectPictures pictures) =>
        images.Texts is { } texts ? ShownText.Of(texts[id])
        : pictures.Uri(id, rank < MostFromFiles) is { } uri
            ? Linked(Html.Of($"<img alt=\"{images.Rows[id].Name}\" loading=\"lazy\" src=\"{uri}\">"), pictures.Link(id))
        : default;

    private static Html Near(
        AuditResult result,
        string title,
        (int Row, float Similarity) neighbour,
        Dataset images,
        SuspectPictures pictures
    )
    {
        if (neighbour.Row < 0)
        {
            return default;
        }

        var name = images.Rows[neighbour.Row].Name;
        var look =
            images.Texts is { } texts ? ShownText.Of(texts[neighbour.Row])
            : pictures.Uri(neighbour.Row, fromFile: false) is { } uri ? Html.Of($"<img alt=\"{name}\" loading=\"lazy\" src=\"{uri}\">")
            : Html.Of($"<span class=\"name\">{name}</span>");
        return Html.Of(
            $"<figure>{Linked(look, pictures.Link(neighbour.Row))}<figcaption>{title}<br><b>"
                + $"{result.ClassNames[result.Examples[neighbour.Row].Label]}</b> {Share(neighbour.Similarity)}</figcaption></figure>\n"
        );
    }

    private static Html Linked(Html content, string? link) =>
        link is null ? content : Html.Of($"<a tabindex=\"-1\" href=\"{link}\">{content}</a>");

    /// <summary>Formats a probability; never as 1, which no estimate is.</summary>
    private static string Chance(double value) => value > 0.99 ? "> 0.99" : Share(value);

    private static string Share(double value) =>
        double.IsNaN(value) ? "not known" : value.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}
