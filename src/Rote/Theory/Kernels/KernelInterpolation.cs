using System.Diagnostics;
using Rote.Data;
using Rote.Tensors;
using Rote.Theory.Features;
using Rote.Theory.Representation;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Interpolates the one-hot labels of a training set with a Gaussian kernel: the minimum-norm solution, without training and
/// without regularization.</summary>
/// <remarks>Zhang et al. 2017, section 5: solve K α = Y. The paper factors K on 24 cores and 256 GB; here conjugate gradients solve it on
/// half of K in float32, to a stated residual.</remarks>
public static class KernelInterpolation
{
    private const int MostDraws = 20;

    /// <summary>Solves for the interpolant and, for comparison, with each ridge.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="data">Training and test examples; they still belong to the caller.</param>
    /// <param name="options">What to interpolate, and how exactly.</param>
    /// <param name="seeds">The randomness of the order of the training examples (stream <c>kernel-order</c>) and of random
    /// features.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Errors, norms and residuals.</returns>
    /// <exception cref="InputException">There is no example, a pixel is not finite, or two equal examples have different
    /// labels.</exception>
    /// <exception cref="MachineException">The matrix does not fit into memory; the message gives the number of examples that
    /// does.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static KernelResult Run(
        string name,
        DatasetSplits data,
        KernelOptions options,
        Seeds seeds,
        IProgress<TheoryProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        RequireInterpolable(data, seeds, cancel);
        using var scope = NewDisposeScope();
        var order = tensor(seeds.Permutation(SeedStreams.KernelOrder, 0, data.Train.Count), int64);
        var train = data.Train.Pixels.index_select(0, order);
        var labels = data.Train.Labels.index_select(0, order);
        var targets = nn.functional.one_hot(labels, data.Train.Classes).t().to(float64).contiguous(); // [C, N]

        var features = FeaturesOf(train, options, seeds);
        using var owned = features as IDisposable;
        var memory = new KernelMemory(data.Test.Count, (features.Dimension + features.Blocks - 1) / features.Blocks, data.Train.Classes);
        memory.Require(data.Train.Count);

        var clock = Stopwatch.StartNew();
        var (gamma, trials) = options.Gamma is { } given ? (given, []) : BandwidthSearch.Run(features, train, targets, progress, cancel);
        var searching = clock.Elapsed.TotalSeconds;
        using var system = KernelSystem.Of(features, train, data.Test.Pixels, gamma, progress, cancel);
        double[] ridges = [0, .. options.Ridges];
        var run = new KernelRun(system, targets, labels, data.Test.Labels, options, progress);
        return new KernelResult
        {
            Data = name,
            Features = features.Name,
            Description = features.Description,
            Dimension = features.Dimension,
            Train = data.Train.Count,
            Test = data.Test.Count,
            ClassNames = data.Train.ClassNames,
            Gamma = gamma,
            Trials = trials,
            Tolerance = options.Tolerance,
            Solutions = [.. ridges.Select(ridge => run.Solve(ridge, cancel))],
            Rank = system.Rank,
            Memory = memory.Bytes(data.Train.Count),
            Seconds = (searching, system.GramSeconds, system.PreconditionerSeconds),
        };
    }

    /// <summary>Throws, before anything is computed, if no kernel can interpolate the data; projections find equal pictures.</summary>
    private static void RequireInterpolable(DatasetSplits data, Seeds seeds, CancellationToken cancel)
    {
        if (data.Train.Count == 0 || data.Test.Count == 0)
        {
            throw new InputException(
                $"There are {data.Train.Count} training and {data.Test.Count} test examples, expected at least one of each."
            );
        }

        SortedPoints.Project(new ImagePoints(data.Train), seeds, MostDraws, progress: null, cancel);
        var points = new ImagePoints(data.Test);
        points.Project(Direction.Draw(points.Dimension, seeds, 0), progress: null, cancel);
    }

    private static IFeatures FeaturesOf(Tensor train, KernelOptions options, Seeds seeds)
    {
        if (train.dim() == 2)
        {
            return options.Features == "pixels"
                ? new PlainFeatures((int)train.shape[1])
                : throw new InputException(
                    $"The features '{options.Features}' are of pictures, and this data has vectors; leave them out."
                );
        }

        var (height, width, channels) = ((int)train.shape[1], (int)train.shape[2], (int)train.shape[3]);
        return options.Features switch
        {
            "gabor" => new GaborFeatures(Math.Min(height, width), channels),
            "patches" => new PatchFeatures(train, options.Filters, seeds),
            _ => new PixelFeatures(height * width * channels),
        };
    }
}
