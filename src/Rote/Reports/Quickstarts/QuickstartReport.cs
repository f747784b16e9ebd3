using Rote.Reports.Charts;
using Rote.Reports.Images;
using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>The report of <c>rote quickstart</c>: one HTML file that holds everything it shows.</summary>
/// <remarks>The numbers choose every sentence that could be false. Equal results give equal files.</remarks>
public static class QuickstartReport
{
    private const int ExamplesShown = 10;

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="result">What the quickstart found.</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(QuickstartResult result, string path) => AtomicFile.WriteText(path, ToHtml(result));

    /// <summary>Writes the first chart as its own SVG file.</summary>
    /// <param name="result">What the quickstart found.</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void WritePicture(QuickstartResult result, string path) =>
        AtomicFile.WriteText(path, SvgFile.Of(new QuickstartFigures(result, new QuickstartFacts(result)).Learning(), "learning"));

    /// <summary>Writes the chart from rote to rule as its own SVG file.</summary>
    /// <param name="course">The numbers.</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void WriteRulePicture(RuleCourse course, string path) =>
        AtomicFile.WriteText(path, SvgFile.Of(new RuleSection(course).Chart(), "rule-after-rote"));

    /// <summary>Says in one sentence what the second picture shows, for the screen.</summary>
    /// <param name="course">The numbers.</param>
    /// <returns>The sentence.</returns>
    public static string RuleFacts(RuleCourse course) => new RuleSection(course).Facts();

    /// <summary>The report's text.</summary>
    /// <param name="result">What the quickstart found.</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(QuickstartResult result)
    {
        var facts = new QuickstartFacts(result);
        var page = new HtmlPage("By rule or by rote?", $"rote quickstart · {result.Network} on {result.Data}");
        var isOfVectors = result.Variants.Any(variant => variant.Examples.IsVectors);
        if (isOfVectors)
        {
            page.Notice(
                Html.Text(
                    "These examples are vectors: where this page speaks of images and pixels, read examples and features. Every feature "
                        + "was standardized first."
                )
            );
        }

        AddAnswer(page, result, facts);
        AddPictures(page, result, facts);
        if (!isOfVectors)
        {
            AddExamples(page, result); // vectors have no picture
        }

        if (result.Rule is { } rule)
        {
            new RuleSection(rule).AddTo(page);
        }

        page.Heading("seen", "What is seen and why it matters");
        foreach (var (heading, text) in new QuickstartWords(result, facts).Findings())
        {
            page.Subheading(heading).Paragraph(text);
        }

        AddProvenance(page, result);
        return page.ToHtml();
    }

    private static void AddAnswer(HtmlPage page, QuickstartResult result, QuickstartFacts facts)
    {
        var answer = new QuickstartAnswer(result, facts);
        if (result.Substitution is { } substitution)
        {
            page.Notice(Html.Of($"<b>Not the data that was asked for.</b> {substitution}"));
        }

        page.Lead(answer.Question());
        page.Heading("answer", "The answer");
        page.Add(
            Html.Of(
                $"<div class=\"answer\">\n{Html.Join("", answer.Sentences().Select(sentence => Html.Of($"<p>{sentence}</p>\n")))}</div>\n"
            )
        );
    }

    private static void AddPictures(HtmlPage page, QuickstartResult result, QuickstartFacts facts)
    {
        var figures = new QuickstartFigures(result, facts);
        page.Heading("picture", "The picture");
        page.Figure("learning", figures.Learning(), figures.LearningCaption());
        page.Figure("train-test", figures.TrainAgainstTest(), QuickstartFigures.TrainAgainstTestCaption());
        page.Heading("numbers", "The numbers");
        page.Table(QuickstartTable.Create(result));
    }

    private static void AddExamples(HtmlPage page, QuickstartResult result)
    {
        page.Heading("examples", "What the network saw");
        page.Paragraph(
            Html.Text(
                "The first training images of each variant with the label that the network was given; where that is not the true one, "
                    + "the true one stands under it, struck through."
            )
        );
        foreach (var variant in result.Variants)
        {
            var images = ExampleImages.Draw(variant.Examples, variant.TrueLabels, ExamplesShown);
            page.Subheading(variant.Title).Paragraph(Html.Text(variant.Explanation)).Add(images);
        }
    }

    private static void AddProvenance(HtmlPage page, QuickstartResult result)
    {
        page.Heading("again", "Make it again");
        foreach (var (_, command) in result.Provenance.Where(pair => IsCommand(pair.Name)))
        {
            page.Code(command);
        }

        var hasRecipe = result.Provenance.Any(pair => pair.Name.Equals("recipe", StringComparison.OrdinalIgnoreCase));
        (string, string)[] recipe =
        [
            .. hasRecipe ? [] : new[] { ("Recipe", result.Recipe) },
            ("Fitted", $"training accuracy of at least {Numbers.Level(result.FitTarget)}"),
        ];
        var runs = result.Variants.Select(variant => ($"Run, {variant.Title}", variant.RunFolder));
        if (result.Rule is { } rule)
        {
            runs = runs.Append(("Recipe, rote to rule", rule.Recipe)).Append(("Run, rote to rule", rule.RunFolder));
        }

        page.Definitions(recipe.Concat(result.Provenance.Where(pair => !IsCommand(pair.Name))).Concat(runs));
    }

    private static bool IsCommand(string name) => name.Equals("command", StringComparison.OrdinalIgnoreCase);
}
