using System.Diagnostics;
using Rote.Audits.Checks;
using Rote.Audits.Members;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Audits;

/// <summary>The audit of a labelled data set: what is learned by rule, what by rote, and which labels are wrong.</summary>
/// <remarks>
/// Members, networks trained on random subsets with their own canaries, are trained until the budget is used up; each predicts every
/// example. Members are kept on disk, so that a killed audit goes on where it was, and several processes share the work.
/// docs/explanation/audit.md.
/// </remarks>
public sealed class Audit
{
    /// <summary>Fewest members for a ranking: after one, most examples have no out-of-bag prediction.</summary>
    private const int FewestForRanking = 2;

    /// <summary>Members trained before the first one gives the confusable canaries their labels: always two, at the same time or not, so
    /// that the bits are the same.</summary>
    private const int BeforeNames = 2;

    /// <summary>Time between two checks whether another process has finished a member.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly AuditPlan _plan;
    private readonly AuditData _data;
    private readonly AuditBudget _budget;
    private readonly AuditFolder _folder;
    private readonly IProgress<AuditProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly int[] _labels;
    private readonly Membership _membership;
    private readonly FrozenPredictions? _frozen;
    private readonly Ensemble _ensemble;
    private readonly Canaries _unnamed;
    private readonly KeptClasses _kept;
    private readonly int _together;
    private readonly Lock _reporting = new();
    private TrainingProgress[] _inTraining = [];
    private int[] _numbers = []; // of the members in training, from 1
    private readonly AuditClock _clock;
    private long _trainingSince; // when the first member of this session was begun

    private Audit(
        AuditPlan plan,
        AuditData data,
        AuditBudget budget,
        AuditFolder folder,
        IProgress<AuditProgress>? progress,
        CancellationToken cancel
    )
    {
        (_plan, _data, _budget, _folder, _progress, _cancel) = (plan, data, budget, folder, progress, cancel);
        _clock = new AuditClock(budget);
        var seeds = new Seeds(plan.Seed);
        _labels = Array.ConvertAll(data.Examples.Labels.data<long>().ToArray(), label => (int)label);
        _membership = new Membership(_labels, data.Examples.Classes, plan.LeftOut, seeds);
        _unnamed = Canaries.Draw(_labels, data.Examples.Classes, plan.Canaries, seeds);
        _kept = KeptClasses.For(_labels, data.Examples.Classes, _unnamed.Example, data.MostKept);
        if (data.Vectors is { } vectors)
        {
            Report("Judging by frozen features", 0, 0);
            _frozen = FrozenPredictions.Of(vectors, _labels, _kept, seeds, share => Report("Judging by frozen features", share, 0), cancel);
            _unnamed = _unnamed.Confuse(_labels, Canaries.Confusion(_labels, _frozen.Probabilities), seeds);
        }

        _ensemble = new Ensemble(
            _labels,
            _kept,
            _unnamed,
            [.. MeasureCatalog.Of(plan.Measures).SelectMany(measure => measure.Columns)],
            _frozen
        );

        // Dropout draws from the process's one generator all through training.
        // A GPU is busy with one network, and has memory for few.
        _together =
            plan.Network.Dropout > 0 || plan.Recipe.Device.IsGpu ? 1 : budget.Together ?? AuditDefaults.Together(plan, data.Examples);
    }

