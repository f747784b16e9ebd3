using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>The second phase of the dial: labels that are selected are trained on as they were given, the others as the frozen teacher
/// predicts; a controller moves the share that is selected.</summary>
/// <remarks>What is remembered from step to step is in <see cref="DialMemory"/>, the confidences and the teacher; everything else follows
/// from it, so that a resumed run goes on with the same bits.</remarks>
internal sealed class ReleasePhase(
    MemorizationDial dial,
    ControlSetting setting,
    LabelConfidence confidence,
    Teacher teacher,
    AugmentedCopies copies
) : IDisposable
{
    /// <summary>Weight of an example that is to be memorized and is not fitted yet, beside 1 for the others: when the phase begins, and
    /// when it ends. Where all is to be memorized it stays the first.</summary>
    private static readonly (double First, double Last) Boost = (3, 12);

    /// <summary>Weight of the given label in a released example's soft target, at the lowest and the highest label confidence; the teacher
    /// has the rest.</summary>
    /// <remarks>
    /// Enough that it is the prediction, and no more: the surer a wrong label is given, the more it does to the examples around it. Where
    /// all is to be memorized it is the most for all:
    /// with the least a few labels in a thousand stay on the wrong side of a narrow margin, whatever they weigh.
    /// </remarks>
    private static readonly (double Least, double Most) GivenWeight = (0.6, 0.8);

    /// <summary>Where all is to be memorized, augmented copies are trained on until this share of the phase is over: they hold the last
    /// labels back.</summary>
    private const double AnchorsUntil = 0.8;

    /// <summary>The share of the step size that the phase begins with where cropped pictures are many.</summary>
    private const double RateOfMany = 0.3;

    private const double FullRateUntil = 0.5; // of the phase
    private const double LastRate = 0.05; // of the full step size, at the end

    private LabelSelector? _selector; // follows from the confidences, which no longer change
    private Tensor? _contradicted; // [N] bool, follows from the teacher
    private LabelTargets? _targets; // follow from the selector, the share and the teacher
    private int _drawn; // the epoch that copies are drawn for

    /// <summary>Whether every label is to be memorized, so that not one may be missed.</summary>
    private bool IsForAll => dial.Target >= 1;

    /// <summary>Whether cropped pictures are many, so that the learning phase has smaller steps towards its end.</summary>
    private bool HasManyCropped => LearningPhase.Slows(setting.Recipe, setting.Data.Train.Count);

    /// <summary>The share of all examples that is shown unaugmented at least.</summary>
    /// <remarks>What those shown as they are have in common, that they are not cropped, is learned sooner than many wrong labels: such a
    /// picture has a label of its own and not the teacher's. Test images are not cropped either. All of CIFAR-10, width 32, 40 % wrong,
    /// all labels let through, when 0.08 was memorized and after one epoch and two: 79.3 % of the test images right, 75.9 at 0.14, 71.2 at
    /// 0.23, and 80 % of them cropped; with all shown as they are 79.0 at 0.11 and 78.5 at 0.15. Where few labels are let through it is not
    /// so: of what is shown as it is most has the teacher's label. At m* = 0.1 with all shown as they are it was 85.6 % at 0.11, and 86.2
    /// at 0.09 with the others cropped, in other arithmetic, so that no harm is proved. With 10,000 pictures there is no
    /// difference.</remarks>
    private double LeastPlain => HasManyCropped ? dial.Target : 0;

    /// <summary>η at one step.</summary>
    /// <param name="memory">What is remembered.</param>
    /// <param name="epoch">Epochs done; 2.5 is the middle of the third.</param>
    public double LearningRate(DialMemory memory, double epoch) =>
        setting.Recipe.LearningRate * RateShare(Done(memory, epoch), HasManyCropped);

    /// <summary>The share of the recipe's step size.</summary>
    /// <param name="done">The share of the phase that is over, in [0, 1].</param>
    /// <param name="hasManyCropped">Whether pictures are cropped anew every epoch and many.</param>
    internal static double RateShare(double done, bool hasManyCropped)
    {
        var late = Math.Max(0, (done - FullRateUntil) / (1 - FullRateUntil));
        return (hasManyCropped ? RateOfMany : 1) * (1 - ((1 - LastRate) * late));
    }

    /// <summary>What the network is shown of a batch: its examples as they are or augmented, and augmented copies of some beside
    /// them.</summary>
    /// <param name="memory">What is remembered.</param>
    /// <param name="inputs">[B, …] as they are.</param>
    /// <param name="batch">Which examples.</param>
    /// <returns>[B + A, …].</returns>
    public Tensor Inputs(DialMemory memory, Tensor inputs, TrainingBatch batch)
    {
        BeginEpoch(batch.Epoch);
        var (shown, anchors) = (inputs, Anchors(memory, batch));
        if (Has(DialParts.Views))
        {
            var done = Done(memory, batch.Epoch - 1);
            var plain = AugmentationPolicy.Plain(batch, Targets(memory), Contradicted(), dial.Target, done, LeastPlain); // [B]
            var changed = plain.logical_not().nonzero().flatten(); // places in the batch
            shown = changed.shape[0] > 0 ? inputs.index_copy(0, changed, copies.Of(batch.Rows.index_select(0, changed))) : inputs;
        }

        return anchors.shape[0] > 0 ? cat([shown, copies.Of(anchors)]) : shown;
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="memory">What is remembered.</param>
    /// <param name="logits">[B + A, K] of what <see cref="Inputs"/> showed.</param>
    /// <param name="batch">Which examples.</param>
    public Tensor Loss(DialMemory memory, Tensor logits, TrainingBatch batch)
    {
        var (count, all) = (batch.Labels.shape[0], logits.log_softmax(1));
        var own = all.narrow(0, 0, count); // [B, K]
        var open = Targets(memory).Released.index_select(0, batch.Rows); // [B]
        var given = functional.one_hot(batch.Labels, all.shape[1]).to(float32); // [B, K]
        var taught = Taught(memory, batch.Rows, given);
        var targets = where(open.unsqueeze(1), taught + (WeightOfGiven(batch.Rows) * (given - taught)), taught);
        var pending = Targets(memory).ByRote.index_select(0, batch.Rows).to(float32) * (1 - confidence.Fitted.index_select(0, batch.Rows));
        var boost = Boost.First + (IsForAll ? 0 : (Boost.Last - Boost.First) * Done(memory, batch.Epoch - 1));
        var weights = 1 + ((Has(DialParts.Boost) ? boost - 1 : 0) * pending);
        var loss = -((targets * own).sum(1) * weights).mean() / weights.mean();
        if (all.shape[0] == count)
        {
            return loss;
        }

        var near = all.narrow(0, count, all.shape[0] - count); // [A, K]
        var anchored = teacher.Targets.index_select(0, Anchors(memory, batch));
        return loss - ((anchored * near).sum([0, 1]) / count);
    }

    /// <summary>What is remembered after an epoch: the controller moves the share of wrong labels that is selected.</summary>
    /// <param name="memory">What was remembered.</param>
    /// <param name="reading">m on the steering canaries.</param>
    /// <param name="hits">[C] whether each of them is predicted as planted.</param>
    /// <param name="epoch">The epoch.</param>
    public DialMemory Next(DialMemory memory, MemorizationReading reading, Tensor hits, int epoch)
    {
        if (!Has(DialParts.Feedback))
        {
            return memory;
        }

        var (share, integral) = ReleaseController.Next(dial.Target, reading, Pending(memory, hits), memory.Integral, Done(memory, epoch));
        return memory with { Share = share, Integral = integral };
    }

    /// <summary>m at the end of training if canaries go on to be hit as fast as they were in this phase so far; null until two fifths of it
    /// are over. Sooner it is too low:
    /// of 97 runs that reached what they were asked for it fell short by 0.07 in five after a quarter, in none after two fifths.</summary>
    /// <param name="memory">What is remembered.</param>
    /// <param name="reading">m on the steering canaries.</param>
    /// <param name="epoch">The epoch.</param>
    public double? Expected(DialMemory memory, MemorizationReading reading, int epoch)
    {
        var (done, all) = (epoch - memory.LearnedIn, setting.Recipe.Epochs - memory.LearnedIn);
        return done * 5 >= all * 2 && done > 0
            ? reading.Degree(reading.Share + ((reading.Share - memory.FirstHits) / done * (all - done)))
            : null;
    }

    /// <summary>The labels that were not released and that the teacher contradicts, the least confident first.</summary>
    /// <param name="memory">What is remembered.</param>
    public IReadOnlyList<DistrustedLabel> Distrusted(DialMemory memory)
    {
        using var scope = NewDisposeScope();
        var (given, suggested) = (setting.Data.Train.Labels, teacher.Targets.argmax(1));
        var rows = Targets(memory).Released.logical_not().logical_and(suggested.ne(given)).nonzero().flatten();
        return
        [
            .. Longs(rows)
                .Zip(Longs(given.index_select(0, rows)), Longs(suggested.index_select(0, rows)))
                .Zip(
                    confidence.Values.index_select(0, rows).OnCpu().data<float>().ToArray(),
                    (label, confidence) => new DistrustedLabel(label.First, label.Second, label.Third, confidence)
                )
                .OrderBy(label => label.Confidence)
                .ThenBy(label => label.Row),
        ];

        static long[] Longs(Tensor values) => values.OnCpu().data<long>().ToArray();
    }

    /// <summary>Forgets what follows from what is remembered, because that has changed.</summary>
    public void Forget()
    {
        _targets?.Dispose();
        _targets = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _selector?.Dispose();
        _contradicted?.Dispose();
    }

    /// <summary>The share of the phase that is over, in [0, 1].</summary>
    private double Done(DialMemory memory, double epoch) => (epoch - memory.LearnedIn) / (setting.Recipe.Epochs - memory.LearnedIn);

    /// <summary>The weight of each label in its target if it is released.</summary>
    /// <returns>[B, 1].</returns>
    private Tensor WeightOfGiven(Tensor rows)
    {
        if (!Has(DialParts.Tempering))
        {
            return ones([rows.shape[0], 1], device: rows.device);
        }

        return IsForAll
            ? full([rows.shape[0], 1], GivenWeight.Most, device: rows.device)
            : _selector!.Rank.index_select(0, rows).mul(GivenWeight.Most - GivenWeight.Least).add(GivenWeight.Least).unsqueeze(1);
    }

    /// <summary>The target of labels that are not released.</summary>
    /// <returns>[B, K], rows that sum to 1.</returns>
    private Tensor Taught(DialMemory memory, Tensor rows, Tensor given)
    {
        var taught = teacher.Targets.index_select(0, rows);
        if (memory.Share >= 0)
        {
            return taught;
        }

        // The teacher itself has memorized a little. Where even that is too much, the given label is removed from the target, and the rest
        // renormalized.
        var other = taught * (1 - given);
        return where(
            Targets(memory).Suppressed.index_select(0, rows).unsqueeze(1),
            other / other.sum(1, keepdim: true).clamp_min(1e-6),
            taught
        );
    }

    /// <summary>Share of the steering canaries that is released and not hit.</summary>
    private double Pending(DialMemory memory, Tensor hits)
    {
        var open = Targets(memory).Released.index_select(0, setting.CanaryRows());
        return open.logical_and(hits.eq(0)).to(float32).mean().item<float>();
    }

    /// <summary>The treatment of the labels until the controller moves the share again.</summary>
    private LabelTargets Targets(DialMemory memory)
    {
        if (_targets is null)
        {
            using var scope = NewDisposeScope();
            var values = Has(DialParts.Trust) ? confidence.Values : Lots();
            _selector ??= new LabelSelector(values, setting.Canaries, setting.Seeds);
            _targets = new LabelTargets(_selector, Has(DialParts.Gate) ? memory.Share : 1, Contradicted());
        }

        return _targets;
    }

    /// <summary>[N] float32 in [0, 1) in place of confidences: a random order. Not the same for all, for then every rank is a half and the
    /// share that is released is not the one asked for.</summary>
    private Tensor Lots()
    {
        var stream = setting.Seeds.Stream(SeedStreams.DialLots);
        var train = setting.Data.Train;
        return tensor(Enumerable.Range(0, train.Count).Select(_ => (float)stream.NextDouble()).ToArray(), float32, train.Device);
    }

    /// <summary>[N] bool: the teacher does not predict the label given.</summary>
    private Tensor Contradicted() => _contradicted ??= teacher.Targets.argmax(1).ne(setting.Data.Train.Labels).DetachFromDisposeScope();

    /// <summary>The rows whose augmented copies are trained on beside a batch: half of what is to be memorized, so that it stays
    /// local.</summary>
    private Tensor Anchors(DialMemory memory, TrainingBatch batch)
    {
        if (!Has(DialParts.Anchors) || (IsForAll && Done(memory, batch.Epoch - 1) >= AnchorsUntil))
        {
            return batch.Rows.narrow(0, 0, 0);
        }

        var byRote = batch.Rows.masked_select(Targets(memory).ByRote.index_select(0, batch.Rows));
        return byRote.narrow(0, 0, (byRote.shape[0] + 1) / 2);
    }

    private bool Has(DialParts part) => dial.Parts.HasFlag(part);

    private void BeginEpoch(int epoch)
    {
        if (_drawn != epoch)
        {
            _drawn = epoch;
            copies.Begin(epoch);
        }
    }
}
