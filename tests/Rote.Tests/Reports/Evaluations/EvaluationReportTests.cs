using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rote.Evaluation;
using Rote.Reports.Charts;
using Rote.Reports.Evaluations;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Evaluations;

[NoTensorLeaks]
public sealed partial class EvaluationReportTests
{
    private static readonly string[] Animals = ["cat", "dog", "eel"];

    private static readonly (string, string)[] Provenance = [("Command", "./rote evaluate 0123"), ("Rote", "0.1.0")];

    [Fact]
    public void The_tables_of_a_small_result()
    {
        var evaluation = EvaluationSamples.Of(20, Animals);
        Snapshot.Verify(
            EvaluationTables.Overall(evaluation).ToText()
                + "\n"
                + EvaluationTables.Classes(evaluation).ToText()
                + "\n"
                + EvaluationTables.Confusions(evaluation)!.ToText(),
            "evaluate-tables"
        );
    }

    [Fact]
    public void The_page_of_a_small_result()
    {
        using var images = EvaluationSamples.Images(20, Animals);
        var page = EvaluationReport.ToHtml(EvaluationSamples.Of(20, Animals), images, Provenance);
        Snapshot.Verify(Style().Replace(Images().Replace(page, "data:image/png;base64,…"), "<style>…</style>"), "evaluate", "html");
        Assert.Equal(page, EvaluationReport.ToHtml(EvaluationSamples.Of(20, Animals), images, Provenance));
    }

    [Fact]
    public void Nothing_wrong_is_said_and_no_thumbnails_are_shown()
    {
        using var images = EvaluationSamples.Images(3, Animals);
        var perfect = EvaluationSamples.Of(
            FixedLogits.Predict(
                [
                    [9, 0, 0],
                    [0, 9, 0],
                    [0, 0, 9],
                ],
                [0, 1, 2]
            ),
            Animals
        );
        var page = EvaluationReport.ToHtml(perfect, images, Provenance);
        Assert.Contains("nothing is confused", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Null(EvaluationTables.Confusions(perfect));
    }

    [Fact]
    public void The_surest_errors_come_first_and_there_are_at_most_30()
    {
        using var images = EvaluationSamples.Images(200, Animals);
        var evaluation = EvaluationSamples.Of(200, Animals);
        var page = EvaluationReport.ToHtml(evaluation, images, Provenance);
        Assert.Equal(30, Thumbnails().Count(page));
        var rows = WrongPredictions.MostConfident(evaluation.Predictions, 30);
        var probabilities = rows.Select(row => evaluation.Predictions.PredictedProbability[row]).ToArray();
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.All(rows, row => Assert.False(evaluation.Predictions.IsRight((int)row)));
    }

    [Fact]
    public void A_label_that_is_not_the_true_one_is_told_beside_its_picture()
    {
        using var images = EvaluationSamples.Images(4, Animals);
        var train = EvaluationSamples.Of(4, Animals) with { Part = EvaluationPart.Train, TrueLabels = [0, 1, 2, 2] };
        var page = EvaluationReport.ToHtml(train, images, Provenance);
        Assert.Contains("labelled cat, truly eel", page, StringComparison.Ordinal);
        Assert.Contains("1 of these labels are not the true ones", page, StringComparison.Ordinal);
        Assert.Contains("the label that it was trained on", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_pictures_become_small_thumbnails()
    {
        using var images = EvaluationSamples.Images(4, Animals, side: 700);
        var page = EvaluationReport.ToHtml(EvaluationSamples.Of(4, Animals), images, Provenance);
        Assert.Contains("width=\"140\" height=\"140\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_are_shown_and_not_obeyed()
    {
        string[] hostile = ["<script>alert(1)</script>", "\" onload=\"x", "=cmd()\u001b[31m\n"];
        using var images = EvaluationSamples.Images(20, hostile);
        var evaluation = EvaluationSamples.Of(20, hostile);
        var page = EvaluationReport.ToHtml(evaluation, images, Provenance);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[^<>]* onload=\"", page);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain('\u001b', EvaluationTables.Classes(evaluation).ToText());
        Assert.Contains("begin as a formula does", page, StringComparison.Ordinal);
        Assert.Equal(Ids().Count(page), Ids().Matches(page).Select(match => match.Value).Distinct().Count());
    }

    [Fact]
    public void Of_many_classes_the_worst_are_listed_and_no_matrix_is_drawn()
    {
        var names = Enumerable.Range(0, ConfusionChart.MostClasses + 1).Select(i => $"class {i}").ToArray();
        using var images = EvaluationSamples.Images(300, names);
        var evaluation = EvaluationSamples.Of(300, names);
        Assert.DoesNotContain("<svg", EvaluationReport.ToHtml(evaluation, images, Provenance), StringComparison.Ordinal);
        var table = EvaluationTables.Classes(evaluation);
        Assert.Equal(EvaluationTables.MostClasses, table.Rows.Count);
        Assert.StartsWith("The 40 of 101 classes with the lowest accuracy.", table.Caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(10, true, true)]
    [InlineData(30, true, false)]
    [InlineData(100, false, false)]
    public void A_matrix_has_names_and_numbers_where_there_is_room(int classes, bool hasNames, bool hasNumbers)
    {
        var names = Enumerable.Range(0, classes).Select(i => $"a rather long class name {i}").ToArray();
        var counts = names.Select((_, r) => Enumerable.Range(0, classes).Select(c => r == c ? 1234 : 0).ToArray()).ToArray();
        var drawing = XElement.Parse(new ConfusionChart(names, counts).ToSvg(ChartSize.Wide, "m"));
        var texts = drawing.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
        Assert.Equal(hasNames ? 2 * classes : 0, texts.Count(t => t.StartsWith("a rather", StringComparison.Ordinal)));
        Assert.Equal(hasNumbers ? classes : 0, texts.Count(t => t == "1234"));
        Assert.Equal(classes, drawing.Elements().Count(e => e.Name.LocalName == "rect"));
    }

    [Fact]
    public void What_differs_from_the_runs_own_count_is_told()
    {
        var evaluation = EvaluationSamples.Of(4, Animals) with { RecordedCorrect = 4, EngineNote = "Another engine." };
        Assert.Equal(
            [
                "Another engine.",
                "The run's summary has 4 right, these are 3: another number of threads or another processor rounds differently.",
            ],
            EvaluationNotes.Of(evaluation)
        );
        Assert.Empty(EvaluationNotes.Of(evaluation with { RecordedCorrect = 3, EngineNote = null }));
    }

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]+", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Images();

    [GeneratedRegex("<style>.*</style>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Style();

    [GeneratedRegex("<img ", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Thumbnails();

    [GeneratedRegex(" id=\"[^\"]*\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Ids();
}
