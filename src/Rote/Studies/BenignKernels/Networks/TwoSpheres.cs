using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.BenignKernels.Networks;

/// <summary>Everything that determines a network on two spheres.</summary>
internal sealed record SphereOptions
{
    /// <summary>The number of training points m, half of them on either sphere in expectation.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test points.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The dimension of the space, at least 2.</summary>
    public required int Dimension { get; init; }

    /// <summary>How the network is trained.</summary>
    public required PlainRecipe Recipe { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of the draw of points; the network's randomness is that of seed and draw too.</summary>
    public required int Draw { get; init; }
}

/// <summary>A network on two spheres.</summary>
/// <param name="Epochs">Epochs until it fitted; null if it did not.</param>
/// <param name="TrainWrong">Share of the training points that are misclassified.</param>
/// <param name="TestWrong">Share of the test points that are misclassified.</param>
/// <param name="ProjectedWrong">Share of the training points that are misclassified when each is moved to the other sphere, whose label it
/// then has.</param>
/// <param name="NewProjectedWrong">The same of the test points.</param>
internal sealed record SphereResult(int? Epochs, double TrainWrong, double TestWrong, double ProjectedWrong, double NewProjectedWrong);

/// <summary>Which of two spheres about the origin is a point on? Nagarajan and Kolter 2019 (arXiv:1902.04742), section 3.2.</summary>
/// <remarks>A point is uniform on a sphere, so the training set moved to the other sphere is as probable as the training set itself. A
/// network that does well on new points and badly on those shows that no two-sided bound over the networks that training returns is
/// small.</remarks>
internal static class TwoSpheres
{
    /// <summary>The radii of class 0 and class 1.</summary>
    public static IReadOnlyList<double> Radii { get; } = [1, 1.1];

    /// <summary>Draws points, trains a network and measures.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Errors.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static SphereResult Run(SphereOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var seeds = new Seeds(new Seeds(options.Seed).Number(SeedStreams.SphereTrain, options.Draw));
        var (directions, labels) = Draw(options, options.Examples, SeedStreams.SphereTrain);
        var (others, truth) = Draw(options, options.TestExamples, SeedStreams.SphereTest);
        using var network = new PlainNetwork([options.Dimension, .. options.Recipe.Hidden, Radii.Count], seeds);
        var epochs = PlainSgd.Train(network, OnSphere(directions, labels), labels, options.Recipe, seeds, cancel);
        return new SphereResult(
            epochs,
            Wrong(directions, labels),
            Wrong(others, truth),
            Wrong(directions, labels.neg().add(1)),
            Wrong(others, truth.neg().add(1))
        );

        double Wrong(Tensor points, Tensor spheres) => 1 - PlainSgd.ShareAbove(network, OnSphere(points, spheres), spheres, 0);
    }

    /// <summary>Moves directions to the spheres of their labels.</summary>
    /// <param name="directions">[n, d] of length 1.</param>
    /// <param name="labels">[n] int64, 0 or 1.</param>
    /// <returns>[n, d] in the caller's scope.</returns>
    public static Tensor OnSphere(Tensor directions, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var radii = labels.to(directions.dtype).mul(Radii[1] - Radii[0]).add(Radii[0]);
        return directions.mul(radii.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    private static (Tensor Directions, Tensor Labels) Draw(SphereOptions options, int count, string stream)
    {
        var random = new Seeds(options.Seed).Stream(stream, options.Draw);
        var labels = Enumerable.Range(0, count).Select(_ => (long)random.NextInt(2)).ToArray();
        var values = new float[count * options.Dimension];
        random.FillGaussian(values);
        var raw = tensor(values, [count, options.Dimension], float32);
        return (raw.div(raw.square().sum([1L], keepdim: true).sqrt()), tensor(labels, int64));
    }
}
