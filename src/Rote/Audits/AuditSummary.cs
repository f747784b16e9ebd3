using System.Text.Json.Serialization;
using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits;

/// <summary>The result of an audit in numbers, as <c>summary.json</c> holds it: results only, so that equal audits have equal
/// files.</summary>
public sealed record AuditSummary
{
    private static readonly int[] Lengths = [10, 20, 50, 100, 200, 500, 1000, 2000];

    /// <summary>Layout of the audit's files; see docs/reference/formats.md.</summary>
    public int Format { get; init; } = AuditFiles.Format;

    /// <summary>Identity of the audit's plan.</summary>
    public required string Audit { get; init; }

    /// <summary>Examples audited.</summary>
    public required int Examples { get; init; }

    /// <summary>Members that it rests on.</summary>
    public required int Members { get; init; }

    /// <summary>Share of the examples that members not trained on them predict as labelled.</summary>
    public required Estimate OutOfBagAccuracy { get; init; }

    /// <summary>How many labels are wrong, as shares.</summary>
    public required WrongLabels Wrong { get; init; }

    /// <summary>Earlier decisions of people on the examples; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecidedExamples? Decided { get; init; }

    /// <summary>Examples by verdict.</summary>
    public required IReadOnlyDictionary<string, int> Verdicts { get; init; }

    /// <summary>Of the first so many suspects, how many are wrong.</summary>
    public required IReadOnlyList<AmongFirst> Suspects { get; init; }

    /// <summary>What the canaries show.</summary>
    public required IReadOnlyList<CanaryQuality> Canaries { get; init; }

    /// <summary>How much each measure weighs in the score.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>The share of wrong labels by the confident joint alone, for comparison.</summary>
    public required double ConfidentJointShare { get; init; }

    /// <summary>Examples equal to an earlier one, to the bit.</summary>
    public required int ExactDuplicates { get; init; }

    /// <summary>Examples nearly equal to an earlier one.</summary>
    public required int NearDuplicates { get; init; }

    /// <summary>Duplicates with another label than their twin.</summary>
    public required int ConflictingDuplicates { get; init; }

    /// <summary>Training examples that stand in the test set too, exactly or nearly.</summary>
    public required int InTest { get; init; }

    /// <summary>What the checks of the data found: by name, how many examples, 0 where it is about the whole. Null in a preliminary
    /// result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? Checks { get; init; }

    /// <summary>Sums an audit up.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>Its summary.</returns>
    public static AuditSummary Of(AuditResult result) =>
        new()
        {
            Audit = result.Plan.Identity,
            Examples = result.Examples.Count,
            Members = result.Members,
            OutOfBagAccuracy = result.OutOfBagAccuracy,
            Wrong = result.Wrong,
            Decided = result.Decided,
            Verdicts = Enum.GetValues<Verdict>()
                .Where(v => v != Verdict.KnownRight || result.Decided is not null)
                .ToDictionary(v => v.Name(), result.Count),
            Suspects = [.. Lengths.Where(k => k <= result.Examples.Count).Select(k => new AmongFirst(k, result.WrongAmong(k)))],
            Canaries = result.Canaries,
            Weights = result.Weights.ToDictionary(w => w.Measure, w => w.Weight),
            ConfidentJointShare = result.Joint.WrongShare,
            ExactDuplicates = result.Duplicates.Exact.Count,
            NearDuplicates = result.Duplicates.Near.Count,
            ConflictingDuplicates = result.Duplicates.Conflicts,
            InTest = result.Duplicates.InTest.Count,
            Checks = result.Checks?.Findings.ToDictionary(finding => finding.Check, finding => finding.Examples.Count),
        };
}

/// <summary>How many of the first suspects are wrong.</summary>
/// <param name="First">How many suspects.</param>
/// <param name="Wrong">How many of them are wrong: an estimate, with its standard error.</param>
public sealed record AmongFirst(int First, Estimate Wrong);
