using System.Globalization;
using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;
using Rote.Reports.Charts;

namespace Rote.Reports.Audits;

/// <summary>The page of <c>rote audit</c>: which examples to look at, in which order, and how sure the audit is.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class AuditReport
{
    private const int RareShown = 60;
    private const int Bins = 12;

    private const string UnderTheCards =
        CardList.Keys
        + " Where something looks the same and has the suggested label, the label is more likely wrong; "
        + "the number beside it is the cosine of the features, 1 for equal.";

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <param name="source">The location of the examples. The page shows their pictures from there and links to them. Null: pictures as
    /// networks see them, without links.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(
        AuditResult result,
        AuditData data,
        IReadOnlyList<(string Name, string Value)> provenance,
        string path,
        AuditSource? source = null
    )
    {
        using var looks = new ExampleLooks(data.Examples.Rows, data.Examples, data.Shown, source, path);
        AtomicFile.WriteText(path, ToHtml(result, data, provenance, looks));
    }

    /// <summary>Returns the page's text, with pictures as networks see them.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(AuditResult result, AuditData data, IReadOnlyList<(string Name, string Value)> provenance)
    {
        using var looks = new ExampleLooks(data.Examples.Rows, data.Examples, data.Shown, source: null, page: null);
        return ToHtml(result, data, provenance, looks);
    }

    private static string ToHtml(
        AuditResult result,
        AuditData data,
        IReadOnlyList<(string Name, string Value)> provenance,
        ExampleLooks looks
    )
    {
        var page = new HtmlPage(
            "By rule, by rote, or wrong?",
            $"rote audit · {Numbers.Count(result.Examples.Count, "example")} of {result.Plan.Data.Name}, "
                + $"{Numbers.Count(result.Members, "network")} ({result.Plan.Network.Title})"
        )
        {
            Script = HtmlPage.Resource("suspects.js"),
            MoreStyle = HtmlPage.Resource("suspects.css") + HtmlPage.Resource("checks.css"),
        };
        page.Add(AuditTiles.Draw(result));
        foreach (var note in AuditWords.Notes(result))
        {
            page.Notice(Html.Text(note));
        }

        var cards = SuspectCards.Draw(result, data.Examples.Rows, looks);
        foreach (var note in looks.Notes)
        {
            page.Notice(Html.Text(note));
        }

        page.Heading("suspects-first", "Look at these first");
        page.Paragraph(Html.Text(SuspectCards.Extent(result)));
        page.Add(cards);
        page.Paragraph(Html.Text(UnderTheCards));
        page.Heading("answer", "The answer in sentences");
        foreach (var sentence in AuditWords.Summary(result).Append(result.Decided?.ToString() ?? "").Where(sentence => sentence.Length > 0))
        {
            page.Paragraph(Html.Text(sentence));
        }

        page.Table(AuditTables.Suspects(result));
        AddRare(page, result, data.Examples, looks);
        page.Heading("wrong", "How many labels are wrong");
        page.Table(AuditTables.Wrong(result));
        page.Table(AuditTables.Canaries(result));
        page.Table(AuditTables.Weights(result));
        if (AuditTables.Confusions(result) is { } confusions)
        {
            page.Heading("confusions", "Which classes are mixed up");
            page.Table(confusions);
        }

        AddPictures(page, result);
        if (result.Checks is { } checks)
        {
            DataSection.Add(page, checks, result.Duplicates, data.Examples, looks);
        }

        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static void AddRare(HtmlPage page, AuditResult result, Dataset images, ExampleLooks looks)
    {
        var rare = result
            .Examples.Where(e => e.Verdict == Verdict.RareButRight)
            .OrderByDescending(e => e.Memorization.Value)
            .ThenBy(e => e.Id)
            .Take(RareShown)
            .ToArray();
        if (rare.Length == 0)
        {
            return;
        }

        page.Heading("rare", "Rare but right: keep them");
        page.Paragraph(
            Html.Text(
                $"A network knows these only if it was trained on them, and nothing says that their label is wrong: the "
                    + $"{Numbers.Count(rare.Length)} with the highest memorization value of "
                    + $"{Numbers.Count(result.Count(Verdict.RareButRight))}. "
                    + "Thrown away as noise, they would take their kind with them."
            )
        );
        page.Add(
            ExampleGallery.Draw(
                rare.Select(e => e.Id),
                images,
                place => $"{result.ClassNames[rare[place].Label]}, {rare[place].Memorization.Value:0.00}",
                looks
            )
        );
    }

    private static void AddPictures(HtmlPage page, AuditResult result)
    {
        page.Heading("map", "The data as the networks see it");
        var points = result
            .Examples.Where(e => e.Dynamics.ContainsKey("confidence"))
            .Select(e => (e.Dynamics["variability"], e.Dynamics["confidence"]))
            .ToArray();
        page.Figure(
            "data-map",
            new DensityChart("Data map", "variability of the label's probability over the epochs", "confidence: its mean", 0.5, points),
            Html.Text(
                "Every example by what networks said of its label while they were trained on it: above, what is easy; to the right, what "
                    + "is ambiguous; below to the left, what is hard, where wrong labels are. "
                    + "The strength of a cell is the square root of its number of examples."
            )
        );
        var known = result.Examples.Where(e => !double.IsNaN(e.Memorization.Value)).Select(e => e.Memorization.Value).ToArray();
        page.Figure(
            "memorization",
            Memorization(known),
            Html.Text(
                "Memorization value: how much more probable its label is to networks trained on an example than to those that were not. "
                    + "Near 0 the rest of the data implies the label; towards 1 it is known by rote."
            )
        );
    }

    private static BarChart Memorization(double[] known)
    {
        // Steps of 0.1. The first bar holds every value below −0.1: a value below 0 is noise.
        var counts = Enumerable
            .Range(0, Bins)
            .Select(b => known.Count(v => Math.Clamp((int)Math.Floor((v + 0.2) * 10), 0, Bins - 1) == b))
            .ToArray();
        return new BarChart
        {
            Title = "Memorization values",
            Description = $"{known.Length:N0} examples; {known.Count(v => v >= Verdicts.ByRote):N0} at {Verdicts.ByRote} or above.",
            Axis = new ChartAxis("Share of the examples, %") { Minimum = 0 },
            Kinds = [new BarKind("examples", 0, IsPale: false)],
            Groups =
            [
                .. counts.Select(
                    (count, b) =>
                        new BarGroup(
                            b == 0 ? "below −0.1" : $"{Tenths(b - 2)} to {Tenths(b - 1)}",
                            [new Estimate(100.0 * count / Math.Max(1, known.Length), 0, known.Length)]
                        )
                ),
            ],
            Label = value => $"{value.Value:0.0} %",
        };
    }

    private static string Tenths(int tenths) => (tenths / 10.0).ToString("0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
