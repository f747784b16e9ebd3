using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Everything that determines a sweep over widths and numbers of examples.</summary>
internal sealed record CapacityOptions
{
    /// <summary>The pictures, as many as the largest size.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>Kinds of data.</summary>
    public required IReadOnlyList<NoiseLevel> Levels { get; init; }

    /// <summary>Numbers of hidden units, ascending; each is trained on <see cref="Examples"/> examples.</summary>
    public required IReadOnlyList<int> Units { get; init; }

    /// <summary>The number of examples for all widths.</summary>
    public required int Examples { get; init; }

    /// <summary>Numbers of examples, ascending; each is trained with <see cref="SizeUnits"/> units.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The number of hidden units for all sizes.</summary>
    public required int SizeUnits { get; init; }

    /// <summary>How each network is trained, with other units.</summary>
    public required SmallRecipe Recipe { get; init; }
}

/// <summary>One network of a sweep.</summary>
/// <param name="Noise">The kind of data.</param>
/// <param name="Units">Hidden units.</param>
/// <param name="Examples">Training examples.</param>
/// <param name="Epochs">Epochs until every given label is predicted; null if that was not reached.</param>
/// <param name="Train">Share of the given labels that are predicted at the end.</param>
/// <param name="Best">The largest validation accuracy after any epoch.</param>
/// <param name="Last">Validation accuracy at the end: where every label is fitted, or the epochs are over.</param>
internal sealed record CapacityPoint(NoiseLevel Noise, int Units, int Examples, int? Epochs, double Train, double Best, double Last);

/// <summary>The networks of a sweep.</summary>
/// <param name="Points">Every kind of data with every width, and with every size.</param>
internal sealed record CapacityResult(IReadOnlyList<CapacityPoint> Points);

/// <summary>Validation accuracy and time to fit against units and against examples: Arpit et al. 2017 (arXiv:1706.05394), section
/// 3.3.</summary>
internal static class CapacitySweep
{
    /// <summary>Trains the networks.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static CapacityResult Run(DatasetSplits data, CapacityOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(data, options.Pictures);
        var pairs = options
            .Units.Select(units => (Units: units, options.Examples))
            .Concat(options.Sizes.Select(size => (Units: options.SizeUnits, Examples: size)))
            .Distinct()
            .OrderByDescending(pair => (long)pair.Units * pair.Examples);
        var jobs = pairs.SelectMany(pair => options.Levels.Select(noise => (noise, pair.Units, pair.Examples))).ToArray();
        return new CapacityResult(NetworkPool.Run(jobs, job => Train(job.noise, job.Units, job.Examples), cancel));

        CapacityPoint Train(NoiseLevel noise, int units, int examples)
        {
            var set = pictures.With(noise, examples);
            var recipe = options.Recipe with { Hidden = [units] };
            using var network = recipe.Create(pictures.Inputs, set.Classes, pictures.Seeds);
            var (epochs, train, validation) = ((int?)null, 0.0, new List<double>());
            SmallTraining.Train(network, set, recipe, pictures.Seeds, Look, cancel);
            return new CapacityPoint(noise, units, examples, epochs, train, validation.Max(), validation[^1]);

            bool Look(int epoch)
            {
                train = SmallTraining.Accuracy(network, set.Rows, set.Labels);
                validation.Add(SmallTraining.Accuracy(network, pictures.Test, pictures.Truth));
                epochs = train == 1 ? epoch : null;
                return train == 1;
            }
        }
    }
}
