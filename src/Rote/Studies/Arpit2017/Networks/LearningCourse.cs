using Rote.Data;
using Rote.Measurement;
using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Everything that determines the courses of a draw.</summary>
internal sealed record CourseOptions
{
    /// <summary>The pictures.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>Kinds of data.</summary>
    public required IReadOnlyList<NoiseLevel> Levels { get; init; }

    /// <summary>How each network is trained: for all epochs.</summary>
    public required SmallRecipe Recipe { get; init; }

    /// <summary>Epochs, ascending, after which critical samples are searched for.</summary>
    public required IReadOnlyList<int> CriticalAt { get; init; }

    /// <summary>The number of test examples to search around.</summary>
    public required int CriticalExamples { get; init; }

    /// <summary>The box and the search, in units of the inputs, whose deviation is 1.</summary>
    public required CriticalSearch Search { get; init; }
}

/// <summary>A network after an epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Train">Share of the given labels that are predicted.</param>
/// <param name="Right">The same of the examples without noise; null if there are none.</param>
/// <param name="Wrong">The same of the examples with a wrong label or of noise; null if there are none.</param>
/// <param name="Recovered">Share of those whose true label is predicted; null if there are none.</param>
/// <param name="Validation">Accuracy on test examples.</param>
/// <param name="Critical">Critical sample ratio; null if it was not searched for after this epoch.</param>
internal sealed record CoursePoint(
    int Epoch,
    double Train,
    double? Right,
    double? Wrong,
    double? Recovered,
    double Validation,
    double? Critical
);

/// <summary>The course of one network.</summary>
/// <param name="Noise">The kind of data.</param>
/// <param name="Points">One for each epoch.</param>
internal sealed record Course(NoiseLevel Noise, IReadOnlyList<CoursePoint> Points)
{
    /// <summary>The epoch of the best validation accuracy, the first of equals.</summary>
    public CoursePoint Peak() => Points.MaxBy(point => point.Validation)!;

    /// <summary>The first epoch after which a share is reached; infinite if it never is.</summary>
    /// <param name="read">The share.</param>
    /// <param name="level">The level.</param>
    public double EpochsTo(Func<CoursePoint, double?> read, double level) =>
        Points.FirstOrDefault(point => read(point) >= level)?.Epoch ?? double.PositiveInfinity;

    /// <summary>The critical sample ratios in the order of the epochs.</summary>
    public IEnumerable<(int Epoch, double Ratio)> Criticals() =>
        Points.Where(point => point.Critical is not null).Select(point => (point.Epoch, point.Critical!.Value));
}

/// <summary>The courses of a draw.</summary>
/// <param name="Courses">One for each kind of data.</param>
internal sealed record CourseResult(IReadOnlyList<Course> Courses);

/// <summary>What is learned first, and how complex the function is: Arpit et al. 2017 (arXiv:1706.05394), section 4.</summary>
internal static class LearningCourse
{
    /// <summary>Trains the networks and looks at them.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static CourseResult Run(DatasetSplits data, CourseOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(data, options.Pictures);
        return new CourseResult(NetworkPool.Run(options.Levels, noise => Follow(pictures, noise, options, cancel), cancel));
    }

    private static Course Follow(Pictures pictures, NoiseLevel noise, CourseOptions options, CancellationToken cancel)
    {
        var set = pictures.With(noise);
        // Around inputs of the kind that the network was trained on: pictures, if any of its examples are.
        var around = (noise == NoiseLevel.RandomInputs ? pictures.NewNoise() : pictures.Test).narrow(0, 0, options.CriticalExamples);
        var (clean, points) = (set.Replaced.logical_not(), new List<CoursePoint>());
        using var network = options.Recipe.Create(pictures.Inputs, set.Classes, pictures.Seeds);
        SmallTraining.Train(network, set, options.Recipe, pictures.Seeds, Look, cancel);
        return new Course(noise, points);

        bool Look(int epoch)
        {
            using var scope = NewDisposeScope();
            var predicted = SmallTraining.Predicted(network, set.Rows);
            var given = predicted.eq(set.Labels);
            points.Add(
                new CoursePoint(
                    epoch,
                    SmallTraining.Share(given),
                    ShareOf(given.masked_select(clean)),
                    ShareOf(given.masked_select(set.Replaced)),
                    ShareOf(predicted.eq(set.Truth).masked_select(set.Replaced)),
                    SmallTraining.Accuracy(network, pictures.Test, pictures.Truth),
                    options.CriticalAt.Contains(epoch) ? Critical(network, around, options.Search, pictures.Seeds, cancel) : null
                )
            );
            return false;
        }
    }

    private static double? ShareOf(Tensor values) => values.shape[0] == 0 ? null : SmallTraining.Share(values);

    private static double Critical(PlainNetwork network, Tensor rows, CriticalSearch search, Seeds seeds, CancellationToken cancel)
    {
        using var module = new AsModule(network);
        var inputs = rows.reshape(rows.shape[0], 1, 1, rows.shape[1]);
        return CriticalSamples.Of(module, inputs, search, seeds, null, cancel).Ratio.Value;
    }

    /// <summary>A network as the search for critical samples wants it.</summary>
    private sealed class AsModule(PlainNetwork network) : nn.Module<Tensor, Tensor>(nameof(PlainNetwork))
    {
        public override Tensor forward(Tensor input) => network.Scores(input.flatten(1));
    }
}
