using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Storage;

namespace Rote.Evaluation;

/// <summary>Whether a data set is of the kind that a run's network was trained on.</summary>
internal static class DataFit
{
    private const int ShownNames = 5;

    /// <exception cref="InputException">The images differ in size or channels, or the vectors in their number of features; or one is images
    /// and the other vectors.</exception>
    public static void RequireImages(TrainedNetwork network, DataSpec data, RunData found)
    {
        var expected = network.Data;
        if (found.Image == expected.Image || IsGreyOfColour(found, expected))
        {
            return;
        }

        if (found.Features is not null || expected.Features is not null)
        {
            throw new InputException(
                $"The examples of {data.Name} are {Kind(found)}, and the network of {Path.GetFileName(network.Run.Folder)} expects "
                    + $"{Kind(expected)}; give data with the same features in the same units."
            );
        }

        Sentence remedy =
            data.Sha256 is null ? new Sentence("give data of that size")
            : found.Channels != expected.Channels && (found.Height, found.Width) == (expected.Height, expected.Width)
                ? new Sentence($"save pictures {(expected.Channels == 1 ? "in grey" : "in colour")}")
            : expected.Height == expected.Width ? $"scale pictures with {Setting.ImageSize} {expected.Height}"
            : new Sentence("give pictures of that size");
        throw new InputException(
            $"The images of {data.Name} are {found.Image} (rows, columns, channels), and the network of "
                + $"{Path.GetFileName(network.Run.Folder)} expects {expected.Image}; {remedy}."
        );
    }

    /// <summary>Vectors of one encoder mean nothing to a network trained on those of another, even at the same length.</summary>
    /// <exception cref="InputException">The data was not encoded as the network's was.</exception>
    public static void RequireEncoder(TrainedNetwork network, DataSpec data)
    {
        var trained = network.Run.Experiment.Data.Encoder;
        if (data.Encoder?.Identity != trained?.Identity)
        {
            throw new InputException(
                $"The examples of {data.Name} are {Encoding(data.Encoder)}, and the network of {Path.GetFileName(network.Run.Folder)} "
                    + $"expects examples that are {Encoding(trained)}."
            );
        }

        static string Encoding(EncoderSpec? encoder) =>
            encoder is null ? "not encoded" : $"encoded by {encoder.Name} (identity {encoder.Identity[..8]}…)";
    }

    /// <summary>Whether a network trained in colour is given grey pictures: three equal channels carry the same information. One channel
    /// cannot hold colours.</summary>
    public static bool IsGreyOfColour(RunData found, RunData expected) =>
        found.Features is null
        && expected.Features is null
        && (found with { Channels = expected.Channels }).Image == expected.Image
        && (found.Channels, expected.Channels) is (1, 3);

    /// <summary>The column of the data for each feature of the network; null if the order is the same, or either has no feature
    /// names.</summary>
    /// <exception cref="InputException">The data has features with other names.</exception>
    public static long[]? FeatureOrder(TrainedNetwork network, string data, IReadOnlyList<string>? found)
    {
        if (network.Data.Features?.Names is not { } known || found is null || known.SequenceEqual(found, StringComparer.Ordinal))
        {
            return null;
        }

        var (missing, strangers) = (
            known.Except(found, StringComparer.Ordinal).ToList(),
            found.Except(known, StringComparer.Ordinal).ToList()
        );
        if (missing.Count + strangers.Count > 0)
        {
            var differences = new[] { ("lacks", missing), ("has", strangers) }
                .Where(d => d.Item2.Count > 0)
                .Select(d => $"{d.Item1} {List(d.Item2)}");
            throw new InputException(
                $"{data} has other features than the network of {Path.GetFileName(network.Run.Folder)} was trained on: it "
                    + $"{string.Join(" and ", differences)}; give data with the same columns, in any order."
            );
        }

        var places = found.Select((name, place) => (name, place)).ToDictionary(f => f.name, f => (long)f.place, StringComparer.Ordinal);
        return [.. known.Select(name => places[name])];
    }

    /// <summary>The network's class number for each class number of the data; null if they are the same.</summary>
    /// <exception cref="InputException">The data has a class that the network does not know.</exception>
    public static long[]? ClassNumbers(TrainedNetwork network, string data, IReadOnlyList<string> found)
    {
        var known = network.Data.ClassNames;
        if (known.SequenceEqual(found, StringComparer.Ordinal))
        {
            return null;
        }

        var strangers = found.Except(known, StringComparer.Ordinal).ToList();
        if (strangers.Count > 0)
        {
            throw new InputException(
                $"{data} has the {(strangers.Count == 1 ? "class" : "classes")} {List(strangers)}, and the network of "
                    + $"{Path.GetFileName(network.Run.Folder)} "
                    + $"knows only {List(known)}; give data whose classes have these names."
            );
        }

        var numbers = known
            .Select((name, number) => (name, number))
            .GroupBy(c => c.name, StringComparer.Ordinal)
            .ToDictionary(c => c.Key, c => c.Select(n => n.number).ToList(), StringComparer.Ordinal);
        return numbers.FirstOrDefault(n => n.Value.Count > 1).Key is { } twice
            ? throw new InputException(
                $"The network of {Path.GetFileName(network.Run.Folder)} has two classes called \"{twice}\", so that only data with the "
                    + $"same classes in the same order can be given to it."
            )
            : [.. found.Select(name => (long)numbers[name][0])];
    }

    /// <summary>Returns the corruption for other data. A permutation of pixels is part of what the network sees; noise in place of pixels
    /// was the data itself.</summary>
    /// <exception cref="InputException">The run's data was noise.</exception>
    public static Corruption CorruptionOfOthers(TrainedNetwork network) =>
        network.Run.Experiment.Corruption switch
        {
            ShuffledPixels shuffled => shuffled,
            RandomPixels or GaussianPixels => throw new InputException(
                $"The network of {Path.GetFileName(network.Run.Folder)} was trained on noise in the place of "
                    + $"{(network.Data.Features is null ? "pictures" : "vectors")}, so that only its own data, "
                    + $"{network.Run.Experiment.Data.Name}, has a meaning for it."
            ),
            _ => new TrueLabels(),
        };

    private static string Kind(RunData data) =>
        data.Features is null ? $"images of {data.Image}"
        : data.Features.AreTexts ? "texts"
        : $"vectors of {data.Image}";

    private static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(n => $"\"{RunSearch.Show(n)}\""))
        + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");
}
