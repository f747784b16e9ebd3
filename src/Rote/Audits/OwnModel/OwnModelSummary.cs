using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits.OwnModel;

/// <summary>Such an audit in numbers, as its <c>summary.json</c> holds it: results only, so that equal audits have equal files.</summary>
public sealed record OwnModelSummary
{
    /// <summary>Layout of the audit's files; see docs/reference/formats.md.</summary>
    public int Format { get; init; } = AuditFiles.Format;

    /// <summary>Identity of the audit.</summary>
    public required string Audit { get; init; }

    /// <summary>Examples audited.</summary>
    public required int Examples { get; init; }

    /// <summary>Those with a prediction.</summary>
    public required int Predicted { get; init; }

    /// <summary>Epochs of the training log; 0 where there was none.</summary>
    public required int Epochs { get; init; }

    /// <summary>Share of the examples whose label is predicted; null without probabilities.</summary>
    public required Estimate? Agreement { get; init; }

    /// <summary>Whether the probabilities may have been fitted to these labels; then no share is given.</summary>
    public required bool MayKnowLabels { get; init; }

    /// <summary>The share of wrong labels that confident learning estimates; NaN where nothing can be told.</summary>
    public required double ConfidentJointShare { get; init; }

    /// <summary>Examples by verdict; empty where there are none.</summary>
    public required IReadOnlyDictionary<string, int> Verdicts { get; init; }

    /// <summary>What confident learning says of each class; empty where nothing can be told.</summary>
    public required IReadOnlyList<ClassNoise> Classes { get; init; }

    /// <summary>Sums an audit up.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>Its summary.</returns>
    public static OwnModelSummary Of(OwnModelResult result) =>
        new()
        {
            Audit = result.Identity,
            Examples = result.Labels.Length,
            Predicted = result.Predictions?.Count ?? 0,
            Epochs = result.Epochs,
            Agreement = result.Predictions?.Agreement,
            MayKnowLabels = result.Predictions?.MayKnowLabels ?? false,
            ConfidentJointShare = result.Predictions?.WrongShare ?? double.NaN,
            Verdicts = result.HasVerdicts
                ? new[] { Verdict.Rule, Verdict.Ambiguous, Verdict.ProbablyWrong, Verdict.KnownRight }
                    .Where(v => v != Verdict.KnownRight || result.KnownRight is not null)
                    .ToDictionary(v => v.Name(), result.Count)
                : new Dictionary<string, int>(),
            Classes = ClassNoise.Of(result),
        };
}

/// <summary>What confident learning says of one class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Given">Examples with this label and a prediction.</param>
/// <param name="WrongOfGiven">Share of these whose label is wrong.</param>
/// <param name="MislabelledOfTrue">Share of the examples that truly are of this class which have another label.</param>
public sealed record ClassNoise(string Class, int Given, double WrongOfGiven, double MislabelledOfTrue)
{
    /// <summary>All classes in their order.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>Empty where nothing can be told.</returns>
    public static IReadOnlyList<ClassNoise> Of(OwnModelResult result)
    {
        if (result.Predictions is not { IsTold: true } own)
        {
            return [];
        }

        var given = new int[result.ClassNames.Count];
        foreach (var i in Enumerable.Range(0, result.Labels.Length).Where(i => own.Predicted[i] >= 0))
        {
            given[result.Labels[i]]++;
        }

        var (wrong, mislabelled) = (own.Joint.WrongOfGiven, own.Joint.MislabelledOfTrue);
        return [.. result.ClassNames.Select((name, k) => new ClassNoise(name, given[k], wrong[k], mislabelled[k]))];
    }
}
