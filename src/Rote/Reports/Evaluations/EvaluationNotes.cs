using Rote.Evaluation;

namespace Rote.Reports.Evaluations;

/// <summary>The notes beside the numbers of <c>rote evaluate</c>.</summary>
public static class EvaluationNotes
{
    private const string Formula =
        "Some names begin as a formula does (= + - @): a spreadsheet that opens the CSV would calculate them; import their columns "
        + "as text.";

    /// <summary>Returns the notes on predictions without labels.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>A sentence each; none where there is nothing to say.</returns>
    public static IEnumerable<string> Of(UnlabelledEvaluation evaluation)
    {
        if (evaluation.EngineNote is { } engine)
        {
            yield return engine;
        }

        if (evaluation.Degree is { } degree)
        {
            yield return $"The run's two networks are set to a degree of memorization of {Numbers.Degree(degree)}.";
        }

        if (PredictionFiles.Formula(evaluation.ClassNames, evaluation.Rows) is not null)
        {
            yield return Formula;
        }
    }

    /// <summary>Returns the notes on predictions with labels.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>A sentence each; none where there is nothing to say.</returns>
    public static IEnumerable<string> Of(NetworkEvaluation evaluation)
    {
        if (evaluation.EngineNote is { } engine)
        {
            yield return engine;
        }

        if (evaluation.Degree is { } degree)
        {
            yield return $"The run's two networks are set to a degree of memorization of {Numbers.Degree(degree)}.";
        }

        var right = Enumerable.Range(0, evaluation.Predictions.Count).LongCount(evaluation.Predictions.IsRight);
        if (evaluation.RecordedCorrect is { } recorded && recorded != right)
        {
            yield return $"The run's summary has {Numbers.Count(recorded)} right, these are {Numbers.Count(right)}: another number of "
                + $"threads or another processor rounds differently.";
        }

        var changed = evaluation.TrueLabels?.Zip(evaluation.Predictions.Labels).LongCount(pair => pair.First != pair.Second) ?? 0;
        if (changed > 0)
        {
            yield return $"{Numbers.Count(changed)} of these labels are not the true ones, as the experiment asks; the columns trueLabel "
                + $"and labelChanged say which.";
        }

        if (PredictionFiles.Formula(evaluation) is not null)
        {
            yield return Formula;
        }
    }
}
