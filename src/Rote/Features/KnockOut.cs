using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>The number of channels to silence before a network no longer predicts an example's label, and in which layers they
/// are.</summary>
/// <remarks>
/// docs/reference/measures/knock-out.md. Greedy, as Maini et al. 2023 (arXiv:2307.09542): in each step the channel whose loss of 1
/// raises the example's
/// cross-entropy most by its gradient, beyond what it raises that of clean examples on average; the latter is taken once, of the whole
/// network. Where they find memory spread over few channels of all layers, Stephenson et al. 2021 (arXiv:2105.14602) find it in the last
/// layers.
/// </remarks>
public sealed record KnockOut
{
    /// <summary>The most channels to silence; an example that holds longer counts as this many.</summary>
    public const int Most = 40;

    /// <summary>The most examples of each kind.</summary>
    internal const int Examples = 60;

    /// <summary>The kind of examples.</summary>
    public required DepthKind Kind { get; init; }

    /// <summary>Channels silenced until another class is predicted, mean over the examples.</summary>
    public required Estimate Channels { get; init; }

    /// <summary>Examples that held to the end.</summary>
    public required int Held { get; init; }

    /// <summary>The layers, the logits left out.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>[layers] the share of the silenced channels in each.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Silences channels.</summary>
    /// <param name="network">Left in inference mode.</param>
    /// <param name="inputs">[N, …] whitened training examples.</param>
    /// <param name="given">[N] the labels that it was given.</param>
    /// <param name="isWrong">[N] whether that is wrong.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>One for each kind with examples whose label the network predicts; none for a network of one layer, or with layers that are
    /// not called.</returns>
    internal static IReadOnlyList<KnockOut> Of(
        Module<Tensor, Tensor> network,
        Tensor inputs,
        long[] given,
        bool[] isWrong,
        CancellationToken cancel = default
    )
    {
        var parts = LayerTaps.PartsOf(network);
        if (parts.Count < 2)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var predicted = FeatureNetwork.Classes(network, inputs.narrow(0, 0, Math.Min(given.Length, 2000)), cancel);
        var clean = Fitting(predicted, given, isWrong, wrong: false);
        using var silencer = new Silencer(network);
        if (!silencer.PassesAll(inputs.narrow(0, 0, 1)))
        {
            return []; // a network of an extension, one of whose layers nobody calls
        }

        var usual = silencer.Rises(Pick(inputs, clean.Length > 0 ? clean : [0]), Labels(given, clean.Length > 0 ? clean : [0]));
        var means = usual.Rises.Select(rise => rise.mean([0L], keepdim: true)).ToArray(); // [1, C] a layer
        return
        [
            .. new[]
            {
                (Kind: DepthKind.Clean, Rows: clean),
                (Kind: DepthKind.Wrong, Rows: Fitting(predicted, given, isWrong, wrong: true)),
            }
                .Where(kind => kind.Rows.Length > 0)
                .Select(kind => Silence(silencer, kind.Kind, kind.Rows, inputs, given, means, cancel)),
        ];
    }

    private static KnockOut Silence(
        Silencer silencer,
        DepthKind kind,
        int[] rows,
        Tensor inputs,
        long[] given,
        Tensor[] means,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        var (needed, shares) = (new double[rows.Length], new double[means.Length]);
        Array.Fill(needed, Most);
        var (images, labels) = (Pick(inputs, rows), Labels(given, rows));
        var masks = means.Select(mean => ones(rows.Length, mean.shape[1])).ToArray(); // [B, C] a layer
        var active = Enumerable.Range(0, rows.Length).ToArray();
        var held = rows.Length;
        for (var step = 0; step <= Most && active.Length > 0; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var part = NewDisposeScope();
            var index = tensor(Array.ConvertAll(active, i => (long)i), int64);
            var (rises, says) = silencer.Rises(
                images.index_select(0, index),
                labels.index_select(0, index),
                [.. masks.Select(mask => mask.index_select(0, index))]
            );
            var still = new List<int>();
            var choices = cat([.. rises.Select((rise, layer) => rise - means[layer])], 1).argmax(1).data<long>().ToArray();
            for (var i = 0; i < active.Length; i++)
            {
                if (says[i] != given[rows[active[i]]])
                {
                    (needed[active[i]], held) = (step, held - 1);
                }
                else if (step < Most)
                {
                    var (layer, channel) = Place(choices[i], masks);
                    masks[layer][active[i], channel] = 0;
                    shares[layer]++;
                    still.Add(active[i]);
                }
            }

            active = [.. still];
        }

        var all = Math.Max(1, shares.Sum());
        return new KnockOut
        {
            Kind = kind,
            Channels = Estimate.Mean(needed),
            Held = held,
            Layers = silencer.Layers,
            Shares = [.. shares.Select(share => share / all)],
        };
    }

