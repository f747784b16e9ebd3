using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Audits.OwnModel;

/// <summary>A data set audited by what a model of the user's own left behind; nothing was trained.</summary>
public sealed record OwnModelResult
{
    /// <summary>What the examples are called together.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the files and labels that it rests on, lower-case hexadecimal: the name of the audit.</summary>
    public required string Identity { get; init; }

    /// <summary>Class names, in the order of the columns of the probabilities.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>[N] class numbers of the labels.</summary>
    public required int[] Labels { get; init; }

    /// <summary>[N] where the examples stand in their source.</summary>
    public required SourceRows Rows { get; init; }

    /// <summary>Results from the probabilities; null where there were none.</summary>
    public required OwnPredictions? Predictions { get; init; }

    /// <summary>Epochs of the training log; 0 where there was none.</summary>
    public required int Epochs { get; init; }

    /// <summary>Results from the training log, each [N], by the names of <see cref="Measurement.MeasureCatalog"/>; NaN where an example is
    /// not in it.</summary>
    public required IReadOnlyList<(string Name, float[] Values)> Dynamics { get; init; }

    /// <summary>[N] suspicion, of which only the order counts; NaN where nothing is known of the example.</summary>
    /// <remarks>Of probabilities the log-odds that the label is not meant; of a log minus the area under the margin; of both the mean of
    /// the log-odds of their ranks.</remarks>
    public required double[] Score { get; init; }

    /// <summary>[N] the examples, the most suspicious first.</summary>
    public IReadOnlyList<int> Ranking =>
        field ??= [.. Rows.InOrder().OrderByDescending(i => double.IsNaN(Score[i]) ? double.NegativeInfinity : Score[i])];

    /// <summary>Whether examples have verdicts: not where a log alone was given, nor where the probabilities tell
    /// nothing.</summary>
    public bool HasVerdicts => Predictions is { IsTold: true };

    /// <summary>An example's verdict.</summary>
    /// <param name="example">In [0, N).</param>
    /// <returns>Null where there are no verdicts.</returns>
    public Verdict? VerdictOn(int example) => HasVerdicts ? Predictions!.VerdictOn(example) : null;

    /// <summary>Examples with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>How many there are.</returns>
    public int Count(Verdict verdict) => HasVerdicts ? Enumerable.Range(0, Labels.Length).Count(i => VerdictOn(i) == verdict) : 0;
}
