using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>Co-teaching at work. The trainer's network is the first; its peer is trained here.</summary>
internal sealed class CoTeachingTraining : WatchedTraining
{
    private const double RampEpochs = 10; // T_k of the paper

    private readonly double _labelSmoothing;
    private readonly PeerNetwork _peer;
    private readonly double _wrong; // share of the labels, in [0, 1]
    private Tensor? _inputs; // of the step; the trainer's

    /// <param name="setting">The run.</param>
    public CoTeachingTraining(ControlSetting setting)
        : base(setting)
    {
        var train = setting.Data.Train;
        _labelSmoothing = setting.Recipe.LabelSmoothing;
        _peer = new PeerNetwork(setting);
        _wrong = 1 - ((double)train.CleanCount / train.Count);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors => [.. base.Tensors, .. _peer.Tensors];

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch) => _inputs = base.Inputs(inputs, batch);

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        var kept = Kept(batch.Labels.shape[0], batch.Epoch, _wrong);
        var peer = _peer.Network.forward(_inputs!); // [B, K]
        var (forPeer, forFirst) = (Easiest(logits, batch.Labels, kept), Easiest(peer, batch.Labels, kept));
        _peer.Step(OfRows(peer, forPeer), batch, this);
        return OfRows(logits, forFirst);

        Tensor OfRows(Tensor all, Tensor rows) =>
            functional.cross_entropy(all.index_select(0, rows), batch.Labels.index_select(0, rows), label_smoothing: _labelSmoothing);
    }

    /// <summary>How many examples of a batch each network is trained on.</summary>
    /// <param name="count">B.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="wrong">Share of wrong labels, in [0, 1].</param>
    /// <returns>At least 1.</returns>
    internal static int Kept(long count, int epoch, double wrong) =>
        Math.Max(1, (int)Math.Round(count * (1 - (wrong * Math.Min(1, epoch / RampEpochs)))));

    /// <summary>The places in a batch with the smallest losses.</summary>
    /// <returns>[kept] int64.</returns>
    internal static Tensor Easiest(Tensor logits, Tensor labels, int kept)
    {
        using var noGrad = no_grad();
        return functional.cross_entropy(logits, labels, reduction: Reduction.None).topk(kept, largest: false).indexes;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _peer.Dispose();
        }
    }
}