    private static (int Layer, long Channel) Place(long choice, Tensor[] masks)
    {
        var layer = 0;
        while (choice >= masks[layer].shape[1])
        {
            choice -= masks[layer++].shape[1];
        }

        return (layer, choice);
    }

    private static int[] Fitting(long[] predicted, long[] given, bool[] isWrong, bool wrong) =>
        [.. Enumerable.Range(0, predicted.Length).Where(i => isWrong[i] == wrong && predicted[i] == given[i]).Take(Examples)];

    private static Tensor Pick(Tensor inputs, int[] rows) => inputs.index_select(0, tensor(Array.ConvertAll(rows, i => (long)i), int64));

    private static Tensor Labels(long[] given, int[] rows) => tensor(rows.Select(i => given[i]).ToArray(), int64);

    /// <summary>A network with a factor for every channel of every example.</summary>
    private sealed class Silencer : IDisposable
    {
        private readonly Module<Tensor, Tensor> _network;
        private readonly LayerTaps _taps;
        private readonly Tensor?[] _factors;
        private Tensor[]? _masks;

        public Silencer(Module<Tensor, Tensor> network)
        {
            _network = network;
            network.eval();
            var parts = LayerTaps.PartsOf(network);
            Layers = [.. parts.SkipLast(1).Select(part => part.Name)];
            _factors = new Tensor?[Layers.Count];
            _taps = LayerTaps.On(network, Multiply);
        }

        public IReadOnlyList<string> Layers { get; }

        /// <summary>Whether no layer is called.</summary>
        public bool PassesAll(Tensor inputs)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            _masks = null;
            Array.Clear(_factors);
            _network.call(inputs);
            return _factors.All(factor => factor is not null);
        }

        /// <summary>What silencing each channel would add to each example's loss, to first order; silenced ones have −∞.</summary>
        public (Tensor[] Rises, long[] Predicted) Rises(Tensor inputs, Tensor labels, IReadOnlyList<Tensor>? masks = null)
        {
            var (all, predicted) = (new List<Tensor[]>(), new List<long>());
            var size = Evaluator.BatchSize(_network);
            for (var start = 0L; start < inputs.shape[0]; start += size)
            {
                using var gradients = enable_grad();
                var count = Math.Min(size, inputs.shape[0] - start);
                _masks = masks?.Select(mask => mask.narrow(0, start, count)).ToArray();
                Array.Clear(_factors);
                var logits = _network.call(inputs.narrow(0, start, count)); // [B, K]
                var loss = functional.cross_entropy(logits, labels.narrow(0, start, count), reduction: Reduction.Sum);
                var found = autograd.grad([loss], [.. _factors.Select(factor => factor!)]);
                all.Add([.. found.Zip(_factors, (slope, factor) => (-slope).masked_fill(factor!.detach().eq(0), float.NegativeInfinity))]);
                predicted.AddRange(logits.argmax(1).data<long>().ToArray());
            }

            return ([.. Enumerable.Range(0, Layers.Count).Select(layer => cat([.. all.Select(batch => batch[layer])], 0))], [.. predicted]);
        }

        public void Dispose() => _taps.Dispose();

        private Tensor Multiply(int layer, Tensor values)
        {
            var factor = (_masks?[layer] ?? ones(values.shape[0], values.shape[1])).detach().clone().requires_grad_(true); // [B, C]
            _factors[layer] = factor;
            var shape = values.dim() == 4 ? factor.unsqueeze(2).unsqueeze(3) : factor;
            return values * shape.to(values.dtype);
        }
    }
}
