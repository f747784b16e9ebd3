using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Everything that determines a sweep over regularizers.</summary>
internal sealed record RegularizerOptions
{
    /// <summary>The pictures.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>How each network is trained: for all epochs.</summary>
    public required SmallRecipe Recipe { get; init; }

    /// <summary>The regularizers, with <see cref="Regularizer.None"/>.</summary>
    public required IReadOnlyList<Regularizer> Regularizers { get; init; }
}

/// <summary>A regularizer's effect.</summary>
/// <param name="Regularizer">The regularizer.</param>
/// <param name="Validation">Validation accuracy of the network trained on real data.</param>
/// <param name="Memorized">Training accuracy of the network trained on random labels.</param>
internal sealed record RegularizerPoint(Regularizer Regularizer, double Validation, double Memorized);

/// <summary>The effects of regularizers in a draw.</summary>
/// <param name="Points">One for each regularizer.</param>
internal sealed record RegularizerResult(IReadOnlyList<RegularizerPoint> Points)
{
    /// <summary>Validation accuracy that a regularizer may cost: one point.</summary>
    public const double Price = 0.01;

    /// <summary>Plain SGD.</summary>
    public RegularizerPoint Plain => Points.Single(point => point.Regularizer == Regularizer.None);

    /// <summary>How much training accuracy on random labels a regularizer takes, at the strength that takes most among those that cost at
    /// most <see cref="Price"/>; 0 if every strength costs more.</summary>
    /// <param name="kind">The kind of regularizer.</param>
    /// <returns>A share in [−1, 1].</returns>
    public double Hindered(RegularizerKind kind) =>
        Points
            .Where(point => point.Regularizer.Kind == kind && point.Validation >= Plain.Validation - Price)
            .Select(point => Plain.Memorized - point.Memorized)
            .DefaultIfEmpty(0)
            .Max();
}

/// <summary>Which regularizers hinder memorization and not learning? Arpit et al. 2017 (arXiv:1706.05394), section 5.</summary>
internal static class RegularizerSweep
{
    /// <summary>Trains two networks for each regularizer.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static RegularizerResult Run(DatasetSplits data, RegularizerOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(data, options.Pictures);
        var (real, random) = (pictures.With(NoiseLevel.Real), pictures.With(NoiseLevel.RandomLabels));
        return new RegularizerResult(NetworkPool.Run(options.Regularizers, Point, cancel));

        RegularizerPoint Point(Regularizer regularizer) =>
            new(
                regularizer,
                Trained(regularizer, real, pictures.Test, pictures.Truth),
                Trained(regularizer, random, random.Rows, random.Labels)
            );

        double Trained(Regularizer regularizer, TrainingSet set, Tensor rows, Tensor labels)
        {
            using var network = options.Recipe.Create(pictures.Inputs, set.Classes, pictures.Seeds);
            var steps = new RegularizedSteps(network, regularizer, options.Recipe.Rate, pictures.Seeds);
            SmallTraining.Train(network, set, options.Recipe, pictures.Seeds, _ => false, cancel, steps.Take);
            return SmallTraining.Accuracy(network, rows, labels);
        }
    }
}
