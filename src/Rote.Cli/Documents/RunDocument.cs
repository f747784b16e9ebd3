using System.Text.Json.Serialization;
using Rote.Experiments;
using Rote.Storage;
using Rote.Training;

namespace Rote.Cli.Documents;

/// <summary>A run as it lies in its folder, whatever state it is in.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Folder">The folder, as a full path.</param>
/// <param name="State">Whether it is finished.</param>
/// <param name="Damage">What is wrong with it or not known of it, in a few words; null where nothing is.</param>
/// <param name="IsStale">Whether another engine made it: the same experiment would give other results today.</param>
/// <param name="Identity">SHA-256 of the experiment as its file holds it, lower-case hexadecimal; null where the file is no JSON.</param>
/// <param name="Experiment">What was asked; null where it cannot be read.</param>
/// <param name="Epochs">Epochs trained so far; null where none is known.</param>
/// <param name="TrainAccuracy">Share of the training examples whose given label is predicted; null for a run that is not finished.</param>
/// <param name="TestAccuracy">Share of the test examples whose label is predicted; null for a run that is not finished.</param>
/// <param name="Seconds">Wall seconds of training and evaluation over all sessions; null where they are not known.</param>
/// <param name="Started">When the first session began; null where it is not known.</param>
internal sealed record RunDocument(
    string Name,
    string Folder,
    [property: JsonConverter(typeof(CamelCase<RunState>))] RunState State,
    string? Damage,
    bool IsStale,
    string? Identity,
    Experiment? Experiment,
    int? Epochs,
    EstimateDocument? TrainAccuracy,
    EstimateDocument? TestAccuracy,
    double? Seconds,
    DateTimeOffset? Started
)
{
    /// <summary>A run for programs.</summary>
    /// <param name="run">The run.</param>
    public static RunDocument Of(StoredRun run) =>
        new(
            run.Name,
            run.Folder,
            run.State,
            run.Damage,
            run.IsStale,
            run.Identity,
            run.Experiment,
            run.Summary?.Epochs ?? (run.History.Count > 0 ? run.History[^1].Epoch : null),
            EstimateDocument.Of(run.TrainAccuracy),
            EstimateDocument.Of(run.TestAccuracy),
            run.Seconds,
            run.Manifest?.Started
        );
}

/// <summary>Everything about one run.</summary>
/// <param name="Run">The run itself.</param>
/// <param name="Summary">What came of it; null where it is not finished, or damaged.</param>
/// <param name="Manifest">Under what circumstances it was made; null where that is missing or cannot be read.</param>
/// <param name="Files">What lies in its folder, in the order of names.</param>
/// <param name="History">One entry an epoch that was evaluated, as far as is known.</param>
/// <param name="Report">The page with charts, as a full path; null where none was asked for.</param>
internal sealed record RunsShowDocument(
    RunDocument Run,
    RunSummary? Summary,
    RunManifest? Manifest,
    IReadOnlyList<RunFile> Files,
    IReadOnlyList<EpochMetrics> History,
    string? Report
);

/// <summary>What was removed.</summary>
/// <param name="Removed">Names of the runs' folders; empty where the answer was no.</param>
/// <param name="Bytes">How much they held, in bytes.</param>
internal sealed record RunsRemoveDocument(IReadOnlyList<string> Removed, long Bytes);
