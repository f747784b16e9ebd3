using Rote.Audits;
using Rote.Audits.Checks;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The findings of the checks of a data set, as lines of text and as a section of a page: the same sentences in both.</summary>
public static class DataSection
{
    private const int Shown = 40;

    /// <summary>Returns the findings as sentences.</summary>
    /// <param name="checks">What was found.</param>
    /// <returns>One line a finding; none where the checks found nothing.</returns>
    public static IReadOnlyList<string> Lines(DataChecks checks) =>
        [.. checks.Findings.Select(finding => $"{finding.Title}: {finding.Sentence}")];

    /// <summary>Adds the section to a page; adds nothing where the checks found nothing.</summary>
    /// <param name="page">The page.</param>
    /// <param name="checks">What was found.</param>
    /// <param name="duplicates">Which examples are twins of which; null where nobody looked for twins.</param>
    /// <param name="examples">The data.</param>
    /// <param name="looks">What the user wants to see of examples; null: nothing.</param>
    internal static void Add(HtmlPage page, DataChecks checks, Duplicates? duplicates, Dataset examples, ExampleLooks? looks = null)
    {
        if (checks.Findings.Count == 0)
        {
            return;
        }

        page.Heading("data", "The data");
        page.Paragraph(Html.Text($"{AuditFiles.Checks} beside this page names all examples, and says what was measured of each."));
        foreach (var finding in checks.Findings)
        {
            page.Subheading(finding.Title);
            page.Paragraph(Html.Text(finding.Sentence));
            if (finding.Examples.Count > 0)
            {
                page.Add(Folded(finding, duplicates, examples, looks));
            }
        }
    }

    /// <summary>Writes a page that holds only this section, as <c>rote data check</c> does.</summary>
    /// <param name="checks">What was found.</param>
    /// <param name="duplicates">Which examples are twins of which; null where nobody looked for twins.</param>
    /// <param name="examples">The data.</param>
    /// <param name="name">The name of the data.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void Write(
        DataChecks checks,
        Duplicates? duplicates,
        Dataset examples,
        string name,
        IReadOnlyList<(string Name, string Value)> provenance,
        string path
    )
    {
        var page = new HtmlPage(
            checks.Findings.Count == 0 ? "Nothing stands out" : "What stands out in the data",
            $"rote data check · {Numbers.Count(checks.Count, "example")} of {name}"
        )
        {
            MoreStyle = HtmlPage.Resource("checks.css"),
        };
        if (checks.Findings.Count == 0)
        {
            page.Lead(Html.Text(Nothing));
        }

        Add(page, checks, duplicates, examples);
        page.Heading("again", "Make it again");
        AtomicFile.WriteText(path, AgainSection.Add(page, provenance).ToHtml());
    }

    /// <summary>The sentence for data in which no check found anything.</summary>
    public static string Nothing => $"None of the {DataCheckCatalog.All.Count} checks of the data found anything.";

    private static Html Folded(CheckFinding finding, Duplicates? duplicates, Dataset examples, ExampleLooks? looks)
    {
        var first = finding.Examples.Take(Shown).ToArray();
        var labels = examples.Labels.data<long>();
        var rest = finding.Examples.Count > first.Length ? $"The first {first.Length} of {Numbers.Count(finding.Examples.Count)}" : "Show";
        var twins = duplicates?.Exact.Concat(duplicates.Near).ToDictionary(twin => twin.Second);
        var isPairs = twins is not null && finding.Check == "repeated-examples" && first.All(twins.ContainsKey);
        int[] shown = isPairs ? [.. first.SelectMany(id => new[] { twins![id].First, id })] : first;
        var gallery = ExampleGallery.Draw(
            shown,
            examples,
            place =>
                isPairs
                    ? $"{examples.ClassNames[(int)labels[shown[place]]]} {twins![shown[place | 1]].Similarity:0.000}"
                    : examples.ClassNames[(int)labels[shown[place]]],
            looks
        );
        return Html.Of($"<details><summary>{rest}</summary>\n{gallery}</details>\n");
    }
}
