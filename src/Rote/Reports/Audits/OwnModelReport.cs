using Rote.Audits.OwnModel;
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
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(
        OwnModelResult result,
        Dataset? examples,
        IReadOnlyList<(string Name, string Value)> provenance,
        string path
    ) => AtomicFile.WriteText(path, ToHtml(result, examples, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">The examples to show; null: only their names.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(OwnModelResult result, Dataset? examples, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage(
            "What your own model says of your labels",
            $"rote audit · {Numbers.Count(result.Labels.Length, "example")} of {result.Name}, nothing trained"
        )
        {
            Script = HtmlPage.Resource("audit.js"),
            MoreStyle = HtmlPage.Resource("audit.css"),
        };
        page.Lead(Html.Join(" ", OwnModelWords.Summary(result).Select(Html.Text)));
        foreach (var note in OwnModelWords.Notes(result))
        {
            page.Notice(Html.Text(note));
        }

        page.Heading("suspects", "Look at these first");
        page.Paragraph(
            Html.Text(
                $"The first {Numbers.Count(Math.Min(OwnModelSuspects.Most, result.Labels.Length))} in the order of suspicion: "
                    + $"{Order(result)}. A "
                    + "column's heading sorts; / searches; arrow keys, or j and k, go from row to row."
            )
        );
        page.Add(OwnModelSuspects.Draw(result, examples));
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
