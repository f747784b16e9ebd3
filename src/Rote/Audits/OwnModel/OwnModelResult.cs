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

    /// <summary>Decisions of people before the audit; null where there were none.</summary>
    public DecidedExamples? Decided { get; init; }

    /// <summary>All examples as they came, also those that people dropped.</summary>
    public SourceRows AllRows
    {
        get => field ?? Rows;
        init;
    }

    /// <summary>Sentences on labels that may be no classes, such as a quantity, or several labels in one cell; empty where nothing is odd,
    /// and where the examples are of a data set, of which <see cref="DatasetLoader.Load"/> says it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>[N] the texts that the examples are; null where they are none, or no data set was given.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>[N] numbers of these examples among <see cref="AllRows"/>; null where these are all.</summary>
    internal long[]? Kept { get; init; }

    /// <summary>[N] whether somebody had found the label right; null where there were no decisions.</summary>
    internal bool[]? KnownRight { get; init; }

    /// <summary>[N] the examples, the most suspicious first; those that are known to be right stand last.</summary>
    public IReadOnlyList<int> Ranking =>
        field ??= [
            .. Rows.InOrder()
                .OrderBy(i => KnownRight?[i] == true)
                .ThenByDescending(i => double.IsNaN(Score[i]) ? double.NegativeInfinity : Score[i]),
        ];

    /// <summary>Whether examples have verdicts: not where a log alone was given, nor where the probabilities tell
    /// nothing.</summary>
    public bool HasVerdicts => Predictions is { IsTold: true };

    /// <summary>An example's verdict.</summary>
    /// <param name="example">In [0, N).</param>
    /// <returns>Null where there are no verdicts, and nobody has found the label right.</returns>
    public Verdict? VerdictOn(int example) =>
        KnownRight?[example] == true ? Verdict.KnownRight
        : HasVerdicts ? Predictions!.VerdictOn(example)
        : null;

    /// <summary>These examples of the data.</summary>
    /// <param name="examples">The data as it came; still the caller's.</param>
    /// <returns>A set that the caller owns.</returns>
    public Dataset Of(Dataset examples) => Kept is { } kept ? examples.Select(kept) : examples.With();

    /// <summary>Examples with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>How many there are.</returns>
    public int Count(Verdict verdict) => Enumerable.Range(0, Labels.Length).Count(i => VerdictOn(i) == verdict);
}
