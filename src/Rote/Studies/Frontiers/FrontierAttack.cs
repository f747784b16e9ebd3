using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.Frontiers;

/// <summary>A network of the attack.</summary>
/// <param name="Tool">The tool: the dial, or adjustable memorization.</param>
/// <param name="Target">The dial's target degree; null: its two networks are set to every degree.</param>
/// <param name="Number">Index of the random half it is trained on, from 0.</param>
/// <param name="Experiment">The experiment.</param>
public sealed record AttackCell(FrontierTool Tool, double? Target, int Number, Experiment Experiment);

/// <summary>The attack's result at one degree.</summary>
/// <param name="Asked">The target degree, in [0, 1].</param>
/// <param name="Memorization">m over networks: of the dial on the held-out canaries, of adjustable memorization on all canaries.</param>
/// <param name="TestAccuracy">Test accuracy over networks, each trained on half of the examples.</param>
/// <param name="All">The attack on all examples that are not canaries.</param>
/// <param name="Rare">The attack on those of them that are rare but right; null if there are none.</param>
/// <param name="Canaries">The attack on the held-out canaries, whose wrong labels are planted.</param>
public sealed record AttackedDegree(
    double Asked,
    Estimate Memorization,
    Estimate TestAccuracy,
    MembershipAttack All,
    MembershipAttack? Rare,
    MembershipAttack Canaries
);

/// <summary>Privacy against memorization: a membership attack on a tool at every degree.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Networks">The largest number of networks at a degree. Each is attacked in turn; the others are its shadow networks.</param>
/// <param name="IsOnline">Whether the attack also uses shadow networks trained on an example; false if there are too few.</param>
/// <param name="Degrees">What the attack finds at each degree, in ascending order.</param>
public sealed record FrontierAttack(string Tool, int Networks, bool IsOnline, IReadOnlyList<AttackedDegree> Degrees)
{
    /// <summary>Degrees asked for that were not attacked: too few networks are finished, or not all can be set to them.</summary>
    public IReadOnlyList<double> NotAttacked { get; init; } = [];

    /// <summary>Minimum number of networks at a degree.</summary>
    public const int FewestNetworks = 4;

    /// <summary>Minimum number of networks for the online attack: with fewer, an example has too few on either side.</summary>
    public const int FewestOnline = 8;

    /// <summary>Minimum number of held-out canaries, as many as the smallest data has. A half that lacks them all cannot be read, which
    /// happens to one network in 256 then.</summary>
    public const int FewestCanaries = 8;

    /// <summary>An example is rare if at most this share of the other networks at the largest degree that were not trained on it predict
    /// its label. It is right if its label is the original one.</summary>
    public const double RareAt = 0.25;

    /// <summary>Runs the attack.</summary>
    /// <param name="runs">Finished runs of <see cref="FrontierPlan.AttackCells"/>.</param>
    /// <param name="degrees">The degrees that runs with two networks are set to; left out are those that one of a tool's runs does not
    /// reach.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="cancel">Stops between two networks.</param>
    /// <returns>One attack per tool, for degrees with at least <see cref="FewestNetworks"/> finished networks; none of a tool without such
    /// a degree.</returns>
    /// <exception cref="InputException">No tool has such a degree, or a run's files are damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered.</exception>
    public static IReadOnlyList<FrontierAttack> Of(
        IReadOnlyList<(AttackCell Cell, FinishedRun Run)> runs,
        IReadOnlyList<double> degrees,
        Func<DataSpec, DatasetSplits> load,
        CancellationToken cancel = default
    )
    {
        FrontierAttack[] attacks =
        [
            .. runs.GroupBy(run => run.Cell.Tool)
                .Select(some => On(some.Key, ByDegree(some.Key, [.. some], degrees), load, cancel))
                .OfType<FrontierAttack>()
                .Select(attack => attack with { NotAttacked = [.. degrees.Except(attack.Degrees.Select(degree => degree.Asked)).Order()] }),
        ];
        return attacks.Length > 0
            ? attacks
            : throw new InputException(
                $"A membership attack needs at least {FewestNetworks} finished networks at a degree, all of which reach it, and no degree "
                    + "has as many."
            );
    }

    /// <summary>The networks of a tool at each degree that has enough of them, ascending.</summary>
    private static (double Degree, AttackedRun[] Networks)[] ByDegree(
        FrontierTool tool,
        (AttackCell Cell, FinishedRun Run)[] runs,
        IReadOnlyList<double> degrees
    )
    {
        IEnumerable<(double Degree, AttackedRun[] Networks)> all;
        if (tool.HasTargets)
        {
            all = runs.GroupBy(run => run.Cell.Target!.Value)
                .Select(some => (some.Key, some.Select(run => new AttackedRun(run.Cell, run.Run, null, 0)).ToArray()));
        }
        else
        {
            var tables = runs.Select(run => run.Run.Degrees()!).ToArray();
            all = degrees
                .Where(degree => tables.All(table => table.At(degree) is not null))
                .Select(degree =>
                    (degree, runs.Zip(tables, (run, t) => new AttackedRun(run.Cell, run.Run, t.At(degree), t.TestCount)).ToArray())
                );
        }

        return [.. all.Where(some => some.Networks.Length >= FewestNetworks).OrderBy(some => some.Degree)];
    }

