using Rote.Audits.OwnModel;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The page of an audit by the user's own model: which examples to look at, in which order, and what the model's outputs cannot
/// tell.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class OwnModelReport
{
    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">The examples to show; null: only their names.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; one already there is replaced, missing folders are made.</param>
    /// <param name="shown">What is shown of the examples beside them; null: nothing.</param>
    /// <param name="source">Where the examples lie: pictures are shown as they are there, and linked from the page; null: nowhere.</param>
    /// <exception cref="MachineException">The file cannot be written; one that was there is untouched.</exception>
    public static void Write(
        OwnModelResult result,
        Dataset? examples,
        IReadOnlyList<(string Name, string Value)> provenance,
        string path,
        ShownExamples? shown = null,
        AuditSource? source = null
    )
    {
        using var looks = new ExampleLooks(result.Rows, examples, shown, source, path);
        AtomicFile.WriteText(path, ToHtml(result, provenance, looks));
    }

    /// <summary>The page's text.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">The examples to show; null: only their names.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(OwnModelResult result, Dataset? examples, IReadOnlyList<(string Name, string Value)> provenance)
    {
        using var looks = new ExampleLooks(result.Rows, examples, shown: null, source: null, page: null);
        return ToHtml(result, provenance, looks);
    }

    private static string ToHtml(OwnModelResult result, IReadOnlyList<(string Name, string Value)> provenance, ExampleLooks looks)
    {
        var page = new HtmlPage(
            "What your own model says of your labels",
            $"rote audit · {Numbers.Count(result.Labels.Length, "example")} of {result.Name}, nothing trained"
        )
        {
            Script = HtmlPage.Resource("suspects.js"),
            MoreStyle = HtmlPage.Resource("suspects.css"),
        };
        page.Lead(Html.Join(" ", OwnModelWords.Summary(result).Select(Html.Text)));
        if (result.Decided is { } decided)
        {
            page.Paragraph(Html.Text(decided.ToString()));
        }

        foreach (var note in OwnModelWords.Notes(result))
        {
            page.Notice(Html.Text(note));
        }

        var cards = OwnModelCards.Draw(result, looks);
        foreach (var note in looks.Notes)
        {
            page.Notice(Html.Text(note));
        }

        page.Heading("suspects-first", "Look at these first");
        page.Paragraph(Html.Text(OwnModelCards.Extent(result)));
        page.Add(cards);
        page.Paragraph(
            Html.Text(
                $"The order of suspicion: {Order(result)}. {CardList.Keys} "
                    + "The same command takes the saved file as --decisions, and knows what you know."
            )
        );
        if (OwnModelTables.Classes(result) is { } classes)
        {
            page.Heading("classes", "Wrong labels by class");
            page.Table(classes);
        }

        if (OwnModelTables.Confusions(result) is { } confusions)
        {
            page.Heading("confusions", "Which classes are mixed up");
            page.Table(confusions);
        }

        AddMap(page, result);
        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static string Order(OwnModelResult result) =>
        (result.Predictions is not null, result.Epochs > 0) switch
        {
            (true, true) => "the label's probability and the area under the margin by rank, both alike",
            (true, false) => "the lowest probability of the label first",
            _ => "the lowest area under the margin first",
        };

    private static void AddMap(HtmlPage page, OwnModelResult result)
    {
        if (result.Epochs == 0)
        {
            return;
        }

        float[] Values(string name) => result.Dynamics.First(m => m.Name == name).Values;
        var (confidence, variability) = (Values("confidence"), Values("variability"));
        page.Heading("map", "The data as your model saw it");
        page.Figure(
            "data-map",
            new DensityChart(
                "Data map",
                "variability of the label's probability over the epochs",
                "confidence: its mean",
                0.5,
                [.. variability.Zip(confidence, (across, up) => ((double)across, (double)up))]
            ),
            Html.Text(
                "Every example by what the model said of its label while it was trained: above, what is easy; to the right, what is "
                    + "ambiguous; below to the left, what is hard, where wrong labels are. The strength of a cell is the "
                    + "square root of its "
                    + "number of examples."
            )
        );
    }
}
