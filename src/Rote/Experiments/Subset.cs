using Rote.Corruptions;
using Rote.Training;

namespace Rote.Experiments;

/// <summary>What of an experiment's examples is trained on, once it is known what is held out and planted.</summary>
internal static class Subset
{
    /// <summary>Leaves out what the experiment leaves out.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="data">Corrupted and planted examples.</param>
    /// <param name="rows">What is held out; null: nothing.</param>
    /// <returns>The same examples, with the canaries that are left, and the rows; null: all are trained on.</returns>
    /// <exception cref="InputException">Nothing is left to train on, or a half has all held-out canaries or none.</exception>
    public static (CorruptedData Data, HeldOutRows? Rows) Of(Experiment experiment, CorruptedData data, HeldOutRows? rows)
    {
        var count = data.Images.Train.Count;
        var forgotten = experiment.Forget?.Rows.ToHashSet() ?? [];
        var canaries = Read(data.Canaries, forgotten);
        var left = data.Canaries?.LeftOut.Select(canary => canary.Row).ToHashSet() ?? [];
        if (experiment.Forget is { From: null })
        {
            left.UnionWith(forgotten); // else they are trained on: to be forgotten
        }

        if (experiment.Half is { } half)
        {
            // Steering canaries are always in: the dial goes by them.
            var (coins, steering) = (half.Includes(count), canaries?.Steering.Select(canary => canary.Row).ToHashSet() ?? []);
            left.UnionWith(Enumerable.Range(0, count).Where(i => !coins[i] && !steering.Contains(i)).Select(i => (long)i));
            canaries = canaries is null
                ? null
                : (
                    canaries with
                    {
                        HeldOut = [.. canaries.HeldOut.Where(canary => coins[canary.Row])],
                        LeftOut = [.. canaries.LeftOut, .. canaries.HeldOut.Where(canary => !coins[canary.Row])],
                    }
                ).RequireBothSides();
        }

        if (left.Count == 0)
        {
            return (data with { Canaries = canaries }, rows);
        }

        rows ??= new HeldOutRows([.. Enumerable.Range(0, count).Select(i => (long)i)], []);
        rows = rows with { Kept = [.. rows.Kept.Where(row => !left.Contains(row))] };
        return rows.Kept.Length > 0
            ? (data with { Canaries = canaries }, rows)
            : throw new InputException("All training examples are left out, so that nothing is left to train on.");
    }

    /// <summary>Takes the canaries to forget from those that are read: a network that has forgotten them alone would seem to have memorized
    /// nothing.</summary>
    private static PlantedCanaries? Read(PlantedCanaries? canaries, HashSet<long> forgotten)
    {
        return canaries is null
            ? null
            : new PlantedCanaries(Of(canaries.Steering), Of(canaries.HeldOut))
            {
                LeftOut = Of(canaries.LeftOut),
                Forgotten = [.. canaries.Planted.Where(canary => forgotten.Contains(canary.Row))],
            };

        Canary[] Of(IReadOnlyList<Canary> some) => [.. some.Where(canary => !forgotten.Contains(canary.Row))];
    }
}
