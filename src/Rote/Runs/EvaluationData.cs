using Rote.Corruptions;
using Rote.Datasets;
using Rote.Tensors;
using Rote.Training;

using static TorchSharp.torch;

namespace Rote.Runs;

/// <summary>Examples as a run's network must be given them: cropped, corrupted and numbered as in its training.</summary>
public sealed class EvaluationData : IDisposable
{
    private const int ShownNames = 5;

    private EvaluationData(string name, LabeledImages images, bool isOwn) => (Name, Images, IsOwn) = (name, images, isOwn);

    /// <summary>The data's name, as <c>cifar10</c>.</summary>
    public string Name { get; }

    /// <summary>The examples, before whitening, with the class names and class numbers of the network; the object owns them.</summary>
    public LabeledImages Images { get; }

    /// <summary>Whether they are of the data set that the network was trained on.</summary>
    public bool IsOwn { get; }

    /// <summary>[N] true labels where <see cref="Images"/> are training examples of the run, which may have had others; else null.</summary>
    public IReadOnlyList<long>? TrueLabels { get; private init; }

    /// <summary>[N] row numbers of <see cref="Images"/> in their part of the data set; null: 0, 1, 2, …</summary>
    public IReadOnlyList<long>? Ids { get; private init; }

    /// <summary>Which part of the data set they are.</summary>
    public required EvaluationPart Part { get; init; }

    /// <summary>Whether a run can be evaluated on its own data without being told where that lies.</summary>
    /// <param name="experiment">The run's experiment.</param>
    /// <returns>The data's catalog name.</returns>
    /// <exception cref="InputException">It is the user's own data: a run knows its content and not its path.</exception>
    public static string NameOfOwn(Experiment experiment) => experiment.Data.Sha256 is null
        ? experiment.Data.Name
        : throw new InputException($"The run was trained on the user's own data {experiment.Data.Name}, and a run does not keep where that lies; give its path as DATA.");

    /// <summary>Makes examples ready for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">A whole data set; still the caller's.</param>
    /// <param name="part">Which part of it.</param>
    /// <returns>
    /// Of the run's own data exactly what the run was trained or tested on. Of other data the pixels are treated as in training, as far as that is possible, and
    /// labels are left alone; classes are matched by name, whatever their order.
    /// </returns>
    /// <exception cref="InputException">
    /// The images have another size or another number of channels, there is a class that the network does not know, or no examples were held out.
    /// </exception>
    public static EvaluationData From(TrainedNetwork network, NamedData data, EvaluationPart part)
    {
        var experiment = network.Run.Experiment;
        var isOwn = data.Spec.Sha256 is { } content ? content == experiment.Data.Sha256 : experiment.Data.Sha256 is null && data.Spec.Name == experiment.Data.Name;
        RequireSameImages(network, data);
        var numbers = ClassNumbers(network, data);
        var spec = isOwn ? experiment.Data : new DataSpec { Name = data.Spec.Name, CropSide = experiment.Data.CropSide };
        using var scope = NewDisposeScope();
        using var cut = spec.Cut(data.Data);
        using var corrupted = (isOwn ? experiment.Corruption : ForOthers(network)).Apply(cut, new Seeds(experiment.Seed));
        if (part == EvaluationPart.Test)
        {
            return new EvaluationData(data.Spec.Name, Numbered(corrupted.Images.Test, numbers, network.Data.ClassNames), isOwn) { Part = part };
        }

        var ids = Rows(network, corrupted.Images.Train.Count, part, isOwn);
        using var images = ids is null ? corrupted.Images.Train.With() : corrupted.Images.Train.Select(ids);
        return new EvaluationData(data.Spec.Name, Numbered(images, numbers, network.Data.ClassNames), isOwn)
        {
            Part = part,
            Ids = ids,
            TrueLabels = !isOwn ? null : ids is null ? corrupted.TrueLabels : [.. ids.Select(id => corrupted.TrueLabels[(int)id])],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();

    /// <summary>Which training examples are asked for; null: all.</summary>
    private static long[]? Rows(TrainedNetwork network, int count, EvaluationPart part, bool isOwn)
    {
        var experiment = network.Run.Experiment;
        var rows = isOwn ? TrainingData.HeldOutRows(count, experiment.Recipe, new Seeds(experiment.Seed)) : null;
        return part == EvaluationPart.Train ? rows?.Kept : rows?.HeldOut
            ?? throw new InputException($"The run {Path.GetFileName(network.Run.Folder)} held out no examples of this data; choose --split test or train.");
    }

    private static void RequireSameImages(TrainedNetwork network, NamedData data)
    {
        var (expected, found) = (network.Data, RunData.Of(data.Data.Train));
        if (found.Image == expected.Image)
        {
            return;
        }

        var remedy = data.Spec.Sha256 is null ? "give data of that size"
            : found.Channels != expected.Channels ? $"save pictures {(expected.Channels == 1 ? "in grey" : "in colour")}"
            : expected.Height == expected.Width ? $"scale pictures with --image-size {expected.Height}"
            : "give pictures of that size";
        throw new InputException(
            $"The images of {data.Spec.Name} are {found.Image} (rows, columns, channels), and the network of {Path.GetFileName(network.Run.Folder)} expects {expected.Image}; {remedy}.");
    }

    /// <summary>What each class number of the data is for the network; null where they are the same.</summary>
    private static long[]? ClassNumbers(TrainedNetwork network, NamedData data)
    {
        var (known, found) = (network.Data.ClassNames, data.Data.Train.ClassNames);
        if (known.SequenceEqual(found, StringComparer.Ordinal))
        {
            return null;
        }

        var strangers = found.Except(known, StringComparer.Ordinal).ToList();
        if (strangers.Count > 0)
        {
            throw new InputException(
                $"{data.Spec.Name} has the {(strangers.Count == 1 ? "class" : "classes")} {List(strangers)}, and the network of {Path.GetFileName(network.Run.Folder)} "
                + $"knows only {List(known)}; give data whose classes are called as these.");
        }

        var numbers = known.Select((name, number) => (name, number)).GroupBy(c => c.name, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Select(n => n.number).ToList(), StringComparer.Ordinal);
        return numbers.FirstOrDefault(n => n.Value.Count > 1).Key is { } twice
            ? throw new InputException($"The network of {Path.GetFileName(network.Run.Folder)} has two classes called \"{twice}\", so that only data with the same classes in the same order can be given to it.")
            : [.. found.Select(name => (long)numbers[name][0])];
    }

    /// <summary>A permutation of pixels is part of what the network sees; noise in the place of pixels was the data itself.</summary>
    private static Corruption ForOthers(TrainedNetwork network) => network.Run.Experiment.Corruption switch
    {
        ShuffledPixels shuffled => shuffled,
        RandomPixels or GaussianPixels => throw new InputException(
            $"The network of {Path.GetFileName(network.Run.Folder)} was trained on noise in the place of pictures, so that only its own data, {network.Run.Experiment.Data.Name}, has a meaning for it."),
        _ => new TrueLabels(),
    };

    private static LabeledImages Numbered(LabeledImages images, long[]? numbers, IReadOnlyList<string> classNames)
    {
        var labels = numbers is null ? images.Labels.alias() : tensor(numbers, int64).index_select(0, images.Labels);
        return new LabeledImages(images.Pixels.alias(), labels, classNames, images.Split, images.Provenance, images.ExampleNames);
    }

    private static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(n => $"\"{RunSearch.Show(n)}\"")) + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");
}
