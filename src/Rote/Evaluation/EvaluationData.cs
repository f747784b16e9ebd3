using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>Examples prepared for a run's network: cropped and corrupted as in its training.</summary>
public sealed class EvaluationData : IDisposable
{
    private EvaluationData(string name, Dataset images, bool isOwn) => (Name, Images, IsOwn) = (name, images, isOwn);

    /// <summary>The data's name, as <c>cifar10</c>.</summary>
    public string Name { get; }

    /// <summary>The examples, before whitening, with the network's class names and numbers; this object owns them.</summary>
    public Dataset Images { get; }

    /// <summary>Whether the examples are from the data set that the network was trained on.</summary>
    public bool IsOwn { get; }

    /// <summary>[N] true labels if <see cref="Images"/> are training examples of the run, which may have had other labels; else
    /// null.</summary>
    public IReadOnlyList<long>? TrueLabels { get; private init; }

    /// <summary>The part of the data set.</summary>
    public required EvaluationPart Part { get; init; }

    /// <summary>Returns the catalog name of a run's data, which can be evaluated without a path.</summary>
    /// <param name="experiment">The run's experiment.</param>
    /// <returns>The data's catalog name.</returns>
    /// <exception cref="InputException">It is the user's own data: a run records its content, not its path.</exception>
    public static string NameOfOwn(Experiment experiment) =>
        experiment.Data.Sha256 is null
            ? experiment.Data.Name
            : throw new InputException(
                $"The run was trained on the user's own data {experiment.Data.Name}, and a run does not keep where that lies; give its "
                    + $"path as DATA."
            );

    /// <summary>Throws if a catalog set does not fit a network, before it is fetched.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The set's catalog name.</param>
    /// <exception cref="InputException">As for <see cref="From"/>.</exception>
    public static void RequireFit(TrainedNetwork network, string name)
    {
        if (network.Run.Experiment.Data is { Sha256: null } own && own.Name == name)
        {
            return;
        }

        var entry = DataCatalog.Find(name);
        if (network.Run.Experiment.Data.Encoder is null)
        {
            DataFit.RequireImages(
                network,
                new DataSpec { Name = name },
                new RunData
                {
                    ClassNames = entry.ClassNames,
                    Height = entry.Height,
                    Width = entry.Width,
                    Channels = entry.Channels,
                }
            );
        }

        DataFit.ClassNumbers(network, name, entry.ClassNames);
        DataFit.CorruptionOfOthers(network);
    }

    /// <summary>Prepares examples for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">A whole data set; the caller still owns it.</param>
    /// <param name="part">Which part of it.</param>
    /// <returns>
    /// For the run's own data, exactly what the run was trained or tested on. For other data, pixels are treated as in training where
    /// possible, and labels stay unchanged; classes are matched by name, in any order.
    /// </returns>
    /// <exception cref="InputException">
    /// The images have another size or number of channels, the vectors have other features, the network does not know a class, or the part
    /// has no examples.
    /// </exception>
    public static EvaluationData From(TrainedNetwork network, NamedData data, EvaluationPart part) =>
        Ready(network, data, part, isLabelled: true);

    /// <summary>Prepares examples without labels for a network; the labels of the result mean nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="spec">The name of the data.</param>
    /// <param name="examples">All examples, with the network's class names; the caller still owns them.</param>
    /// <returns>The examples, with pixels treated as in training.</returns>
    /// <exception cref="InputException">The images have another size, or are in colour for a network trained in grey; or the vectors have
    /// other features.</exception>
    public static EvaluationData FromUnlabelled(TrainedNetwork network, DataSpec spec, Dataset examples)
    {
        using var data = new DatasetSplits(examples.With(), examples.With());
        return Ready(network, new NamedData(spec, data), EvaluationPart.Test, isLabelled: false);
    }

