using Rote.Corruptions;

namespace Rote.Studies.Zhang2017;

/// <summary>The paper's words for the study's parts.</summary>
public static class StudyNames
{
    /// <summary>Names a network in a sentence, as "the small Inception".</summary>
    /// <param name="network">A name of <see cref="StudyScale.Networks"/>.</param>
    /// <returns>The name with its article.</returns>
    public static string Network(string network) =>
        network switch
        {
            "small-inception" => "the small Inception",
            "small-inception-no-bn" => "the small Inception without batch norm",
            "small-alexnet" => "the small AlexNet",
            "mlp-3x512" => "the MLP 3×512",
            "mlp-1x512" => "the MLP 1×512",
            "mlp-1x512-subset" => "the MLP 1×512 on a subset",
            _ => network,
        };

    /// <summary>Names the training data, as "random labels".</summary>
    /// <param name="corruption">A corruption.</param>
    /// <returns>A few words.</returns>
    public static string Data(Corruption corruption) =>
        corruption switch
        {
            TrueLabels => "true labels",
            RandomLabels { Among: 2 } => "random signs",
            RandomLabels => "random labels",
            ShuffledPixels => "shuffled pixels",
            RandomPixels => "random pixels",
            GaussianPixels => "Gaussian pixels",
            PartiallyCorruptedLabels { Probability: var p } => $"labels corrupted with probability {p:0.######}",
            _ => corruption.GetType().Name,
        };

    /// <summary>Names the training data as a part of a claim's name, as <c>random-labels</c>.</summary>
    /// <param name="corruption">A corruption.</param>
    /// <returns>Lower case, with hyphens.</returns>
    public static string Slug(Corruption corruption) => Data(corruption).Replace(' ', '-').ToLowerInvariant();

    /// <summary>Capitalizes the first letter, for the beginning of a sentence.</summary>
    /// <param name="text">At least one letter.</param>
    /// <returns>The capitalized text.</returns>
    public static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
