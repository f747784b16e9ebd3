using Rote.Evaluation;
using Rote.Reports.Evaluations;

namespace Rote.Cli.Commands;

/// <summary>Output of <c>rote evaluate</c>: tables for people, a document for programs.</summary>
internal static class EvaluateOutput
{
    public static void Print(Screen screen, NetworkEvaluation evaluation, PredictionFiles files, string? report)
    {
        screen.Line();
        screen.Table(EvaluationTables.Overall(evaluation));
        screen.Table(EvaluationTables.Classes(evaluation));
        if (EvaluationTables.Confusions(evaluation) is { } confusions)
        {
            screen.Table(confusions);
        }

        foreach (var note in EvaluationNotes.Of(evaluation))
        {
            screen.Line(note);
        }

        screen.Line($"Every example: {files.Parquet}");
        screen.Line($"               {files.Csv}");
        if (report is not null)
        {
            screen.Line($"The page: {report}");
        }

        screen.Document(Document(evaluation, files, report));
    }

    private static object Document(NetworkEvaluation evaluation, PredictionFiles files, string? report) =>
        new
        {
            Run = evaluation.Run.Folder,
            evaluation.Run.Summary.Experiment,
            evaluation.Run.Experiment.Engine,
            evaluation.Data,
            evaluation.IsOwn,
            Split = evaluation.Part.Name(),
            Accuracy = RunsCommand.Document(evaluation.Summary.Accuracy),
            Loss = RunsCommand.Document(evaluation.Summary.Loss),
            CalibrationError = RunsCommand.Document(evaluation.Summary.CalibrationError),
            Classes = evaluation.Summary.Classes.Select(c => new
            {
                c.Class,
                Name = evaluation.ClassNames[c.Class],
                Accuracy = RunsCommand.Document(c.Accuracy),
                c.Predicted,
            }),
            Confusions = evaluation
                .Summary.MostConfused(EvaluationTables.Pairs)
                .Select(c => new
                {
                    Label = evaluation.ClassNames[c.Label],
                    Predicted = evaluation.ClassNames[c.Predicted],
                    c.Count,
                    Share = RunsCommand.Document(c.Share),
                }),
            evaluation.Summary.ConfusionMatrix,
            Notes = EvaluationNotes.Of(evaluation),
            files.Parquet,
            files.Csv,
            Report = report,
        };
}
