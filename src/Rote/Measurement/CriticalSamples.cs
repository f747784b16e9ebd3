using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Measurement;

/// <summary>Which examples are critical: the network predicts another class somewhere in a small box around them. Their share measures how
/// finely the decision boundary is folded near the data.</summary>
/// <remarks>
/// Arpit et al. 2017 (arXiv:1706.05394), section 4.1: critical sample ratio, found by their Langevin adversarial sample search (algorithm
/// 1). A search can miss but not invent: the share found is a lower bound. Ours differs: it takes the signs of the gradient of the margin,
/// the predicted class's logit minus the largest other one. Float32 rounds that of the cross-entropy to 0 where the network is sure.
/// </remarks>
public sealed record CriticalSamples
{
    /// <summary>[N] Whether the search found a changed prediction within the box of the example.</summary>
    public required IReadOnlyList<bool> IsCritical { get; init; }

    /// <summary>The share of critical examples, in [0, 1], with its binomial standard error.</summary>
    public Estimate Ratio => Estimate.Share(IsCritical.Count(critical => critical), IsCritical.Count);

    /// <summary>Searches around every example of a set.</summary>
    /// <param name="network">From float32 inputs to logits [B, K], K at least 2, deterministic in evaluation mode, which it is left in. It
    /// must compute in float32: in bfloat16 the box is smaller than the rounding of the inputs.</param>
    /// <param name="inputs">[N, H, W, C] float32 whitened images, N at least 1; not changed.</param>
    /// <param name="search">The box and the search.</param>
    /// <param name="seeds">Each example draws the stream <c>critical-samples</c> of its row number, so more examples change nothing for the
    /// first ones.</param>
    /// <param name="progress">Receives the number of finished examples after each batch.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>One answer per example. Costs one forward and one backward pass per example and step, until its prediction has
    /// changed.</returns>
    /// <exception cref="ArgumentException">The inputs have another shape or dtype, or are empty.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static CriticalSamples Of(
        Module<Tensor, Tensor> network,
        Tensor inputs,
        CriticalSearch search,
        Seeds seeds,
        IProgress<int>? progress = null,
        CancellationToken cancel = default
    )
    {
        Shape.Require(inputs, nameof(inputs), -1, -1, -1, -1);
        if (inputs.dtype != ScalarType.Float32 || inputs.shape[0] < 1)
        {
            throw new ArgumentException(
                $"inputs is {inputs.dtype} {Shape.Text(inputs.shape)}, expected Float32 and at least one example.",
                nameof(inputs)
            );
        }

        network.eval();
        var critical = new bool[inputs.shape[0]];
        var size = Evaluator.BatchSize(network);
        for (var start = 0; start < critical.Length; start += size)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(size, critical.Length - start);
            var streams = Enumerable.Range(start, count).Select(row => seeds.Stream(SeedStreams.CriticalSamples, row)).ToArray();
            foreach (var row in Batch(network, inputs.narrow(0, start, count), search, streams, cancel))
            {
                critical[start + row] = true;
            }

            progress?.Report(start + count);
        }

        return new CriticalSamples { IsCritical = critical };
    }

    /// <returns>Rows of the batch whose prediction changes; the search goes on with the others only.</returns>
    private static List<int> Batch(
        Module<Tensor, Tensor> network,
        Tensor inputs,
        CriticalSearch search,
        RandomStream[] streams,
        CancellationToken cancel
    )
    {
        var found = new List<int>();
        var rows = Enumerable.Range(0, streams.Length).ToArray();
        var (origin, moved) = (inputs.contiguous(), inputs.contiguous()); // [B, H, W, C] start and current place of the search
        Tensor? predicted = null; // [B]
        for (var iteration = 0; rows.Length > 0; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (classes, signs) = Look(network, moved, predicted);
            predicted ??= classes;
            var same = classes.eq(predicted).data<bool>().ToArray();
            found.AddRange(rows.Where((_, i) => !same[i]));
            if (iteration == search.Iterations)
            {
                break;
            }

            rows = [.. rows.Where((_, i) => same[i])];
            var kept = tensor(Enumerable.Range(0, same.Length).Where(i => same[i]).Select(i => (long)i).ToArray(), int64);
            Replace(ref origin, origin.index_select(0, kept));
            Replace(ref predicted, predicted.index_select(0, kept));
            var step = signs.index_select(0, kept).mul_(-search.Step).add_(Draw(rows, origin.shape, streams), search.Noise(iteration));
            Replace(ref moved, moved.index_select(0, kept).add_(step).minimum(origin + search.Radius).maximum(origin - search.Radius));
        }

        return found;
    }

    /// <returns>[B] the predicted class, and [B, H, W, C] the signs of the gradient of the margin of <paramref name="predicted"/> (null: of
    /// that class).</returns>
    private static (Tensor Classes, Tensor Signs) Look(Module<Tensor, Tensor> network, Tensor inputs, Tensor? predicted)
    {
        using var gradients = enable_grad();
        var at = inputs.detach().requires_grad_(true);
        var logits = network.forward(at); // [B, K]
        var classes = logits.detach().argmax(1); // [B]
        var label = (predicted ?? classes).unsqueeze(1); // [B, 1]
        var rivals = logits.scatter(1, label, full_like(label, double.NegativeInfinity, float32)); // [B, K]
        var margins = logits.gather(1, label).squeeze(1) - rivals.amax([1L]); // [B]
        return (classes, autograd.grad([margins.sum([0L])], [at])[0].sign());
    }

    /// <summary>Replaces a tensor by one that outlives the iteration.</summary>
    private static void Replace(ref Tensor old, Tensor next)
    {
        old.Dispose();
        old = next.MoveToOuterDisposeScope();
    }

    /// <summary>Draws standard normal noise, for each example from its own stream.</summary>
    private static Tensor Draw(int[] rows, long[] shape, RandomStream[] streams)
    {
        var noise = empty(shape, float32);
        var view = new Rows<float>(noise);
        Parallel.For(0, rows.Length, i => streams[rows[i]].FillGaussian(view[i]));
        return noise;
    }
}
