using System.Text.Json.Serialization;

using Rote.Tensors;
using Rote.Training;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>Trains on mixtures of two examples and, in the same proportion, of their losses; the proportion of each step is drawn from Beta(α, α).</summary>
/// <remarks>Zhang et al. 2018 (arXiv:1710.09412); section 3.4 for corrupted labels, where a large α helped most. Partners are the batch's own examples, moved on by a random number of places.</remarks>
public sealed record Mixup : ControlMethod
{
    /// <summary>α, above 0: small values mix little, large ones halve. Default 8.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double Alpha
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new InputException($"The α of mixup is {value}, expected a number above 0.");
    }
    = 8;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"mixup with α = {Alpha}";

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new Mixing(Alpha, setting);

    /// <summary>A draw from Beta(α, α), by two gamma variates.</summary>
    internal static double Beta(double alpha, RandomStream stream)
    {
        var (a, b) = (Gamma(alpha, stream), Gamma(alpha, stream));
        return a + b > 0 ? a / (a + b) : 0.5;
    }

    /// <summary>A draw from Gamma(α, 1). Marsaglia and Tsang 2000, "A simple method for generating gamma variables".</summary>
    private static double Gamma(double alpha, RandomStream stream)
    {
        if (alpha < 1)
        {
            return Gamma(alpha + 1, stream) * Math.Pow(1 - stream.NextDouble(), 1 / alpha);
        }

        var d = alpha - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        Span<float> normal = stackalloc float[1];
        while (true)
        {
            stream.FillGaussian(normal);
            var v = Math.Pow(1 + (c * normal[0]), 3);
            if (v > 0 && Math.Log(1 - stream.NextDouble()) < (0.5 * normal[0] * normal[0]) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    private sealed class Mixing(double alpha, ControlSetting setting) : WatchedObjective(setting)
    {
        /// <inheritdoc/>
        public override Tensor Inputs(Tensor inputs, TrainingBatch batch)
        {
            var (share, places) = Draw(batch);
            return (inputs * share) + (inputs.roll([places], [0L]) * (1 - share));
        }

        /// <inheritdoc/>
        public override Tensor Loss(Tensor logits, TrainingBatch batch)
        {
            var (share, places) = Draw(batch);
            return (functional.cross_entropy(logits, batch.Labels) * share)
                + (functional.cross_entropy(logits, batch.Labels.roll([places], [0L])) * (1 - share));
        }

        private (double Share, long Places) Draw(TrainingBatch batch)
        {
            var stream = Setting.Seeds.Stream($"mixup/{batch.Epoch}", batch.Step);
            return (Beta(alpha, stream), stream.NextInt((int)batch.Labels.shape[0]));
        }
    }
}
