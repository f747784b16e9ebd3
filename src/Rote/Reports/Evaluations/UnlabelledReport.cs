using Rote.Evaluation;

namespace Rote.Reports.Evaluations;

/// <summary>The page and the table of <c>rote evaluate --unlabelled</c>: how often each class is predicted, and where the network is least
/// confident.</summary>
/// <remarks>Equal results give equal files. Without labels, the report cannot tell which predictions are right.</remarks>
public static class UnlabelledReport
{
    private const int LeastShown = 30;

    /// <summary>The notes beside the predictions.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>A sentence each; none where there is nothing to say.</returns>
    public static IReadOnlyList<string> Notes(UnlabelledEvaluation evaluation) => [.. EvaluationNotes.Of(evaluation)];

    /// <summary>One row for each predicted class. With more classes than the other tables show, only those predicted most often.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Classes(UnlabelledEvaluation evaluation)
    {
        PredictedClass[] shown =
        [
            .. evaluation
                .Classes.Where(c => c.Count > 0)
                .OrderByDescending(c => c.Count)
                .ThenBy(c => c.Class)
                .Take(EvaluationTables.MostClasses)
                .OrderBy(c => c.Class),
        ];
        return new Table(
            $"What the {evaluation.Run.Experiment.Network.Title} of the run {Path.GetFileName(evaluation.Run.Folder)} predicts of "
                + $"{Numbers.Count(evaluation.Count, "example")} without labels.",
            [
                new TableColumn("Prediction", "", ColumnKind.Text),
                new TableColumn("Examples", "Examples to which the network gives this class."),
                new TableColumn(
                    "Probability",
                    "Mean of the class's softmax probability over them, in percent: how sure the network is, which is not how often it "
                        + "is right."
                ),
            ],
            [
                .. shown.Select(c =>
                    new TableCell[] { evaluation.ClassNames[c.Class], Numbers.Count(c.Count), $"{100 * c.MeanProbability:0.0}" }
                ),
            ]
        );
    }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="evaluation">The result.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(UnlabelledEvaluation evaluation, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(evaluation, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="evaluation">The result.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(UnlabelledEvaluation evaluation, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage(
            "What does it predict?",
            $"rote evaluate · {evaluation.Run.Experiment.Network.Title} on {evaluation.Data}, without labels"
        );
        page.Lead(
            Html.Of(
                $"{Numbers.Count(evaluation.Count, "example")} of {evaluation.Data} came without labels, so that this page cannot say "
                    + $"how many predictions are right."
            )
        );
        foreach (var note in Notes(evaluation))
        {
            page.Notice(Html.Text(note));
        }

        page.Heading("predictions", "What is predicted");
        page.Table(Classes(evaluation));
        page.Heading("unsure", "Least sure");
        var rows = Enumerable.Range(0, evaluation.Count).OrderBy(i => evaluation.Probability[i]).ThenBy(i => i).Take(LeastShown);
        page.Add(Html.Of($"<ul>\n{Html.Join("", rows.Select(row => Line(evaluation, row)))}</ul>\n"));
        page.Heading("again", "Make it again");
        foreach (var (_, command) in provenance.Where(IsCommand))
        {
            page.Code(command);
        }

        return page.Definitions(provenance.Where(pair => !IsCommand(pair))).ToHtml();
    }

    private static Html Line(UnlabelledEvaluation evaluation, int row) =>
        Html.Of(
            $"<li>{evaluation.Rows[row].Name}: {evaluation.ClassNames[evaluation.Predicted[row]]}, "
                + $"{$"{100 * Math.Floor(evaluation.Probability[row] * 1000) / 1000:0.0}"} %</li>\n"
        );

    private static bool IsCommand((string Name, string Value) pair) => pair.Name.Equals("command", StringComparison.OrdinalIgnoreCase);
}
