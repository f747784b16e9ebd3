using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>How the units of a network's first layer respond to gratings, as a physiologist would measure a cell of V1.</summary>
/// <remarks>
/// docs/reference/measures/v1-likeness.md. Gratings of 12 orientations × 8 spatial frequencies × 8 phases; a unit's answer to an
/// orientation is its largest over the phases, at the frequency where it is largest of all. Selectivity is 1 − circular variance (Ringach,
/// Shapley and Hawken 2002). Never a Gabor fit: a filter of 3×3 pixels fits any.
/// </remarks>
public sealed record GratingSummary
{
    /// <summary>Orientations between 0° and 180°.</summary>
    public const int Orientations = 12;

    /// <summary>Spatial frequencies, in equal ratios from one period an image to 0.4 periods a pixel.</summary>
    public const int Frequencies = 8;

    /// <summary>Phases of one period.</summary>
    public const int Phases = 8;

    /// <summary>A unit of at least this selectivity counts as tuned: the median of cells of macaque V1 is about 0.4 (Ringach et al.
    /// 2002).</summary>
    public const double Tuned = 0.2;

    /// <summary>Units of the layer: channels of a convolution.</summary>
    public required int Units { get; init; }

    /// <summary>Units that respond to at least one grating.</summary>
    public required int Responding { get; init; }

    /// <summary>Orientation selectivity, mean over the units that answer, in [0, 1].</summary>
    public required Estimate Selectivity { get; init; }

    /// <summary>Share of the answering units that are tuned.</summary>
    public required Estimate TunedShare { get; init; }

    /// <summary>Half the width of the tuning curve at half its height, in degrees, mean over the tuned units; NaN where there are
    /// none.</summary>
    public required Estimate Bandwidth { get; init; }

    /// <summary>[12] tuned units that prefer each orientation, from horizontal bars on in steps of 15°.</summary>
    public required IReadOnlyList<int> Preferred { get; init; }

    /// <summary>[8] answering units that prefer each frequency.</summary>
    public required IReadOnlyList<int> PreferredFrequency { get; init; }

    /// <summary>How many of the 12 orientations some tuned unit prefers.</summary>
    public int Coverage => Preferred.Count(units => units > 0);

