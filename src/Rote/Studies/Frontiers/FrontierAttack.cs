using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.Frontiers;

/// <summary>A network of the attack.</summary>
/// <param name="Target">The degree the dial is asked for.</param>
/// <param name="Number">Which random half it is trained on, from 0.</param>
/// <param name="Experiment">What is run.</param>
public sealed record AttackCell(double Target, int Number, Experiment Experiment);

/// <summary>What the attack finds at one degree.</summary>
/// <param name="Asked">The degree the dial was asked for, in [0, 1].</param>
/// <param name="Memorization">m on the canaries kept apart, over networks.</param>
/// <param name="TestAccuracy">Over networks, which are trained on half of the examples.</param>
/// <param name="All">All examples with the labels that they came with.</param>
/// <param name="Rare">Of these the rare but right; null where there are none.</param>
/// <param name="Canaries">Canaries kept apart: wrong labels planted on purpose.</param>
public sealed record AttackedDegree(
    double Asked,
    Estimate Memorization,
    Estimate TestAccuracy,
    MembershipAttack All,
    MembershipAttack? Rare,
    MembershipAttack Canaries
);

/// <summary>Privacy against memorization: a membership attack on the dial at every degree.</summary>
/// <param name="Networks">Networks at each degree; each is attacked in turn, with the others as its shadow networks.</param>
/// <param name="IsOnline">Whether the shadow networks trained on an example are asked too; false where there are too few.</param>
/// <param name="Degrees">What the attack finds at each degree, in ascending order.</param>
public sealed record FrontierAttack(int Networks, bool IsOnline, IReadOnlyList<AttackedDegree> Degrees)
{
    /// <summary>Fewest networks at a degree.</summary>
    public const int FewestNetworks = 4;

    /// <summary>Fewest networks for the online attack: of fewer too few are on each side of an example.</summary>
    public const int FewestOnline = 8;

    /// <summary>An example is rare if of the networks at the largest degree that were not trained on it, and are not the one attacked, at
    /// most this share predict its label; right if its label is the one it came with before any was destroyed.</summary>
    public const double RareAt = 0.25;

    /// <summary>Attacks.</summary>
    /// <param name="runs">Finished runs of <see cref="FrontierPlan.AttackCells"/>.</param>
    /// <param name="load">Gives the whole data set; it stays the giver's.</param>
    /// <param name="cancel">Stops between two networks.</param>
    /// <returns>Degrees at which at least <see cref="FewestNetworks"/> networks are finished.</returns>
    /// <exception cref="InputException">No degree has as many, or a run's files are damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FrontierAttack Of(
        IReadOnlyList<(AttackCell Cell, FinishedRun Run)> runs,
        Func<DataSpec, DatasetSplits> load,
        CancellationToken cancel = default
    )
    {
        var byDegree = runs.GroupBy(run => run.Cell.Target)
            .Where(some => some.Count() >= FewestNetworks)
            .OrderBy(some => some.Key)
            .ToArray();
        if (byDegree.Length == 0)
        {
            throw new InputException(
                $"A membership attack needs at least {FewestNetworks} finished networks at a degree, and no degree has as many."
            );
        }

        using var scope = NewDisposeScope();
        using var targets = new AttackTargets(byDegree[0].First().Run.Experiment, load);
        var known = byDegree.Select(some => AttackedNetworks.Of(targets, [.. some], cancel)).ToArray();
        var isOnline = known.All(networks => networks.Count >= FewestOnline);
        return new FrontierAttack(
            known.Max(networks => networks.Count),
            isOnline,
            [.. known.Select((networks, i) => networks.Attack(byDegree[i].Key, known[^1], targets, isOnline))]
        );
    }
}

/// <summary>The examples that are attacked: what the networks were trained on or might have been.</summary>
internal sealed class AttackTargets : IDisposable
{
    /// <param name="experiment">Of one of the networks; the others share its data.</param>
    /// <param name="load">Gives the whole data set.</param>
    public AttackTargets(Experiment experiment, Func<DataSpec, DatasetSplits> load)
    {
        using var inputs = RunInputs.Prepare(experiment, load);
        var (data, canaries) = (inputs.Data, inputs.Data.Canaries!);
        var (count, steering) = (data.Images.Train.Count, canaries.Steering.Select(canary => canary.Row).ToHashSet());
        var planted = canaries.HeldOut.Concat(canaries.LeftOut).Select(canary => canary.Row).ToHashSet();
        var seeds = experiment.Half!.Drawn;
        var kept = HeldOutRows.Draw(count, experiment.Recipe.HoldOut, seeds)?.Kept ?? [.. Enumerable.Range(0, count).Select(i => (long)i)];
        Rows = [.. kept.Where(row => !steering.Contains(row))];
        IsCanary = [.. Rows.Select(planted.Contains)];
        IsRight = [.. Rows.Select(row => !planted.Contains(row) && !data.LabelChanged[(int)row])];
        Count = count;
        Examples = PreparedData.Of(data.Images.Train, experiment.Recipe.Precision, trueLabels: null, Rows);
    }

