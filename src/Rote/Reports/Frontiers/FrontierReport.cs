using System.Text;
using Rote.Reports.Charts;
using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>The report of <c>rote frontier</c>.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class FrontierReport
{
    private const int Width = 110;

    /// <summary>For a terminal.</summary>
    /// <param name="frontier">What was found.</param>
    /// <param name="style">How its tables are drawn; null: with legends, as wide as they are.</param>
    /// <returns>Lines that end with a line feed, free of control characters.</returns>
    public static string ToText(Frontier frontier, TextStyle? style = null)
    {
        style ??= new TextStyle { Width = Width };
        var text = new StringBuilder();
        foreach (var table in new[] { FrontierTables.Targets(frontier), FrontierTables.Accuracies(frontier) })
        {
            if (table is not null)
            {
                text.Append(table.ToText(style)).Append('\n');
            }
        }

        foreach (var words in new[] { FrontierWords.Targets(frontier), FrontierWords.Compare(frontier) }.Where(words => words.Length > 0))
        {
            foreach (var line in PlainText.Wrap(PlainText.ForTerminal(words), style.Line))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="frontier">What was found.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <param name="path">The page's file; missing folders are made.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void Write(Frontier frontier, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(frontier, provenance));

    /// <summary>Writes the picture alone, for a README or a slide.</summary>
    /// <param name="frontier">What was found.</param>
    /// <param name="path">The SVG file; missing folders are made.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void WritePicture(Frontier frontier, string path) =>
        AtomicFile.WriteText(path, SvgFile.Of(FrontierChart.Create(frontier), "frontier"));

    /// <summary>The page.</summary>
    /// <param name="frontier">What was found.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <returns>An HTML document, UTF-8, lines ended by line feeds.</returns>
    public static string ToHtml(Frontier frontier, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var plan = frontier.Plan;
        var page = new HtmlPage("How much to memorize, and what it costs", $"rote frontier · {plan.Data.Name}, {plan.Network.Title}");
        page.Lead(Html.Text(FrontierWords.Compare(frontier)));
        page.Figure(
            "frontier",
            FrontierChart.Create(frontier),
            Html.Text(
                "Test accuracy against the degree of memorization. Of the other tools the best are drawn; their points are networks that "
                    + "training passed through. Bars are standard errors: over seeds where there are several, else of the test examples."
            )
        );
        page.Table(FrontierTables.Accuracies(frontier), wide: true);
        if (FrontierTables.Targets(frontier) is { } targets)
        {
            page.Heading("targets", "Asked and given");
            page.Paragraph(Html.Text(FrontierWords.Targets(frontier)));
            page.Table(targets, wide: true);
        }

        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }
}