    /// <summary>Shows the gratings.</summary>
    /// <param name="network">Left in inference mode.</param>
    /// <param name="shape">The shape of the pictures.</param>
    /// <param name="precision">The precision that the network computes in.</param>
    internal static GratingSummary Of(Module<Tensor, Tensor> network, TaskShape shape, Precision precision)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var inputs = Gratings(shape).to(precision.Type());
        var answers = Answers(network, inputs); // [G, U]
        var units = (int)answers.shape[1];
        var peaks = answers
            .clamp_min(0)
            .view(Orientations, Frequencies, Phases, units)
            .amax([2L]) // [O, F, U]
            .permute(2, 1, 0) // [U, F, O]
            .contiguous()
            .data<float>()
            .ToArray();
        return From(peaks, units);
    }

    /// <summary>Computes tuning from responses.</summary>
    /// <param name="peaks">[U·F·O] answers, at least 0.</param>
    /// <param name="units">U.</param>
    internal static GratingSummary From(ReadOnlySpan<float> peaks, int units)
    {
        var (selectivities, bandwidths) = (new List<double>(), new List<double>());
        var (preferred, frequencies, tuned) = (new int[Orientations], new int[Frequencies], 0);
        for (var unit = 0; unit < units; unit++)
        {
            var all = peaks.Slice(unit * Frequencies * Orientations, Frequencies * Orientations);
            var at = ArgMax.Of(all);
            if (!(all[at] > 0))
            {
                continue;
            }

            var curve = all.Slice(at / Orientations * Orientations, Orientations);
            var selectivity = SelectivityOf(curve);
            selectivities.Add(selectivity);
            frequencies[at / Orientations]++;
            if (selectivity >= Tuned)
            {
                tuned++;
                preferred[at % Orientations]++;
                bandwidths.Add(BandwidthOf(curve, at % Orientations));
            }
        }

        var nothing = new Estimate(double.NaN, double.NaN, 0);
        return new GratingSummary
        {
            Units = units,
            Responding = selectivities.Count,
            Selectivity = selectivities.Count > 0 ? Estimate.Mean(selectivities) : nothing,
            TunedShare = selectivities.Count > 0 ? Estimate.Share(tuned, selectivities.Count) : nothing,
            Bandwidth = bandwidths.Count > 0 ? Estimate.Mean(bandwidths) : nothing,
            Preferred = preferred,
            PreferredFrequency = frequencies,
        };
    }

    /// <summary>|Σ r(θ) e^{2iθ}| / Σ r(θ): 0 for an answer that is equal for all orientations, 1 for one to a single orientation.</summary>
    /// <param name="curve">[12] answers, at least 0, some above.</param>
    internal static double SelectivityOf(ReadOnlySpan<float> curve)
    {
        var (real, imaginary, sum) = (0.0, 0.0, 0.0);
        for (var i = 0; i < curve.Length; i++)
        {
            var angle = 2 * Math.PI * i / curve.Length;
            (real, imaginary, sum) = (real + (curve[i] * Math.Cos(angle)), imaginary + (curve[i] * Math.Sin(angle)), sum + curve[i]);
        }

        return Math.Sqrt((real * real) + (imaginary * imaginary)) / sum;
    }

    /// <summary>Half the width at half the height, by straight lines between orientations; 90° where the answer never falls so
    /// far.</summary>
    /// <param name="curve">[12] answers.</param>
    /// <param name="peak">The index of the largest response.</param>
    internal static double BandwidthOf(ReadOnlySpan<float> curve, int peak)
    {
        var (step, half) = (180.0 / curve.Length, curve[peak] / 2);
        return (Side(curve, +1) + Side(curve, -1)) / 2;

        double Side(ReadOnlySpan<float> values, int direction)
        {
            for (var i = 1; i <= values.Length / 2; i++)
            {
                var before = values[Around(peak + (direction * (i - 1)), values.Length)];
                var here = values[Around(peak + (direction * i), values.Length)];
                if (here <= half)
                {
                    return step * (i - 1 + ((before - half) / Math.Max(before - here, 1e-12)));
                }
            }

            return 90;
        }

        static int Around(int place, int count) => ((place % count) + count) % count;
    }

    /// <summary>[O·F·P, H, W, C] whitened gratings, equal in all channels.</summary>
    internal static Tensor Gratings(TaskShape shape)
    {
        using var scope = NewDisposeScope();
        var (lowest, highest) = (1.0 / Math.Max(shape.Height, shape.Width), 0.4);
        var ratio = Math.Pow(highest / lowest, 1.0 / (Frequencies - 1));
        var rows = arange(shape.Height, float32).unsqueeze(1); // [H, 1]
        var columns = arange(shape.Width, float32).unsqueeze(0); // [1, W]
        var gratings = new List<Tensor>();
        for (var o = 0; o < Orientations; o++)
        {
            var angle = Math.PI * o / Orientations;
            var along = (rows * Math.Cos(angle)) + (columns * Math.Sin(angle)); // [H, W]: bars lie horizontally at 0°
            for (var f = 0; f < Frequencies; f++)
            {
                var turns = along * (2 * Math.PI * lowest * Math.Pow(ratio, f));
                for (var p = 0; p < Phases; p++)
                {
                    gratings.Add((turns + (2 * Math.PI * p / Phases)).cos().mul_(127.5).add_(127.5));
                }
            }
        }

        var pixels = stack(gratings, 0).unsqueeze(3).expand(-1, -1, -1, shape.Channels).contiguous();
        return PreparedData.Whiten(pixels).MoveToOuterDisposeScope();
    }

    /// <summary>[G, U] the first layer's outputs; of a map the value at its centre.</summary>
    private static Tensor Answers(Module<Tensor, Tensor> network, Tensor inputs)
    {
        var answers = new List<Tensor>();
        using var taps = LayerTaps.On(
            network,
            (layer, values) =>
            {
                if (layer == 0)
                {
                    answers.Add(Middle(values));
                }

                return values;
            }
        );
        var isAlone = LayerTaps.PartsOf(network).Count == 1;
        foreach (var batch in inputs.split(Evaluator.BatchSize(network)))
        {
            var result = network.call(batch);
            if (isAlone)
            {
                answers.Add(Middle(result));
            }
        }

        return cat(answers, 0);
    }

    private static Tensor Middle(Tensor values) =>
        (values.dim() == 4 ? values.select(3, values.shape[3] / 2).select(2, values.shape[2] / 2) : values.flatten(1)).to(float32).clone();
}
