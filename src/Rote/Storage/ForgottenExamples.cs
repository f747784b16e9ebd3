using System.Text.Json;
using Rote.Measurement;

namespace Rote.Storage;

/// <summary>What forgetting changed; stored as <c>forgotten.json</c> in the folder of the run that forgot.</summary>
/// <remarks>It is approximate unlearning: measured by an attack, not proved.</remarks>
public sealed record ForgottenExamples
{
    /// <summary>The file's name.</summary>
    public const string FileName = "forgotten.json";

    /// <summary>SHA-256 of the weights that it began with.</summary>
    public required string FromSha256 { get; init; }

    /// <summary>SHA-256 of the weights that it ended with.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Examples to forget.</summary>
    public required int Examples { get; init; }

    /// <summary>Epochs that it took; 0 where the attack found nothing beforehand.</summary>
    public required int Epochs { get; init; }

    /// <summary>Whether the attack was evaluated on held-out examples; false: on test examples, because none were held out.</summary>
    public required bool IsHeldOut { get; init; }

    /// <summary>How well the attack told the examples from those never trained on, before forgetting.</summary>
    public required MembershipAttack Before { get; init; }

    /// <summary>How well it tells them apart after forgetting.</summary>
    public required MembershipAttack After { get; init; }

    /// <summary>Examples to forget whose given label is predicted.</summary>
    public required Change GivenLabel { get; init; }

    /// <summary>The other training examples.</summary>
    public required int Others { get; init; }

    /// <summary>Other training examples for which both networks predict the same class.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Other training examples whose given label is predicted.</summary>
    public required Change Rest { get; init; }

    /// <summary>Examples held out whose given label is predicted; null where none are.</summary>
    public Change? HeldOut { get; init; }

    /// <summary>Examples held out.</summary>
    public int? HeldOutCount { get; init; }

    /// <summary>Test examples predicted right.</summary>
    public required Change Test { get; init; }

    /// <summary>Test examples.</summary>
    public required int TestCount { get; init; }

    /// <summary>The comparison with a network trained without them; null: none was trained.</summary>
    public RetrainedComparison? Retrained { get; init; }

    /// <summary>Share of the other training examples for which the prediction is the same.</summary>
    /// <returns>With its binomial error.</returns>
    public Estimate Agreement() => Estimate.Share(Unchanged, Others);

    /// <summary>Reads the file of a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>Null for a run that forgot nothing.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static ForgottenExamples? Find(string folder) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) ? RunFiles.Read<ForgottenExamples>(path) : null;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="MachineException">It cannot be written.</exception>
    internal void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RoteJson.Options) + "\n");
}

/// <summary>A network trained without the examples (the gold standard), compared with the run and the run that forgot.</summary>
/// <param name="Run">Identity of its run.</param>
/// <param name="Attack">How well the examples can be told from its predictions: it never saw them.</param>
/// <param name="GivenLabel">Examples to forget whose given label it predicts.</param>
/// <param name="Test">Test examples that it predicts right.</param>
/// <param name="SameTest">Test examples for which it predicts the same class as the run, before and after forgetting.</param>
/// <param name="SameForgotten">The same of the examples to forget.</param>
public sealed record RetrainedComparison(
    string Run,
    MembershipAttack Attack,
    long GivenLabel,
    long Test,
    Change SameTest,
    Change SameForgotten
);
