using Rote.Data;
using Rote.Evaluation;
using Rote.Reports.Charts;

namespace Rote.Reports.Evaluations;

/// <summary>The page of <c>rote evaluate</c>: how good a network is, which classes it confuses, and its most confident mistakes.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class EvaluationReport
{
    private const int WrongShown = 30;

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="evaluation">The result.</param>
    /// <param name="images">Its examples, before whitening; uint8 or float32, 1 or 3 channels.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(
        NetworkEvaluation evaluation,
        Dataset images,
        IReadOnlyList<(string Name, string Value)> provenance,
        string path
    ) => AtomicFile.WriteText(path, ToHtml(evaluation, images, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="evaluation">The result.</param>
    /// <param name="images">Its examples, before whitening; uint8 or float32, 1 or 3 channels.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(NetworkEvaluation evaluation, Dataset images, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var part = evaluation.Part switch
        {
            EvaluationPart.Train => "training ",
            EvaluationPart.HeldOut => "held-out ",
            EvaluationPart.All => "",
            _ => "test ",
        };
        var page = new HtmlPage(
            "What does it get wrong?",
            $"rote evaluate · {evaluation.Run.Experiment.Network.Title} on {evaluation.Data}, {part}examples"
        );
        page.Lead(Html.Of($"{Lead(evaluation, part)}"));
        foreach (var note in EvaluationNotes.Of(evaluation))
        {
            page.Notice(Html.Text(note));
        }

        page.Heading("numbers", "The numbers");
        page.Table(EvaluationTables.Overall(evaluation));
        page.Table(EvaluationTables.Classes(evaluation));
        AddConfusions(page, evaluation);
        AddWrong(page, evaluation, images);
        page.Heading("again", "Make it again");
        foreach (var (_, command) in provenance.Where(IsCommand))
        {
            page.Code(command);
        }

        return page.Definitions(provenance.Where(pair => !IsCommand(pair))).ToHtml();
    }

    private static string Lead(NetworkEvaluation evaluation, string part)
    {
        var summary = evaluation.Summary;
        var known = (evaluation.IsOwn, evaluation.Part) switch
        {
            (true, EvaluationPart.Train) => "which it was trained on",
            (true, _) => "whose training examples it was trained on",
            _ => "which it was not trained on",
        };
        return $"Of {Numbers.Count(evaluation.Predictions.Count, $"{part}example")} of {evaluation.Data}, {known}, the network gives "
            + $"{Numbers.PercentWithError(summary.Accuracy)} {EvaluationTables.Given(evaluation)}.";
    }

    private static void AddConfusions(HtmlPage page, NetworkEvaluation evaluation)
    {
        page.Heading("confusions", "What is taken for what");
        if (EvaluationTables.Confusions(evaluation) is not { } pairs)
        {
            page.Paragraph(Html.Text("Every example gets its label: nothing is confused."));
            return;
        }

        page.Table(pairs);
        if (evaluation.ClassNames.Count <= ConfusionChart.MostClasses)
        {
            var chart = new ConfusionChart(evaluation.ClassNames, evaluation.Summary.ConfusionMatrix);
            page.Figure(
                "matrix",
                chart,
                Html.Text(
                    "A row is a label, a column a prediction; a number is how many examples. On the diagonal, in blue, are the right "
                        + "predictions, elsewhere the wrong ones. "
                        + "The strength of a colour is the square root of the share of its row."
                )
            );
        }
        else
        {
            page.Paragraph(
                Html.Text(
                    $"The matrix of all {evaluation.ClassNames.Count} classes is not drawn: its cells would be smaller than a pixel or two."
                )
            );
        }
    }

    private static void AddWrong(HtmlPage page, NetworkEvaluation evaluation, Dataset images)
    {
        var rows = WrongPredictions.MostConfident(evaluation.Predictions, WrongShown);
        if (rows.Count == 0)
        {
            return;
        }

        page.Heading("wrong", "Surest and wrong");
        page.Paragraph(
            Html.Text(
                $"The {Numbers.Count(rows.Count, "wrong prediction")} with the highest probability, the surest first: what was "
                    + $"predicted, with its probability, and the label. "
                    + "Look at them first: some may be labelled wrong."
            )
        );
        page.Add(WrongPredictions.Draw(evaluation, images, rows));
    }

    private static bool IsCommand((string Name, string Value) pair) => pair.Name.Equals("command", StringComparison.OrdinalIgnoreCase);
}
