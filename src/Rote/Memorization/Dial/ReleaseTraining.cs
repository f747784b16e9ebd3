using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>A learning phase, then one or more stages in which labels are let through to be memorized.</summary>
internal abstract class ReleaseTraining : TrainingMethod
{
    /// <summary>As surely known, to 0.7 points, as the agreement with a twentieth of 50,000 examples that it is compared with.</summary>
    private const int SampleCount = 5000;

    private readonly ControlSetting _setting;
    private readonly IReadOnlyList<ReleaseStage> _stages;
    private readonly MemorizationSensor _sensor;
    private readonly LabelConfidence _confidence;
    private readonly Teacher _teacher;
    private readonly AugmentedCopies _copies;
    private readonly LearningPhase _learning;
    private readonly Tensor _memory = zeros([DialMemory.Size], float64, CPU).DetachFromDisposeScope();
    private readonly Tensor? _stage; // [] int64, the number of the stage, where there are several
    private ReleasePhase? _phase; // of the stage; follows from what is remembered

    /// <param name="setting">The run.</param>
    /// <param name="learning">The first phase.</param>
    /// <param name="stages">What follows it, at least one.</param>
    protected ReleaseTraining(ControlSetting setting, LearningPhase learning, IReadOnlyList<ReleaseStage> stages)
    {
        (_setting, _learning, _stages) = (setting, learning, stages);
        _sensor = new MemorizationSensor(setting.Data, setting.Classes, setting.Canaries);
        _confidence = new LabelConfidence(setting.Data.Train.Count, setting.Data.Train.Device);
        _teacher = new Teacher(setting.Data.Train.Count, setting.Classes, setting.Data.Train.Device);
        _copies = new AugmentedCopies(setting.Data, setting.Seeds);
        _stage = stages.Count > 1 ? zeros([], int64, CPU).DetachFromDisposeScope() : null;
    }

    /// <inheritdoc/>
    /// <remarks>The names are those of checkpoints; they stay.</remarks>
    public override IEnumerable<(string Name, Tensor Value)> Tensors =>
        [
            ("trust", _confidence.Values),
            ("fitted", _confidence.Fitted),
            ("targets", _teacher.Targets),
            ("memory", _memory),
            .. _stage is null ? Array.Empty<(string, Tensor)>() : [("stage", _stage)],
        ];

    /// <inheritdoc/>
    public override bool Augments(int epoch) => !IsReleasing;

    /// <summary>What is remembered.</summary>
    protected DialMemory Memory => DialMemory.Of(_memory);

    /// <summary>Whether the learning phase is over.</summary>
    protected bool IsReleasing => Memory.LearnedIn > 0;

    /// <summary>The phase that labels are released in.</summary>
    protected ReleasePhase Phase => _phase ??= new ReleasePhase(Stage.Dial, Within(Memory, Stage), _confidence, _teacher, _copies);

    private ReleaseStage Stage => _stages[StageNumber];

    private int StageNumber => _stage is null ? 0 : (int)_stage.item<long>();

    /// <inheritdoc/>
    public override double LearningRate(Recipe recipe, double epoch) =>
        IsReleasing ? Phase.LearningRate(Memory, epoch) : _learning.LearningRate(epoch);

    /// <inheritdoc/>
    // with it no label is held that was let through
    public override double WeightDecay(Recipe recipe) => IsReleasing ? 0 : recipe.WeightDecay;

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch) => IsReleasing ? Phase.Inputs(Memory, inputs, batch) : inputs;

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch) =>
        IsReleasing ? Phase.Loss(Memory, logits, batch) : _learning.Loss(logits, batch.Labels);

    /// <inheritdoc/>
    public override void Trained(Tensor logits, Tensor order) =>
        _confidence.Update(logits, _setting.Data.Train.Labels.index_select(0, order), order, isFrozen: IsReleasing);

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        using var scope = NewDisposeScope();
        var hits = _sensor.Hits(state.Evaluated);
        var reading = _sensor.Read(state.Evaluated, hits, metrics.HeldOutAccuracy);
        if (!IsReleasing)
        {
            if (_learning.IsOver(metrics.Epoch, metrics.TrainAccuracy ?? OfSample(state.Evaluated), reading.HeldOutAgreement))
            {
                _teacher.Freeze(state.Evaluated, _setting.Data.Train, _copies);
                Begin(0);
            }
        }
        else if (metrics.Epoch < _setting.Recipe.Epochs) // what was let through last stays what is said of it
        {
            if (metrics.Epoch == Memory.LearnedIn + Stage.Epochs)
            {
                Ended(state);
                Begin(StageNumber + 1);
            }
            else
            {
                Remember(Phase.Next(Memory, reading, hits, metrics.Epoch));
            }
        }

        return metrics with
        {
            HeldOutAccuracy = reading.HeldOutAgreement,
            Memorization = reading.Value,
            ReleasedShare = IsReleasing ? Math.Max(Memory.Share, 0) : null,
            ExpectedMemorization = IsReleasing && StageNumber == _stages.Count - 1 ? Phase.Expected(Memory, reading, metrics.Epoch) : null,
        };

        void Begin(int number)
        {
            _stage?.fill_(number);
            _phase?.Dispose();
            _phase = null;
            Remember(new DialMemory(metrics.Epoch, reading.HitsFor(Stage.Dial.Target), 0, reading.Share));
        }
    }

    /// <summary>The training accuracy after an epoch that is not evaluated, on <see cref="SampleCount"/> examples evenly spaced.</summary>
    private double OfSample(Module<Tensor, Tensor> network)
    {
        using var scope = NewDisposeScope();
        var train = _setting.Data.Train;
        var step = Math.Max(1, train.Count / SampleCount);
        return Evaluator.Fitted(network, train, arange(0, train.Count, step, int64, train.Device)).to(float64).mean().item<double>();
    }

    /// <summary>Called when a stage is over and another follows.</summary>
    /// <param name="state">The networks.</param>
    protected virtual void Ended(TrainingState state) { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _copies.Dispose();
        _phase?.Dispose();
    }

    /// <summary>The run as a stage sees it: it ends when the stage does.</summary>
    private ControlSetting Within(DialMemory memory, ReleaseStage stage) =>
        stage.Epochs is { } epochs ? _setting with { Recipe = _setting.Recipe with { Epochs = memory.LearnedIn + epochs } } : _setting;

    private void Remember(DialMemory memory)
    {
        memory.WriteTo(_memory);
        _phase?.Forget();
    }
}
