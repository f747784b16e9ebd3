using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Workers;

namespace Rote.Cli.Documents;

/// <summary>A finished run.</summary>
internal sealed record TrainDocument
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>SHA-256 of the experiment, lower-case hexadecimal.</summary>
    public required string Identity { get; init; }

    /// <summary>What was asked.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch whose weights were kept where early stopping went back to it; null: the last.</summary>
    public int? KeptEpoch { get; init; }

    /// <summary>Whether training stopped because the training accuracy asked for was reached; null if none was asked for.</summary>
    public bool? Fitted { get; init; }

    /// <summary>Trainable parameters of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Share of the training examples whose given label is predicted.</summary>
    public required Estimate TrainAccuracy { get; init; }

    /// <summary>Share of the training examples with an unchanged label that get it; null if no label was changed, or every one.</summary>
    public Estimate? CleanAccuracy { get; init; }

    /// <summary>Share of the training examples with a changed label that get this wrong label; null as cleanAccuracy.</summary>
    public Estimate? MemorizedShare { get; init; }

    /// <summary>Share of the training examples with a changed label that get their true one; null as cleanAccuracy.</summary>
    public Estimate? RecoveredShare { get; init; }

    /// <summary>Share of the examples held out whose given label is predicted; null if none were held out.</summary>
    public Estimate? HeldOutAccuracy { get; init; }

    /// <summary>What the canaries prove of the network; null for a run without canaries.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>Share of the test examples whose label is predicted.</summary>
    public required Estimate TestAccuracy { get; init; }

    /// <summary>Wall seconds of training and evaluation.</summary>
    public required double Seconds { get; init; }

    /// <summary>The same training without the dial; null where it was not asked for.</summary>
    public DegreeDocument? Baseline { get; init; }

    /// <summary>The runs that this one was chosen from, with <c>--memorize auto</c>; null where it was not chosen.</summary>
    public IReadOnlyList<DegreeDocument>? Degrees { get; init; }

    /// <summary>How many of the given labels are wrong, with <c>--memorize auto</c>; null where that cannot be told, or was not
    /// asked.</summary>
    public NoiseRate? NoiseRate { get; init; }

    /// <summary>The network without canaries, with <c>--strip-canaries</c>; null where it was not asked for.</summary>
    public StrippedNetwork? Stripped { get; init; }

    /// <summary>How far the gate between the run's two networks is open for which degree, with <c>--memorize adjustable</c>; null
    /// elsewhere.</summary>
    public DegreeTable? Adjustable { get; init; }

    /// <summary>A finished run for programs.</summary>
    /// <param name="run">The run.</param>
    public static TrainDocument Of(FinishedRun run) =>
        new()
        {
            Run = run.Folder,
            Identity = run.Experiment.Identity,
            Experiment = run.Experiment,
            Epochs = run.Summary.Epochs,
            KeptEpoch = run.Summary.KeptEpoch,
            Fitted = run.Summary.Fitted,
            Parameters = run.Summary.Parameters,
            TrainAccuracy = run.Summary.TrainAccuracy(),
            CleanAccuracy = run.Summary.CleanAccuracy(),
            MemorizedShare = run.Summary.MemorizedShare(),
            RecoveredShare = run.Summary.RecoveredShare(),
            HeldOutAccuracy = run.Summary.HeldOutAccuracy(),
            Certificate = run.Summary.Certificate(),
            TestAccuracy = run.Summary.TestAccuracy(),
            Seconds = run.History[^1].Seconds,
        };
}

/// <summary>A run beside another one, in short.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Identity">SHA-256 of the experiment, lower-case hexadecimal.</param>
/// <param name="Asked">The degree of memorization asked for, in [0, 1]; null without canaries.</param>
/// <param name="HeldOutAccuracy">Share of the examples held out whose given label is predicted; null if none were held out.</param>
/// <param name="Certificate">What the canaries prove of the network; null for a run without canaries.</param>
/// <param name="TestAccuracy">Share of the test examples whose label is predicted.</param>
/// <param name="Seconds">Wall seconds of training and evaluation.</param>
internal sealed record DegreeDocument(
    string Run,
    string Identity,
    double? Asked,
    Estimate? HeldOutAccuracy,
    Certificate? Certificate,
    Estimate TestAccuracy,
    double Seconds
)
{
    public static DegreeDocument Of(FinishedRun run) =>
        new(
            run.Folder,
            run.Experiment.Identity,
            run.Summary.Canaries?.Asked,
            run.Summary.HeldOutAccuracy(),
            run.Summary.Certificate(),
            run.Summary.TestAccuracy(),
            run.History[^1].Seconds
        );
}

/// <summary>One experiment with several seeds.</summary>
/// <param name="Runs">The finished runs.</param>
/// <param name="Comparison">The runs taken together; null for fewer than two.</param>
/// <param name="Failures">The seeds that failed.</param>
internal sealed record TrainSeedsDocument(
    IReadOnlyList<RunDocument> Runs,
    RunsCompareDocument? Comparison,
    IReadOnlyList<SeedFailureDocument> Failures
);

/// <summary>A seed that failed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record SeedFailureDocument(long Seed, RunFailure Failure);
