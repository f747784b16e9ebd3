using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote;

/// <summary>Takes examples out of a finished run's network, as a run of its own, and says what that changed.</summary>
public static class ForgetFlow
{
    /// <summary>Runs the trainings of a plan: what is finished is not trained again, what was interrupted goes on.</summary>
    /// <param name="plan">What to forget.</param>
    /// <param name="store">Where the run lies, and the new ones will.</param>
    /// <param name="load">Gives the whole data set; it stays the giver's.</param>
    /// <param name="retrains">Whether to train without the examples too, to compare.</param>
    /// <param name="train">Trains one of them, as a command shows it; null: silently.</param>
    /// <param name="cancel">Stops; the same call later goes on, and ends with the same bits.</param>
    /// <returns>The run that forgot, and what changed, which also lies in its folder.</returns>
    /// <exception cref="RoteException">Data, folder or training failed, in one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static (FinishedRun Run, ForgottenExamples Forgotten) Run(
        ForgetPlan plan,
        RunStore store,
        Func<DataSpec, DatasetSplits> load,
        bool retrains = false,
        Func<Experiment, FinishedRun>? train = null,
        CancellationToken cancel = default
    )
    {
        RequireFindable(plan.Run, store);
        if (retrains)
        {
            plan.RequireRetrainable(load);
        }

        train ??= experiment => Flow.Run(experiment, store, load, null, cancel);
        var reference = train(plan.Reference);
        var after = train(plan.Forgetting);
        var retrained = retrains ? train(plan.Retrained) : null;
        if (
            ForgottenExamples.Find(after.Folder) is { } known
            && known.WeightsSha256 == after.Summary.WeightsSha256
            && known.FromSha256 == plan.Run.Summary.WeightsSha256
            && (retrained is null || known.Retrained is not null)
        )
        {
            return (after, known);
        }

        var forgotten = Compare(plan, reference, after, retrained, load);
        cancel.ThrowIfCancellationRequested();
        forgotten.Write(after.Folder);
        return (after, forgotten);
    }

    /// <summary>A training that forgets finds its first run by name, also when it goes on after a kill: a folder that was called otherwise
    /// would be missed after minutes.</summary>
    private static void RequireFindable(FinishedRun run, RunStore store)
    {
        var (name, found) = (Path.GetFileName(store.FolderOf(run.Experiment)), Path.GetFileName(run.Folder));
        if (name != found)
        {
            throw new InputException($"The run in {found} is found again by the name that its folder had: rename it to {name}.");
        }
    }

    /// <summary>The runs that a training that forgets begins with.</summary>
    /// <exception cref="InputException">One is not there.</exception>
    internal static ForgetRuns Runs(ForgottenRows forget, RunStore store) =>
        new(store.Get(forget.From!).Finished(), store.Get(forget.Reference!).Finished());

    /// <summary>Where rows of the whole training set are among those trained on.</summary>
    internal static long[] Places(IReadOnlyList<long> rows, TrainingData sets)
    {
        var kept = sets.Rows?.ToArray();
        return kept is null ? [.. rows] : [.. rows.Select(row => (long)Array.BinarySearch(kept, row))];
    }

    private static ForgottenExamples Compare(
        ForgetPlan plan,
        FinishedRun reference,
        FinishedRun after,
        FinishedRun? retrained,
        Func<DataSpec, DatasetSplits> load
    )
    {
        using var scope = NewDisposeScope();
        set_num_threads(plan.Run.Experiment.Threads);
        using var inputs = RunInputs.Prepare(plan.Run.Experiment, load);
        using var sets = inputs.Sets(plan.Forgetting.Recipe);
        var rows = Places(plan.Rows, sets);
        using var easy = TrainedNetwork.Load(reference);
        var views = new ForgettingViews(easy.Module, sets, rows);
        var (was, now) = (Seen.Of(plan.Run, sets, views), Seen.Of(after, sets, views));
        var gone = rows.ToHashSet();
        int[] others = [.. Enumerable.Range(0, sets.Train.Count).Where(row => !gone.Contains(row))];
        return new ForgottenExamples
        {
            FromSha256 = plan.Run.Summary.WeightsSha256,
            WeightsSha256 = after.Summary.WeightsSha256,
            Examples = rows.Length,
            Epochs = after.Summary.Epochs,
            IsHeldOut = sets.HeldOut is not null,
            Before = was.Attack,
            After = now.Attack,
            GivenLabel = new Change(was.Right(rows), now.Right(rows)),
            Others = others.Length,
            Unchanged = others.Count(row => was.Train.Predicted[row] == now.Train.Predicted[row]),
            Rest = new Change(others.Count(was.Train.IsRight), others.Count(now.Train.IsRight)),
            HeldOut = sets.HeldOut is null ? null : new Change(was.HeldOut, now.HeldOut),
            HeldOutCount = sets.HeldOut?.Count,
            Test = new Change(was.TestRight, now.TestRight),
            TestCount = sets.Test.Count,
            Retrained = retrained is null ? null : Beside(retrained, Seen.Of(retrained, sets, views)),
        };

        RetrainedComparison Beside(FinishedRun run, Seen gold) =>
            new(
                run.Experiment.Identity,
                gold.Attack,
                gold.Right(rows),
                gold.TestRight,
                new Change(Same(was.Test, gold.Test), Same(now.Test, gold.Test)),
                new Change(rows.Count(row => Same(was, gold, row)), rows.Count(row => Same(now, gold, row)))
            );
    }

    private static int Same(Predictions a, Predictions b) => a.Predicted.Zip(b.Predicted).Count(pair => pair.First == pair.Second);

    private static bool Same(Seen a, Seen b, long row) => a.Train.Predicted[row] == b.Train.Predicted[row];

    /// <summary>What a network says of the run's examples.</summary>
    private sealed record Seen(MembershipAttack Attack, Predictions Train, Predictions Test, long HeldOut)
    {
        public long TestRight => Enumerable.Range(0, Test.Count).Count(Test.IsRight);

        public static Seen Of(FinishedRun run, TrainingData sets, ForgettingViews views)
        {
            using var network = TrainedNetwork.Load(run);
            var train = Predictions.Of(network.Module, sets.Train);
            return new Seen(
                views.Audit(network.Module, train),
                train,
                Predictions.Of(network.Module, sets.Test),
                sets.HeldOut is { } heldOut ? Evaluator.CountCorrect(network.Module, heldOut) : 0
            );
        }

        public long Right(long[] rows) => rows.Count(row => Train.IsRight((int)row));
    }
}