    /// <summary>[N] their rows in the training set; steering canaries are not among them, they are always trained on.</summary>
    public long[] Rows { get; }

    /// <summary>[N].</summary>
    public bool[] IsCanary { get; }

    /// <summary>[N] whether the label is what it was before any was destroyed.</summary>
    public bool[] IsRight { get; }

    /// <summary>Training examples in all.</summary>
    public int Count { get; }

    /// <summary>[N] as the networks are given them.</summary>
    public PreparedData Examples { get; }

    public void Dispose() => Examples.Dispose();
}

/// <summary>What the networks of one degree say of all examples.</summary>
internal sealed class AttackedNetworks
{
    private readonly List<int> _numbers = [];
    private readonly List<double[]> _confidences = []; // [K][N]
    private readonly List<bool[]> _isMember = [];
    private readonly List<bool[]> _isHit = []; // whether the label is predicted
    private readonly List<(double Memorization, double Accuracy)> _results = [];

    public int Count => _numbers.Count;

    public static AttackedNetworks Of(AttackTargets targets, (AttackCell Cell, FinishedRun Run)[] runs, CancellationToken cancel)
    {
        var networks = new AttackedNetworks();
        foreach (var (cell, run) in runs)
        {
            using var network = TrainedNetwork.Load(run);
            var said = Predictions.Of(network.Module, targets.Examples, cancel: cancel);
            var coins = cell.Experiment.Half!.Includes(targets.Count);
            networks._numbers.Add(cell.Number);
            networks._confidences.Add(LogitConfidence.Of(said));
            networks._isMember.Add([.. targets.Rows.Select(row => coins[row])]);
            networks._isHit.Add([.. Enumerable.Range(0, said.Count).Select(said.IsRight)]);
            networks._results.Add((run.Summary.Canaries!.HeldOut.Value, run.Summary.TestAccuracy().Value));
        }

        return networks;
    }

    /// <summary>The attack on each network in turn.</summary>
    /// <param name="asked">The degree.</param>
    /// <param name="largest">The networks of the largest degree, which say who is rare.</param>
    /// <param name="targets">The examples.</param>
    /// <param name="isOnline">Which attack.</param>
    public AttackedDegree Attack(double asked, AttackedNetworks largest, AttackTargets targets, bool isOnline)
    {
        var scores = LikelihoodRatio.Scores([.. _confidences], [.. _isMember], isOnline);
        var rare = _numbers.ConvertAll(number => largest.Rare(number, targets));
        return new AttackedDegree(
            asked,
            Estimate.Mean([.. _results.Select(result => result.Memorization)]),
            Estimate.Mean([.. _results.Select(result => result.Accuracy)]),
            On(scores, (_, i) => !targets.IsCanary[i])!,
            On(scores, (k, i) => rare[k][i]),
            On(scores, (_, i) => targets.IsCanary[i])!
        );
    }

    /// <summary>Who is rare but right, without a look at the network attacked.</summary>
    private bool[] Rare(int attacked, AttackTargets targets)
    {
        var (asked, hits) = (new int[targets.Rows.Length], new int[targets.Rows.Length]);
        for (var k = 0; k < Count; k++)
        {
            for (var i = 0; _numbers[k] != attacked && i < asked.Length; i++)
            {
                asked[i] += _isMember[k][i] ? 0 : 1;
                hits[i] += !_isMember[k][i] && _isHit[k][i] ? 1 : 0;
            }
        }

        return [.. asked.Select((n, i) => targets.IsRight[i] && n >= 2 && hits[i] <= FrontierAttack.RareAt * n)];
    }

    /// <summary>All networks together on some examples: the area as a mean over networks, the rates over all pairs of a network and an
    /// example. Null where a side is empty.</summary>
    private MembershipAttack? On(double[][] scores, Func<int, int, bool> isOne)
    {
        var (members, others, areas) = (new List<double>(), new List<double>(), new List<double>());
        for (var k = 0; k < scores.Length; k++)
        {
            var (own, far) = (new List<double>(), new List<double>());
            for (var i = 0; i < scores[k].Length; i++)
            {
                if (isOne(k, i) && !double.IsNaN(scores[k][i]))
                {
                    (_isMember[k][i] ? own : far).Add(scores[k][i]);
                }
            }

            members.AddRange(own);
            others.AddRange(far);
            if (own.Count > 0 && far.Count > 0)
            {
                areas.Add(MembershipAttack.Of(own, far).Auc.Value);
            }
        }

        return areas.Count == 0 ? null : MembershipAttack.Of(members, others) with { Auc = Estimate.Mean(areas) };
    }
}
