using Rote.Cli.Documents;
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

    private static EvaluateDocument Document(NetworkEvaluation evaluation, PredictionFiles files, string? report) =>
        new()
        {
            Run = evaluation.Run.Folder,
            Experiment = evaluation.Run.Summary.Experiment,
            Engine = evaluation.Run.Experiment.Engine,
            Data = evaluation.Data,
            IsOwn = evaluation.IsOwn,
            Split = evaluation.Part.Name(),
            Degree = evaluation.Degree,
            Accuracy = EstimateDocument.Of(evaluation.Summary.Accuracy),
            Loss = EstimateDocument.Of(evaluation.Summary.Loss),
            CalibrationError = EstimateDocument.Of(evaluation.Summary.CalibrationError),
            Classes =
            [
                .. evaluation.Summary.Classes.Select(c => new EvaluatedClass(
                    c.Class,
                    evaluation.ClassNames[c.Class],
                    EstimateDocument.Of(c.Accuracy),
                    c.Predicted
                )),
            ],
            Confusions =
            [
                .. evaluation
                    .Summary.MostConfused(EvaluationTables.Pairs)
                    .Select(c => new ConfusedClasses(
                        evaluation.ClassNames[c.Label],
                        evaluation.ClassNames[c.Predicted],
                        c.Count,
                        EstimateDocument.Of(c.Share)
                    )),
            ],
            ConfusionMatrix = evaluation.Summary.ConfusionMatrix,
            Notes = [.. EvaluationNotes.Of(evaluation)],
            Parquet = files.Parquet,
            Csv = files.Csv,
            Report = report,
        };
}