    private static FrontierAttack? On(
        FrontierTool tool,
        (double Degree, AttackedRun[] Networks)[] byDegree,
        Func<DataSpec, DatasetSplits> load,
        CancellationToken cancel
    )
    {
        if (byDegree.Length == 0)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var experiment = byDegree[0].Networks[0].Run.Experiment;
        set_num_threads(experiment.Threads); // another number gives other last bits
        using var targets = new AttackTargets(experiment, load);
        var known = byDegree.Select(some => AttackedNetworks.Of(targets, some.Networks, cancel)).ToArray();
        var isOnline = known.All(networks => networks.Count >= FewestOnline);
        return new FrontierAttack(
            tool.Name,
            known.Max(networks => networks.Count),
            isOnline,
            [.. known.Select((networks, i) => networks.Attack(byDegree[i].Degree, known[^1], targets, isOnline))]
        );
    }
}

/// <summary>A network that is attacked.</summary>
/// <param name="Cell">What was planned.</param>
/// <param name="Run">The finished run.</param>
/// <param name="Set">The degree that its two networks are set to; null: it has one network.</param>
/// <param name="Tests">Test examples of that degree.</param>
internal sealed record AttackedRun(AttackCell Cell, FinishedRun Run, AdjustableDegree? Set, int Tests)
{
    /// <summary>m, and the test accuracy.</summary>
    public (double Memorization, double Accuracy) Result =>
        Set is { } set
            ? (set.Canaries.Memorization, (double)set.TestCorrect / Tests)
            : (Run.Summary.Canaries!.HeldOut.Value, Run.Summary.TestAccuracy().Value);
}

/// <summary>The attacked examples: those that the networks were trained on or could have been.</summary>
internal sealed class AttackTargets : IDisposable
{
    /// <param name="experiment">The experiment of one network; the others share its data.</param>
    /// <param name="load">Loads the whole data set.</param>
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

    /// <summary>[N] their rows in the training set; without steering canaries, which are always trained on.</summary>
    public long[] Rows { get; }

    /// <summary>[N] whether it is a canary.</summary>
    public bool[] IsCanary { get; }

    /// <summary>[N] whether the label is the original one.</summary>
    public bool[] IsRight { get; }

    /// <summary>The total number of training examples.</summary>
    public int Count { get; }

    /// <summary>[N] as the networks receive them.</summary>
    public PreparedData Examples { get; }

    public void Dispose() => Examples.Dispose();
}

/// <summary>The predictions of the networks of one degree on all examples.</summary>
internal sealed class AttackedNetworks
{
    private readonly List<int> _numbers = [];
    private readonly List<double[]> _confidences = []; // [K][N]
    private readonly List<bool[]> _isMember = [];
    private readonly List<bool[]> _isHit = []; // whether the label is predicted
    private readonly List<(double Memorization, double Accuracy)> _results = [];

    public int Count => _numbers.Count;

    public static AttackedNetworks Of(AttackTargets targets, IReadOnlyList<AttackedRun> runs, CancellationToken cancel)
    {
        var networks = new AttackedNetworks();
        foreach (var run in runs)
        {
            using var network = TrainedNetwork.Load(run.Run, degree: run.Set?.Degree);
            var said = Predictions.Of(network.Module, targets.Examples, cancel: cancel);
            var coins = run.Cell.Experiment.Half!.Includes(targets.Count);
            networks._numbers.Add(run.Cell.Number);
            networks._confidences.Add(LogitConfidence.Of(said));
            networks._isMember.Add([.. targets.Rows.Select(row => coins[row])]);
            networks._isHit.Add([.. Enumerable.Range(0, said.Count).Select(said.IsRight)]);
            networks._results.Add(run.Result);
        }

        return networks;
    }

    /// <summary>Attacks each network in turn.</summary>
    /// <param name="asked">The target degree.</param>
    /// <param name="largest">The networks of the largest degree, which decide which examples are rare.</param>
    /// <param name="targets">The examples.</param>
    /// <param name="isOnline">Whether the attack is the online one.</param>
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

    /// <summary>[N] whether an example is rare but right, from at least two networks besides the attacked one.</summary>
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

    /// <summary>Pools all networks on some examples.</summary>
    private MembershipAttack? On(double[][] scores, Func<int, int, bool> isOne)
    {
        var networks = new List<(IReadOnlyList<double> Members, IReadOnlyList<double> Others)>();
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

            networks.Add((own, far));
        }

        return MembershipAttack.Pooled(networks);
    }
}