    private static EvaluationData Ready(TrainedNetwork network, NamedData data, EvaluationPart part, bool isLabelled)
    {
        var experiment = network.Run.Experiment;
        var isOwn =
            isLabelled
            && (
                data.Spec.Sha256 is { } content
                    ? content == experiment.Data.Sha256
                        && data.Spec.LabelColumn == experiment.Data.LabelColumn // the same file with other labels is other data
                        // and so are the same pictures read differently
                        && (data.Spec.Fit, data.Spec.SampleBits) == (experiment.Data.Fit, experiment.Data.SampleBits)
                        && (data.Spec.Encoder is null || data.Spec.ImageSize == experiment.Data.ImageSize)
                    : experiment.Data.Sha256 is null && data.Spec.Name == experiment.Data.Name
            );
        DataFit.RequireEncoder(network, data.Spec);
        DataFit.RequireImages(network, data.Spec, RunData.Of(data.Data.Train));
        var numbers = DataFit.ClassNumbers(network, data.Spec.Name, data.Data.Train.ClassNames);
        var spec = isOwn ? experiment.Data : new DataSpec { Name = data.Spec.Name, CropSide = experiment.Data.CropSide };
        using var scope = NewDisposeScope();
        using var inputs = isOwn ? RunInputs.Prepare(experiment, _ => data.Data) : null;
        using var others = isOwn ? null : OfOthers(network, data, spec);
        var corrupted = inputs?.Data ?? others!;
        var kept = Rows(network, inputs, part);
        using var images = part switch
        {
            EvaluationPart.Test => corrupted.Images.Test.With(),
            EvaluationPart.All => corrupted.Images.Joined(Split.Test),
            _ => kept is null ? corrupted.Images.Train.With() : corrupted.Images.Train.Select(kept),
        };
        return new EvaluationData(data.Spec.Name, Numbered(images, numbers, network.Data.ClassNames), isOwn)
        {
            Part = part,
            TrueLabels =
                !isOwn || part == EvaluationPart.Test ? null
                : kept is null ? corrupted.TrueLabels
                : [.. kept.Select(row => corrupted.TrueLabels[(int)row])],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();

    private static CorruptedData OfOthers(TrainedNetwork network, NamedData data, DataSpec spec)
    {
        using var cut = spec.Cut(data.Data);
        using var coloured = cut.Map(images => Coloured(network, images));
        using var standardized = Standardized(network, data.Spec.Name, coloured);
        return DataFit.CorruptionOfOthers(network).Apply(standardized, new Seeds(network.Run.Experiment.Seed));
    }

    /// <summary>Repeats grey pictures in three equal channels if the network was trained in colour.</summary>
    private static Dataset Coloured(TrainedNetwork network, Dataset images)
    {
        using var scope = NewDisposeScope();
        return images.IsVectors || images.Channels == network.Data.Channels
            ? images.With()
            : images.With(images.Pixels.expand(-1, -1, -1, network.Data.Channels).contiguous());
    }

    /// <summary>Returns vectors with their features in the network's order and on its scale, and images unchanged.</summary>
    private static DatasetSplits Standardized(TrainedNetwork network, string name, DatasetSplits cut)
    {
        var order = DataFit.FeatureOrder(network, name, cut.Train.FeatureNames);
        return cut.Map(Scaled);

        Dataset Scaled(Dataset images)
        {
            if (network.Data.Features is not { } features)
            {
                return images.With();
            }

            using var scope = NewDisposeScope();
            using var ordered = order is null ? images.With() : images.With(images.Pixels.index_select(1, tensor(order, int64)));
            return features.Standardize(ordered);
        }
    }

    /// <summary>The training examples that the part asks for; null: all, or none.</summary>
    /// <exception cref="InputException">There are no such examples.</exception>
    private static long[]? Rows(TrainedNetwork network, RunInputs? own, EvaluationPart part)
    {
        var name = Path.GetFileName(network.Run.Folder);
        return part switch
        {
            EvaluationPart.Train => own?.Rows?.Kept,
            EvaluationPart.HeldOut => own?.Rows is { HeldOut: { Length: > 0 } heldOut }
                ? heldOut
                : throw new InputException($"The run {name} held out no examples of this data; choose another part with {Setting.Split}."),
            EvaluationPart.All when own is not null => throw new InputException(
                $"All examples would mix those that the run {name} was trained on with those that it was not; choose the test or "
                    + $"the training part with {Setting.Split}."
            ),
            _ => null,
        };
    }

    private static Dataset Numbered(Dataset images, long[]? numbers, IReadOnlyList<string> classNames)
    {
        var labels = numbers is null ? images.Labels.alias() : tensor(numbers, int64).index_select(0, images.Labels);
        return images.WithClasses(labels, classNames);
    }
}
