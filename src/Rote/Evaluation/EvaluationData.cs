using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>Examples as a run's network must be given them: cropped and corrupted as in its training.</summary>
public sealed class EvaluationData : IDisposable
{
    private EvaluationData(string name, Dataset images, bool isOwn) => (Name, Images, IsOwn) = (name, images, isOwn);

    /// <summary>The data's name, as <c>cifar10</c>.</summary>
    public string Name { get; }

    /// <summary>The examples, before whitening, with the class names and class numbers of the network; the object owns them.</summary>
    public Dataset Images { get; }

    /// <summary>Whether they are of the data set that the network was trained on.</summary>
    public bool IsOwn { get; }

    /// <summary>[N] true labels where <see cref="Images"/> are training examples of the run, which may have had others; else
    /// null.</summary>
    public IReadOnlyList<long>? TrueLabels { get; private init; }

    /// <summary>Which part of the data set they are.</summary>
    public required EvaluationPart Part { get; init; }

    /// <summary>The catalog data of a run, which can be evaluated without a path.</summary>
    /// <param name="experiment">The run's experiment.</param>
    /// <returns>The data's catalog name.</returns>
    /// <exception cref="InputException">It is the user's own data: a run knows its content and not its path.</exception>
    public static string NameOfOwn(Experiment experiment) =>
        experiment.Data.Sha256 is null
            ? experiment.Data.Name
            : throw new InputException(
                $"The run was trained on the user's own data {experiment.Data.Name}, and a run does not keep where that lies; give its "
                    + $"path as DATA."
            );

    /// <summary>Refuses a catalog set that does not fit a network, before it is fetched.</summary>
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

    /// <summary>Makes examples ready for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">A whole data set; still the caller's.</param>
    /// <param name="part">Which part of it.</param>
    /// <returns>
    /// Of the run's own data exactly what the run was trained or tested on. Of other data the pixels are treated as in training, as far as
    /// that is possible, and labels are left alone; classes are matched by name, whatever their order.
    /// </returns>
    /// <exception cref="InputException">
    /// The images have another size or another number of channels, the vectors have other features, there is a class that the network does
    /// not know, or there are no examples of the part.
    /// </exception>
    public static EvaluationData From(TrainedNetwork network, NamedData data, EvaluationPart part) =>
        Ready(network, data, part, isLabelled: true);

    /// <summary>Makes examples without labels ready for a network; the labels of the result mean nothing.</summary>
    /// <param name="network">The network.</param>
    /// <param name="spec">What the data is called.</param>
    /// <param name="examples">All examples, with the network's class names; still the caller's.</param>
    /// <returns>The pixels are treated as in training.</returns>
    /// <exception cref="InputException">The images have another size or are in colour and the network was trained in grey, or the vectors
    /// have other features.</exception>
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
                        // and so are the same pictures read otherwise
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

    /// <summary>Grey pictures as three equal channels where the network was trained in colour.</summary>
    private static Dataset Coloured(TrainedNetwork network, Dataset images)
    {
        using var scope = NewDisposeScope();
        return images.IsVectors || images.Channels == network.Data.Channels
            ? images.With()
            : images.With(images.Pixels.expand(-1, -1, -1, network.Data.Channels).contiguous());
    }

    /// <summary>Vectors with their features in the network's order and on its scale; images as they are.</summary>
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

    /// <summary>Which training examples are asked for; null: all, or none.</summary>
    /// <exception cref="InputException">There are none of the kind.</exception>
    private static long[]? Rows(TrainedNetwork network, RunInputs? own, EvaluationPart part)
    {
        var name = Path.GetFileName(network.Run.Folder);
        return part switch
        {
            EvaluationPart.Train => own?.Rows?.Kept,
            EvaluationPart.HeldOut => own?.Rows?.HeldOut
                ?? throw new InputException($"The run {name} held out no examples of this data; choose another part with {Setting.Split}."),
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
