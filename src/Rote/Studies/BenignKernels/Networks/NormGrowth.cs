using Rote.Data;
using Rote.Networks.Plain;
using Rote.Tensors;
using Rote.Theory;
using static TorchSharp.torch;

namespace Rote.Studies.BenignKernels.Networks;

/// <summary>Everything that determines a trained network besides its data.</summary>
internal sealed record NormOptions
{
    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The number of training examples m; a larger number contains the examples of a smaller one.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>How the network is trained.</summary>
    public required PlainRecipe Recipe { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of the draw of examples; the network's randomness is that of seed and draw too.</summary>
    public required int Draw { get; init; }
}

/// <summary>A trained network's errors and norms.</summary>
/// <param name="Epochs">Epochs until it fitted; null if it did not.</param>
/// <param name="TrainWrong">Share of the training examples that are misclassified.</param>
/// <param name="TestWrong">Share of the test examples that are misclassified.</param>
/// <param name="Distance">Distance of the weights from the initial ones, √Σ‖W − Z‖²_F.</param>
/// <param name="SpectralProduct">Product of the layers' spectral norms.</param>
/// <param name="Bound">The bound of Neyshabur et al. 2018 without factors that do not depend on the number of examples.</param>
internal sealed record NormResult(int? Epochs, double TrainWrong, double TestWrong, double Distance, double SpectralProduct, double Bound);

/// <summary>How far training goes from the start, against the number of examples: Nagarajan and Kolter 2019 (arXiv:1902.04742), section
/// 2.</summary>
internal static class NormGrowth
{
    /// <summary>Trains a network and measures it.</summary>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Errors and norms.</returns>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static NormResult Run(DatasetSplits data, NormOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var own = new Seeds(options.Seed);
        var (train, labels) = Rows(data.Train, options.Examples, SeedStreams.NormGrowthTrain);
        var (test, truth) = Rows(data.Test, options.TestExamples, SeedStreams.NormGrowthTest);
        var seeds = new Seeds(own.Number(SeedStreams.NormGrowthTrain, options.Draw));
        using var network = new PlainNetwork([(int)train.shape[1], .. options.Recipe.Hidden, data.Train.Classes], seeds);
        var start = network.Weights.Select(weight => weight.clone()).ToArray();
        var epochs = PlainSgd.Train(network, train, labels, options.Recipe, seeds, cancel);
        var spectral = network.Weights.Select(MatrixNorms.Spectral).ToArray();
        var moved = network.Weights.Zip(start, MatrixNorms.Distance).ToArray();
        return new NormResult(
            epochs,
            1 - PlainSgd.ShareAbove(network, train, labels, 0),
            1 - PlainSgd.ShareAbove(network, test, truth, 0),
            Math.Sqrt(moved.Sum(distance => distance * distance)),
            Product(spectral),
            Bound(spectral, moved, options.Examples)
        );

        (Tensor, Tensor) Rows(Dataset part, int count, string stream)
        {
            var (rows, given) = ExampleDraw.Rows(part, count, stream, own, options.Draw);
            return (rows.to(float32), given);
        }
    }

    /// <summary>Neyshabur, Bhojanapalli and Srebro 2018 (arXiv:1707.09564), theorem 1, without width, depth, input norm and margin:
    /// Π‖W‖₂ · √(Σ ‖W − Z‖²_F / ‖W‖²₂) / √m.</summary>
    /// <param name="spectral">Spectral norms ‖W‖₂ of the layers.</param>
    /// <param name="moved">Distances ‖W − Z‖_F from the initial weights.</param>
    /// <param name="examples">m.</param>
    /// <returns>The bound up to a factor.</returns>
    public static double Bound(IReadOnlyList<double> spectral, IReadOnlyList<double> moved, int examples) =>
        Product(spectral) * Math.Sqrt(spectral.Zip(moved, (norm, distance) => distance * distance / (norm * norm)).Sum() / examples);

    private static double Product(IEnumerable<double> values) => values.Aggregate(1.0, (product, value) => product * value);
}
