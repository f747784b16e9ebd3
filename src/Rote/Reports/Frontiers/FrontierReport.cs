using System.Text;
using Rote.Reports.Charts;
using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>The report of <c>rote frontier</c>.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class FrontierReport
{
    private const int Width = 110;

    /// <summary>Returns the report for a terminal.</summary>
    /// <param name="frontier">The frontier.</param>
    /// <param name="style">How to draw its tables; null: with legends, at full width.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    public static string ToText(Frontier frontier, TextStyle? style = null)
    {
        style ??= new TextStyle { Width = Width };
        var text = new StringBuilder();
        Table?[] tables = [FrontierTables.Targets(frontier), FrontierTables.Accuracies(frontier)];
        foreach (var table in tables.Concat(frontier.Attacks.Select(FrontierPrivacy.Table)))
        {
            if (table is not null)
            {
                text.Append(table.ToText(style)).Append('\n');
            }
        }

        string[] sentences =
        [
            FrontierWords.Targets(frontier),
            FrontierWords.Compare(frontier),
            .. frontier.Attacks.Select(FrontierPrivacy.Words),
        ];
        foreach (var words in sentences.Where(words => words.Length > 0))
        {
            foreach (var line in PlainText.Wrap(PlainText.ForTerminal(words), style.Line))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="frontier">The frontier.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <param name="path">The page's file; missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void Write(Frontier frontier, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(frontier, provenance));

    /// <summary>Writes only the picture, for a README or a slide.</summary>
    /// <param name="frontier">The frontier.</param>
    /// <param name="path">The SVG file; missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void WritePicture(Frontier frontier, string path) =>
        AtomicFile.WriteText(path, SvgFile.Of(FrontierChart.Create(frontier), "frontier"));

    /// <summary>Writes only the picture of privacy against memorization.</summary>
    /// <param name="attack">One of the frontier's.</param>
    /// <param name="path">The SVG file; missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void WritePrivacyPicture(FrontierAttack attack, string path) =>
        AtomicFile.WriteText(path, SvgFile.Of(FrontierPrivacy.Rates(attack), "privacy"));

    /// <summary>Returns the page.</summary>
    /// <param name="frontier">The frontier.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(Frontier frontier, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var plan = frontier.Plan;
        var page = new HtmlPage("How much to memorize, and what it costs", $"rote frontier · {plan.Data.Name}, {plan.Network.Title}");
        page.Lead(Html.Text(FrontierWords.Compare(frontier)));
        page.Figure(
            "frontier",
            FrontierChart.Create(frontier),
            Html.Text(
                "Test accuracy against the degree of memorization. Of the blunt tools the best are drawn; their points are networks that "
                    + "training passed through. Bars are standard errors: over seeds where there are several, else of the test examples. "
                    + "All tools have the same test examples, which the bars do not count: a difference is surer than they say."
            )
        );
        page.Table(FrontierTables.Accuracies(frontier), wide: true);
        if (FrontierTables.Targets(frontier) is { } targets)
        {
            page.Heading("targets", "Asked and given");
            page.Paragraph(Html.Text(FrontierWords.Targets(frontier)));
            page.Table(targets, wide: true);
        }

        foreach (var attack in frontier.Attacks)
        {
            AddPrivacy(page, attack);
        }

        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static void AddPrivacy(HtmlPage page, FrontierAttack attack)
    {
        var id = $"privacy-{attack.Tool}";
        page.Heading(id, $"Privacy against memorization: {FrontierPrivacy.Subject(attack)}");
        page.Paragraph(
            Html.Text(
                $"{FrontierPrivacy.Words(attack)} The attacker has {Numbers.Count(attack.Networks - 1)} networks of the same making, each "
                    + "trained on a random half of the same examples, and asks "
                    + (
                        attack.IsOnline
                            ? "how much likelier the network's confidence in a label is if it was trained on the example"
                            : "how unlikely the network's confidence in a label is if it was not trained on the example; with "
                                + $"{FrontierAttack.FewestOnline} networks it also asks how likely it is if it was"
                    )
                    + " (Carlini et al. 2022). A stronger attacker may find more."
            )
        );
        page.Figure(
            $"{id}-rates",
            FrontierPrivacy.Rates(attack),
            Html.Text(
                "Of the examples trained on, the share that the attack finds while it takes one in a hundred of the others for trained on. "
                    + "Rare but right: their labels are as they came, and networks at the largest degree that were not trained on them "
                    + $"predict these in at most {Numbers.Level(FrontierAttack.RareAt)} of cases. Bars are binomial standard errors, for "
                    + "these examples: for others like them they are about half as long as they should be."
            )
        );
        page.Figure(
            $"{id}-areas",
            FrontierPrivacy.Areas(attack),
            Html.Text(
                "The area under the attack's curve; 50 % tells nothing. Bars are standard errors over networks, which are asked about the "
                    + "same examples: for others like them they are about half as long as they should be."
            )
        );
        page.Table(FrontierPrivacy.Table(attack), wide: true);
    }
}
