using Rote.Tensors;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>DivideMix at work. The trainer's network is the first; its peer is trained here.</summary>
/// <remarks>The symbols of the paper: w the probability of a label to be right, τ, T, α, λ_u.</remarks>
internal sealed class DivideMixTraining : WatchedTraining
{
    private const double RightAbove = 0.5; // τ
    private const double Temperature = 0.5; // T
    private const double MixupAlpha = 4; // α
    private const double GuessWeight = 25; // λ_u
    private const double RampOfWarmUp = 1.6; // it grows over so many times the warm-up: 16 epochs after 10

    private readonly ControlSetting _setting;
    private readonly Module<Tensor, Tensor> _first; // still the setting's
    private readonly PeerNetwork _peer;
    private readonly AugmentedCopies[] _copies;
    private readonly Seeds[] _seeds; // of the two networks' mixtures
    private readonly int _steps; // an epoch
    private readonly Tensor[] _right; // [N] float32 each: w by the first network's losses, by the peer's
    private int _drawn; // the epoch that copies are drawn for
    private Tensor? _inputs; // of the step in the warm-up; the trainer's
    private DivideMixture? _forFirst; // of the step, in the trainer's scope
    private DivideMixture? _forPeer;

    private int WarmUp => DivideMix.WarmUp(_setting.Recipe.Epochs);

    /// <param name="setting">The run.</param>
    public DivideMixTraining(ControlSetting setting)
        : base(setting)
    {
        _setting = setting;
        _first = setting.Trained ?? throw new ArgumentException("There is no network that is trained.", nameof(setting));
        _peer = new PeerNetwork(setting);
        _seeds = [setting.Seeds, new Seeds(setting.Seeds.Number(SeedStreams.Peer))];
        _copies = [.. _seeds.Select(seeds => new AugmentedCopies(setting.Data, seeds))];
        var train = setting.Data.Train;
        _steps = setting.Recipe.StepsAnEpoch(train.Count);
        _right = [.. _seeds.Select(_ => ones([train.Count], float32, train.Device).DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors =>
        [.. base.Tensors, .. _peer.Tensors, ("right-by-first", _right[0]), ("right-by-peer", _right[1])];

    /// <inheritdoc/>
    public override bool Augments(int epoch) => epoch <= WarmUp; // afterwards it draws its own copies

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch)
    {
        if (batch.Epoch <= WarmUp)
        {
            return _inputs = base.Inputs(inputs, batch);
        }

        BeginEpoch(batch.Epoch);
        Tensor[] views = [.. _copies.Select(copies => copies.Of(batch.Rows))];
        _forFirst = Mixture(_first, _peer.Network, 0, views, batch);
        _forPeer = Mixture(_peer.Network, _first, 1, views, batch);
        return _forFirst.Inputs;
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        if (batch.Epoch <= WarmUp)
        {
            _peer.Step(base.Loss(_peer.Network.forward(_inputs!), batch), batch, this);
            return base.Loss(logits, batch);
        }

        var divided = batch.Epoch - 1 + ((double)batch.Step / _steps) - WarmUp; // epochs
        var weight = GuessWeight * Math.Min(1, divided / (RampOfWarmUp * WarmUp));
        _peer.Step(_forPeer!.Loss(_peer.Network.forward(_forPeer.Inputs), weight), batch, this);
        return _forFirst!.Loss(logits, weight);
    }

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        if (metrics.Epoch >= WarmUp && metrics.Epoch < _setting.Recipe.Epochs)
        {
            Divide(_first, _right[0], metrics);
            Divide(_peer.Network, _right[1], metrics);
            _peer.Network.train();
        }

        return base.Evaluated(state, metrics);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var copies in _copies)
            {
                copies.Dispose();
            }
        }

        base.Dispose(disposing);
        if (disposing)
        {
            _peer.Dispose();
        }
    }

    /// <summary>What a network is trained on in a step.</summary>
    /// <param name="own">The network; in training mode afterwards.</param>
    /// <param name="other">The one whose losses say which of its labels are right; the same.</param>
    /// <param name="place">Which of the two networks it is.</param>
    /// <param name="views">Two augmented copies of the batch.</param>
    /// <param name="batch">Which examples.</param>
    /// <returns>Tensors in the caller's dispose scope.</returns>
    private DivideMixture Mixture(Module<Tensor, Tensor> own, Module<Tensor, Tensor> other, int place, Tensor[] views, TrainingBatch batch)
    {
        using var noGrad = no_grad();
        var right = _right[1 - place].index_select(0, batch.Rows); // [B]
        var isRight = right.gt(RightAbove);
        var guessed = isRight.logical_not().nonzero().flatten(); // places in the batch
        own.train();
        var mean = Mean(own, views); // [B, K]
        other.eval();
        var others = guessed.shape[0] > 0 ? Mean(other, [.. views.Select(view => view.index_select(0, guessed))]) : null; // [U, K]
        other.train();

        var given = functional.one_hot(batch.Labels, mean.shape[1]).to(float32);
        var w = right.unsqueeze(1);
        var targets = (w * given) + ((1 - w) * mean);
        if (others is not null)
        {
            targets = targets.index_copy(0, guessed, (mean.index_select(0, guessed) + others) / 2);
        }

        var stream = _seeds[place].Stream(SeedStreams.Mixup + batch.Epoch, batch.Step);
        var share = Mixup.Beta(MixupAlpha, stream);
        return DivideMixture.Of(views, Sharpened(targets), isRight, Math.Max(share, 1 - share), stream);
    }

    /// <summary>Mean probabilities over views.</summary>
    /// <returns>[B, K].</returns>
    private static Tensor Mean(Module<Tensor, Tensor> network, Tensor[] views)
    {
        var all = network.forward(cat(views)).softmax(1); // [2B, K]
        return all.reshape(views.Length, views[0].shape[0], all.shape[1]).mean([0]);
    }

    /// <summary>Probabilities made surer: to the power 1 / T, and scaled to sum to 1.</summary>
    /// <param name="probabilities">[B, K] rows that sum to 1.</param>
    /// <returns>[B, K].</returns>
    internal static Tensor Sharpened(Tensor probabilities)
    {
        var powers = probabilities.pow(1 / Temperature);
        return powers / powers.sum(1, keepdim: true);
    }

    /// <summary>Writes w.</summary>
    private void Divide(Module<Tensor, Tensor> network, Tensor right, EpochMetrics metrics)
    {
        using var scope = NewDisposeScope();
        var losses = Evaluator.Losses(network, _setting.Data.Train).OnCpu().data<float>().ToArray();
        if (!losses.All(float.IsFinite))
        {
            throw new TrainingException(
                $"Training diverged in epoch {metrics.Epoch}: a loss of one of the two networks is not finite; a learning rate below "
                    + $"{metrics.LearningRate:G3} usually helps."
            );
        }

        right.copy_(tensor(LossDivision.Right(losses), float32, right.device));
    }

    private void BeginEpoch(int epoch)
    {
        if (_drawn != epoch)
        {
            _drawn = epoch;
            foreach (var copies in _copies)
            {
                copies.Begin(epoch);
            }
        }
    }
}