    /// <summary>Audits a data set; goes on where an earlier session was stopped.</summary>
    /// <param name="plan">The audit.</param>
    /// <param name="data">The examples; still the caller's.</param>
    /// <param name="budget">How much may be trained. It decides how many members there are, and nothing else.</param>
    /// <param name="root">The folder that holds audits; made if it is missing.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="preliminary">Given the result so far, after a member from a fifth of the budget on, or before if the next would end
    /// after a third, once there are two, and again when there are a quarter more; duplicates are looked for at the end only.</param>
    /// <param name="cancel">Stops; the same call later goes on from the last finished member.</param>
    /// <returns>The result: the same bits for the same plan and number of members.</returns>
    /// <exception cref="InputException">The data cannot be audited, the budget is too small for one member, or a member's file is
    /// damaged.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="TrainingException">A member's loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static AuditResult Run(
        AuditPlan plan,
        AuditData data,
        AuditBudget budget,
        string root,
        IProgress<AuditProgress>? progress = null,
        Action<AuditResult>? preliminary = null,
        CancellationToken cancel = default
    )
    {
        using var scope = NewDisposeScope();
        return Begin(plan, data, budget, root, progress, cancel).Run(preliminary);
    }

    /// <summary>Trains members and judges nothing: for one of many processes that share the audit's folder. It ends when the budget is used
    /// up, or when other processes train all the rest.</summary>
    /// <param name="plan">The audit.</param>
    /// <param name="data">The examples; still the caller's.</param>
    /// <param name="budget">How much may be trained.</param>
    /// <param name="root">The folder that holds audits, shared with the other processes.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancel">Stops; members that are finished are kept.</param>
    /// <returns>How many of the members are finished, by whomever.</returns>
    /// <exception cref="InputException">As <see cref="Run(AuditPlan, AuditData, AuditBudget, string, IProgress{AuditProgress}?,
    /// Action{AuditResult}?, CancellationToken)"/>.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="TrainingException">A member's loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static int Train(
        AuditPlan plan,
        AuditData data,
        AuditBudget budget,
        string root,
        IProgress<AuditProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        using var scope = NewDisposeScope();
        return Begin(plan, data, budget, root, progress, cancel).TrainOnly();
    }

    private static Audit Begin(
        AuditPlan plan,
        AuditData data,
        AuditBudget budget,
        string root,
        IProgress<AuditProgress>? progress,
        CancellationToken cancel
    )
    {
        AuditDefaults.RequireAuditable(plan, data.Examples);
        plan.Recipe.RequireConsistent();
        plan.Recipe.Device.Require();
        var folder = new AuditFolder(root, plan);
        set_num_threads(plan.Threads);
        return new Audit(plan, data, budget, folder, progress, cancel);
    }

    /// <summary>The folder of an audit, whether it is there or not.</summary>
    /// <param name="root">The folder that holds audits.</param>
    /// <param name="plan">The audit.</param>
    /// <returns>Root / first 12 digits of the identity - name of the data.</returns>
    public static string FolderOf(string root, AuditPlan plan) =>
        Path.Combine(Path.GetFullPath(root), $"{plan.Identity[..12]}-{plan.Data.Name}");

    private AuditResult Run(Action<AuditResult>? preliminary)
    {
        using var examples = Standardize(out var test);
        using var prepared = PreparedData.From(examples, _plan.Recipe.Precision);
        using var moved = Moved(examples);
        using (test)
        {
            var training = new MemberTraining(_plan, examples, moved ?? prepared, _kept) { LooksAround = _frozen is null };
            if (_frozen is not null && preliminary is not null)
            {
                preliminary(JudgeSoFar(examples));
            }

            var nextRanking = FewestForRanking;
            while (_ensemble.Members < _budget.Members && (_folder.Has(_ensemble.Members) || HasTimeForAnother))
            {
                AddNext(training);
                if (preliminary is not null && _ensemble.Members >= nextRanking && _clock.IsTimeForRanking)
                {
                    preliminary(JudgeSoFar(examples));
                    // Without it, thousands of members would be judged thousands of times.
                    nextRanking = Math.Max(_ensemble.Members + 1, _ensemble.Members * 5 / 4);
                }
            }

            Report("Looking for duplicates", 0, 0);
            var duplicates = Duplicates.Find(examples, test, prepared, _ensemble.Neighbours, _cancel);
            var probabilities = _ensemble.Pooled().Probabilities;
            var checks = Check(duplicates, probabilities);
            Report("Judging", 0, 0);
            return Judgement.Of(
                _plan,
                _labels,
                examples.ClassNames,
                _ensemble,
                duplicates,
                _data.KnownRight,
                EmbeddingVectors.MayBe(examples)
            ) with
            {
                Decided = _data.Decided,
                OutOfBagProbabilities = probabilities,
                Checks = checks,
            };
        }
    }

    /// <summary>The data as it is, not as it was standardized: brightness is of pixels, and groups are of columns.</summary>
    private DataChecks Check(Duplicates duplicates, ClassProbabilities probabilities)
    {
        var buffer = probabilities.NewBuffer();
        var input = new CheckInput(_data.Examples, new CheckReports(this), _cancel)
        {
            Test = _data.Test,
            Vectors = _data.Vectors,
            Duplicates = duplicates,
            IsPredicted = Array.ConvertAll(
                [.. Enumerable.Range(0, _labels.Length)],
                i => probabilities.IsKnown(i) ? ArgMax.Of(probabilities.Row(i, buffer)) == _labels[i] : (bool?)null
            ),
        };
        return DataChecks.Of(input, _cancel);
    }

    private int TrainOnly()
    {
        using var examples = Standardize(out var test);
        test?.Dispose();
        using var prepared = PreparedData.From(examples, _plan.Recipe.Precision, device: _plan.Recipe.Device);
        var training = new MemberTraining(_plan, examples, prepared, _kept) { LooksAround = _frozen is null };
        while (_ensemble.Members < Math.Min(BeforeNames, _budget.Members) && (_folder.Has(_ensemble.Members) || HasTimeForAnother))
        {
            AddNext(training);
        }

        do
        {
            _clock.Look(_folder); // what other processes and sessions trained counts too
        } while (HasTimeForAnother && TrainSome(training));
        return _folder.Finished(_budget.Members);
    }

    /// <summary>The examples on the GPU that networks are trained on; null: on none. All else about them is found out on the
    /// processor.</summary>
    private PreparedData? Moved(Dataset examples) =>
        _plan.Recipe.Device is { IsGpu: true } gpu ? PreparedData.From(examples, _plan.Recipe.Precision, device: gpu) : null;

    private Dataset Standardize(out Dataset? test)
    {
        var features = _data.Examples.IsVectors ? VectorFeatures.Of(_data.Examples) : null;
        test = _data.Test is { } own ? features?.Standardize(own) ?? own.With() : null;
        return features?.Standardize(_data.Examples) ?? _data.Examples.With();
    }

    private AuditResult JudgeSoFar(Dataset examples) =>
        Judgement.Of(
            _plan,
            _labels,
            examples.ClassNames,
            _ensemble,
            new Duplicates([], [], [], 0),
            _data.KnownRight,
            EmbeddingVectors.MayBe(examples)
        ) with
        {
            Decided = _data.Decided,
        };

    private bool HasTimeForAnother => _ensemble.Members == 0 || _clock.HasTimeForAnother;

    /// <summary>Adds the next member if it is finished. Else trains a member that no other process trains, or waits for those that
    /// do.</summary>
    private void AddNext(MemberTraining training)
    {
        var next = _ensemble.Members;
        if (_folder.Find(next, _kept) is { } known)
        {
            _clock.Found(next, known.Time);
            Add(known.Result, _membership.Turn(next));
        }
        else if (!TrainSome(training))
        {
            Report("Waiting for networks that other processes train", 0, 0);
            _cancel.WaitHandle.WaitOne(BetweenLooks);
            _cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Trains the next members that no other process trains now, and keeps them.</summary>
    /// <returns>False where others train all that is left.</returns>
    private bool TrainSome(MemberTraining training)
    {
        var first = _ensemble.Members;
        var end = first < BeforeNames ? Math.Min(BeforeNames, _budget.Members) : _budget.Members;
        using var claims = MemberClaims.Take(_folder, first, end, _together);
        var numbers = claims.Numbers;
        if (numbers.Count == 0)
        {
            return false;
        }

        _trainingSince = _trainingSince == 0 ? Stopwatch.GetTimestamp() : _trainingSince;
        var canaries = first < BeforeNames ? _unnamed : _ensemble.Canaries;
        var turns = numbers.Select(_membership.Turn).ToArray(); // in order, because both are drawn round by round
        var inBag = numbers.Select(_membership.InBag).ToArray();
        (_inTraining, _numbers) = (new TrainingProgress[numbers.Count], [.. numbers.Select(number => number + 1)]);
        SideBySide.Run(numbers.Count, numbers.Count, Train, _cancel);
        return true;

        void Train(int place, CancellationToken cancel)
        {
            var begun = Stopwatch.GetTimestamp();
            var result = training.Train(
                numbers[place],
                inBag[place],
                canaries.Plant(_labels, turns[place]),
                _labels,
                new MemberProgress(this, place),
                cancel
            );
            var time = new MemberTime(Stopwatch.GetElapsedTime(begun).TotalSeconds, numbers.Count);
            _folder.Keep(numbers[place], result, time);
            _clock.Trained(numbers[place], time);
        }
    }

    private void Add(MemberResult result, bool[] turn) =>
        _ensemble.Add(result, turn, (canaries, confusion) => canaries.Confuse(_labels, confusion, new Seeds(_plan.Seed)));

    private void Report(string part, double fraction, double speed) =>
        _progress?.Report(
            new AuditProgress(part, _ensemble?.Members ?? 0, _inTraining.Length, fraction, speed, TimeSpan.FromSeconds(_clock.Used))
            {
                Numbers = _numbers,
            }
        );

    private sealed class CheckReports(Audit audit) : IProgress<CheckProgress>
    {
        public void Report(CheckProgress value) => audit.Report(value.Part, 0, 0);
    }

    /// <summary>Passes the progress of the members in training on as one, and refuses a budget that does not suffice for the first
    /// one.</summary>
    private sealed class MemberProgress(Audit audit, int place) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (audit._ensemble.Members == 0 && audit._frozen is null)
            {
                RequireEnough(
                    audit._budget.Time.TotalSeconds,
                    Stopwatch.GetElapsedTime(audit._trainingSince).TotalSeconds,
                    Fraction(value)
                );
            }

            lock (audit._reporting)
            {
                audit._inTraining[place] = value;
                audit.Report("Training", audit._inTraining.Average(Fraction), audit._inTraining.Sum(member => member.ExamplesPerSecond));
            }
        }

        private double Fraction(TrainingProgress value) => Math.Max(0, value.Epoch - 1 + value.Fraction) / audit._plan.Recipe.Epochs;

        /// <summary>Judges by training time alone, after a tenth of the budget: the first seconds predict little on a busy machine, and
        /// reading the data predicts nothing. An audit with frozen features has its ranking, and goes on.</summary>
        private static void RequireEnough(double budget, double used, double fraction)
        {
            var needed = used / fraction;
            if (used > budget / 10 && (used > budget || fraction > 0.02) && needed > 1.5 * budget)
            {
                throw new InputException(
                    $"The budget of {budget:0.###} s is too small for one network: on this machine one takes about "
                        + $"{Math.Ceiling(needed):N0} s, and ten are wanted; "
                        + $"give a larger {Setting.Budget}, fewer {Setting.Examples} or a smaller {Setting.Network}."
                );
            }
        }
    }
}
