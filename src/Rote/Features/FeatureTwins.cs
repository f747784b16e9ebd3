using Rote.Corruptions;
using Rote.Experiments;
using Rote.Storage;

namespace Rote.Features;

/// <summary>The runs that a run is compared with.</summary>
public static class FeatureTwins
{
    /// <summary>Finds these runs among all runs of a store.</summary>
    /// <param name="run">The subject.</param>
    /// <param name="all">The store's runs.</param>
    /// <returns>At most one of the same network on random labels (of true ones, where the subject's are random), and at most one that
    /// differs in its seed alone. Those of the same recipe and seed come before others.</returns>
    public static IReadOnlyList<FinishedRun> Among(FinishedRun run, IEnumerable<StoredRun> all)
    {
        var others = all.Where(stored => stored.State == RunState.Finished && stored.Experiment!.Engine == run.Experiment.Engine)
            .Where(stored => stored.Experiment != run.Experiment && IsComparable(run.Experiment, stored.Experiment!))
            .ToArray();
        var twin = others
            .Where(other =>
                run.Experiment.Corruption is RandomLabels ? other.Experiment!.Corruption is TrueLabels : IsRandom(other.Experiment!)
            )
            .OrderByDescending(other => other.Experiment!.Recipe == run.Experiment.Recipe)
            .ThenByDescending(other => other.Experiment!.Seed == run.Experiment.Seed)
            .FirstOrDefault();
        var seed = others.FirstOrDefault(other => RoleOf(run.Experiment, other.Experiment!) == NetworkRole.OtherSeed);
        return [.. new[] { twin, seed }.OfType<StoredRun>().DistinctBy(other => other.Folder).Select(other => other.Finished())];
    }

    /// <summary>The role of another run beside the subject.</summary>
    /// <param name="subject">The subject's experiment.</param>
    /// <param name="other">The other's.</param>
    public static NetworkRole RoleOf(Experiment subject, Experiment other) =>
        other with { Seed = subject.Seed, Threads = subject.Threads } == subject ? NetworkRole.OtherSeed
        : IsRandom(other) ? NetworkRole.RandomLabels
        : other.Corruption is TrueLabels && IsRandom(subject) ? NetworkRole.TrueLabels
        : NetworkRole.Other;

    /// <summary>Refuses runs that cannot be compared with the subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="other">The other.</param>
    /// <exception cref="InputException">They are one run, or their data is not the same.</exception>
    internal static void Require(FinishedRun subject, FinishedRun other)
    {
        var (first, second) = (Path.GetFileName(subject.Folder), Path.GetFileName(other.Folder));
        if (subject.Experiment == other.Experiment)
        {
            throw new InputException($"{first} is named twice; name other runs beside it.");
        }

        if (!HasSameInputs(subject.Experiment, other.Experiment))
        {
            throw new InputException(
                $"{second} saw other data than {first}: features are compared on the same examples; name runs on the same data, "
                    + $"with the same "
                    + $"number of examples and the same pixels."
            );
        }
    }

    private static bool IsComparable(Experiment subject, Experiment other) =>
        other.Network == subject.Network && other.Canaries is null && other.Control is null && HasSameInputs(subject, other)
        || RoleOf(subject, other) == NetworkRole.OtherSeed;

    private static bool HasSameInputs(Experiment subject, Experiment other) =>
        other.Data == subject.Data
        && (
            (!subject.Corruption.ReplacesPixels && !other.Corruption.ReplacesPixels)
            || (subject.Corruption == other.Corruption && subject.Seed == other.Seed)
        );

    private static bool IsRandom(Experiment experiment) => experiment.Corruption is RandomLabels { Among: null };
}
