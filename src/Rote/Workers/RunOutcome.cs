using System.Text.Json.Serialization;
using Rote.Storage;

namespace Rote.Workers;

/// <summary>The cause of a failure; the kinds of <see cref="RoteException"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>The input is wrong, as in <see cref="InputException"/>.</summary>
    [JsonStringEnumMemberName("input")]
    Input,

    /// <summary>The machine lacks something, or ended the process, as in <see cref="MachineException"/>.</summary>
    [JsonStringEnumMemberName("machine")]
    Machine,

    /// <summary>Training cannot go on, as in <see cref="TrainingException"/>.</summary>
    [JsonStringEnumMemberName("training")]
    Training,

    /// <summary>Another process makes the run, as in <see cref="BusyException"/>: not a failure; the set waits for it.</summary>
    [JsonStringEnumMemberName("busy")]
    Busy,
}

/// <summary>Why a run failed.</summary>
/// <param name="Kind">Its cause.</param>
/// <param name="Sentence">What happened and what to do, for the user.</param>
public sealed record RunFailure(FailureKind Kind, string Sentence)
{
    /// <summary>Makes the failure of an error.</summary>
    /// <param name="error">One of ours.</param>
    /// <returns>Its kind and message.</returns>
    public static RunFailure Of(RoteException error) =>
        new(
            error switch
            {
                InputException => FailureKind.Input,
                TrainingException => FailureKind.Training,
                BusyException => FailureKind.Busy,
                _ => FailureKind.Machine,
            },
            error.Message
        );
}

/// <summary>The outcome of one run of a set: a finished run or a failure, never both.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Run">The finished run; null if it failed.</param>
/// <param name="Failure">Why it failed; null if it is finished.</param>
public sealed record RunOutcome(RunRequest Request, FinishedRun? Run, RunFailure? Failure);
