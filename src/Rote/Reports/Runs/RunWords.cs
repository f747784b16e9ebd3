using System.Text.Json;
using Rote.Experiments;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>Names and describes runs for people, in tables and on pages.</summary>
public static class RunWords
{
    private const int ShortLength = 12;

    /// <summary>The first digits of a run's name, which commands accept; for a foreign folder, its name, cut where it is long.</summary>
    public static string Short(StoredRun run)
    {
        var name = run.Name;
        var hasDigits = name.Length > ShortLength && name[ShortLength] == '-' && name[..ShortLength].All(char.IsAsciiHexDigitLower);
        return hasDigits ? name[..ShortLength]
            : name.Length <= 2 * ShortLength ? name
            : Shortened.Beginning(name, 2 * ShortLength);
    }

    /// <summary>As "MLP 1×512 on cifar10, random-labels, seed 1"; the folder's name where the experiment is not known.</summary>
    public static string Title(StoredRun run) =>
        run.Experiment is { } experiment
            ? $"{experiment.Network.Title} on {experiment.Data.Name}, {Corruption(experiment)}, seed {experiment.Seed}{Without(experiment)}"
            : run.Name;

    private static string Without(Experiment experiment) =>
        experiment.Forget is { } forget
            ? $", {Numbers.Count(forget.Rows.Count, "example")} {(forget.From is null ? "left out" : "forgotten")}"
            : "";

    /// <summary>As "random-labels" or "corrupted-labels, probability 0.3".</summary>
    public static string Corruption(Experiment experiment)
    {
        var members = JsonSerializer.SerializeToElement(experiment.Corruption, RoteJson.LineOptions).EnumerateObject();
        return string.Join(", ", members.Select(member => member.Name == "kind" ? $"{member.Value}" : $"{member.Name} {member.Value}"));
    }

    /// <summary>As "finished" or "finished, stale".</summary>
    public static string State(StoredRun run) => $"{run.State.ToString().ToLowerInvariant()}{(run.IsStale ? ", stale" : "")}";

    /// <summary>What a reader must know beside the numbers: damage, another engine, an unfinished run; null without any.</summary>
    public static string? Warning(StoredRun run)
    {
        string?[] sentences =
        [
            run.State switch
            {
                RunState.Damaged when run.IsDenied => $"It cannot be read here: {run.Damage}; check its permissions.",
                RunState.Damaged => $"It is damaged: {run.Damage}.",
                RunState.Foreign => $"It cannot be read here: {run.Damage}.",
                RunState.Interrupted => $"It is not finished{After(run)}; the same training, started again, goes on with it.",
                RunState.Running => $"It is not finished: a process works on it{After(run)}.",
                _ => null,
            },
            run.IsStale
                ? $"It is stale: engine {run.Experiment!.Engine} trained it, this is engine {Engine.Current}, which would give "
                    + $"other results; it is never given in place of a new run."
                : null,
        ];
        return sentences.Any(sentence => sentence is not null) ? string.Join(" ", sentences.OfType<string>()) : null;
    }

    /// <summary>The epoch and the most epochs there can be, as "12 of 100"; only the epoch for a finished run.</summary>
    public static string Epochs(StoredRun run) =>
        run switch
        {
            { Summary: { } summary } => Numbers.Count(summary.Epochs),
            { History: [.., var last], Experiment: { } experiment } =>
                $"{Numbers.Count(last.Epoch)} of {Numbers.Count(experiment.Recipe.Epochs)}",
            _ => "",
        };

    /// <summary>Whose weights a run keeps, to follow the number of its epochs, where early stopping went back.</summary>
    /// <returns>", weights of epoch 23"; empty where they are the last epoch's.</returns>
    internal static string Kept(RunSummary summary) => summary.KeptEpoch is { } epoch ? $", weights of epoch {epoch}" : "";

    private static string After(StoredRun run) => run.History.Count > 0 ? $", epoch {Epochs(run)} is done" : "";
}
