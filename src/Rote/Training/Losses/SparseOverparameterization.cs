using System.Text.Json.Serialization;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Losses;

/// <summary>SOP, sparse over-parameterization: cross-entropy of a prediction to which a noise of the example's own is added, u² on the
/// label given and −v² on the other classes. u and v are learned beside the network, from almost 0, and take on what the network does not
/// explain.</summary>
/// <remarks>Liu, Zhu, Qu and You 2022 (arXiv:2202.14026), algorithm 1: u follows the gradient of the cross-entropy, v that of the squared
/// error between the class predicted, with the noise, and the label; both stay in [−1, 1]. As in the authors' code, gradients are those of
/// a batch's mean, so step sizes are meant for batches of 128; and probabilities are clamped to at least 10⁻⁴, then scaled to sum to 1.
/// This is the method without its two further terms, consistency under augmentation and balance of classes, which make it SOP+.</remarks>
public sealed record SparseOverparameterization : Loss
{
    /// <summary>Step size of u, at least 0; 0: wrong labels are not explained by u. Default 10, the authors' for CIFAR-10; theirs for
    /// CIFAR-100 is 1.</summary>
    /// <exception cref="InputException">The value is negative or not finite.</exception>
    public double RateOfU
    {
        get;
        init => field = Rate(value, "u");
    } = 10;

    /// <summary>Step size of v, at least 0. Default 10, the authors' for labels drawn anew; theirs for labels flipped between two classes
    /// is 100.</summary>
    /// <exception cref="InputException">The value is negative or not finite.</exception>
    public double RateOfV
    {
        get;
        init => field = Rate(value, "v");
    } = 10;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"sparse over-parameterization with step sizes {RateOfU} and {RateOfV}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => false;

    /// <inheritdoc/>
    /// <remarks>The noise belongs to an example, and a mixture is none.</remarks>
    [JsonIgnore]
    public override bool TakesMixup => false;

    /// <inheritdoc/>
    /// <remarks>Draws the streams <c>label-noise/0</c> for u and <c>label-noise/1</c> for v.</remarks>
    public override LossFunction Create(LossSetting setting) => new Function(this, setting.Examples, setting.Classes, setting.Seeds);

    private static double Rate(double value, string name) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new InputException(
                $"The step size of {name} in sparse over-parameterization is {value}, expected 0 or a number above it."
            );

    private sealed class Function : LossFunction
    {
        private const double Smallest = 1e-4;
        private const float FirstDeviation = 1e-8f;
        private readonly SparseOverparameterization _loss;
        private Tensor _u; // [N] float32; the paper's has K numbers, of which only the label's counts
        private Tensor _v; // [N, K] float32; the label's does not count

        public Function(SparseOverparameterization loss, int examples, int classes, Seeds seeds)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
            _loss = loss;
            _u = Drawn(seeds, 0, examples).DetachFromDisposeScope();
            _v = Drawn(seeds, 1, examples, classes).DetachFromDisposeScope();
        }

        /// <inheritdoc/>
        public override IEnumerable<(string Name, Tensor Value)> Tensors => [("u", _u), ("v", _v)];

        /// <inheritdoc/>
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows)
        {
            Placement.Follow(ref _u, logits.device);
            Placement.Follow(ref _v, logits.device);
            var label = labels.unsqueeze(1); // [B, 1]
            var others = 1 - functional.one_hot(labels, logits.shape[1]).to(float32); // [B, K]
            var u = _u.index_select(0, rows).unsqueeze(1); // [B, 1]
            var v = _v.index_select(0, rows); // [B, K]
            var noise = (u.square() * (1 - others)) - (v.square() * others); // [B, K]
            var raised = (logits.softmax(1) + noise).clamp(Smallest); // [B, K]
            var total = raised.sum(1, keepdim: true); // [B, 1]
            var explained = raised.gather(1, label); // [B, 1]
            var share = explained / total;
            using (no_grad())
            {
                StepOfU(u, explained, total, share, rows);
                StepOfV(v, logits, others, rows);
            }

            return -share.clamp(Smallest).log().mean();
        }

        /// <summary>Against the gradient of −log(q / Z), where q = p + u² and Z is the sum over classes: by u, −2u·(1/q − 1/Z). There is
        /// none where q or q / Z is clamped.</summary>
        private void StepOfU(Tensor u, Tensor explained, Tensor total, Tensor share, Tensor rows)
        {
            var free = (explained > Smallest) & (share > Smallest);
            var gradient = ((1 / total) - (1 / explained)) * u * free * (2.0 / rows.shape[0]);
            _u.index_copy_(0, rows, (u - (gradient * _loss.RateOfU)).clamp(-1, 1).squeeze(1));
        }

        /// <summary>Against the gradient of Σ (h − v²)² over the classes other than the label, where h is 1 for the class predicted and
        /// else 0: by v, −4v·(h − v²).</summary>
        private void StepOfV(Tensor v, Tensor logits, Tensor others, Tensor rows)
        {
            var predicted = functional.one_hot(logits.argmax(1), logits.shape[1]).to(float32); // [B, K]
            var gradient = (v.square() - predicted) * v * others * (4.0 / rows.shape[0]);
            _v.index_copy_(0, rows, (v - (gradient * _loss.RateOfV)).clamp(-1, 1));
        }

        private static Tensor Drawn(Seeds seeds, long index, params long[] shape)
        {
            var values = new float[shape.Aggregate((a, b) => a * b)];
            seeds.Stream(SeedStreams.LabelNoise, index).FillGaussian(values);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] *= FirstDeviation;
            }

            return tensor(values, shape, float32, CPU);
        }
    }
}
