using Rote.Experiments;
using Rote.Training.Optimizers;

namespace Rote.Studies.Zhang2017;

/// <summary>The study's description of itself.</summary>
internal static class ZhangWords
{
    /// <summary>The differences from the paper, known or possible, and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences(StudyScale scale) =>
        [
            (
                "not given",
                "The paper gives neither batch size, number of epochs, initial weights, the coefficient of weight decay nor the "
                    + "constants of AlexNet's normalization. Those here stand under 'Sizes', or in the network's documentation."
            ),
            (
                "step sizes",
                "Where they are not the paper's 0.1 and 0.01 × 0.95, 'Sizes' says why; they were chosen on training accuracy alone."
            ),
            .. scale.Networks.Values.Any(network => network.Examples is not null)
                ? new[]
                {
                    (
                        "examples",
                        "The convolutional networks see a part of the training set: they fit it sooner, know less afterwards, and a "
                            + "class has fewer examples to agree on, so that the lead of true labels over random ones is smaller."
                    ),
                }
                : [],
            (
                "end of training",
                "Training ends when 99.95 % of the training examples are right, not after a number of epochs. A network that is trained "
                    + "on may test a little better."
            ),
            (
                "without batch norm",
                "The small Inception without batch norm starts with He's weights, because with the start of the other networks it did "
                    + "not get away from chance on random labels."
            ),
            (
                "Gaussian pixels",
                "Mean and variance are taken over all values of the training images; the paper does not say whether it takes them per "
                    + "channel."
            ),
            ("precision", "Products are computed in bfloat16 where the processor has it; docs/evidence/performance.md compares it."),
        ];

    /// <summary>The training of each network, with reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(StudyScale scale) =>
        [
            .. scale.Networks.Select(pair =>
                (
                    pair.Key,
                    $"{pair.Value.Network}, {(pair.Value.Examples is { } examples ? $"first {examples:N0} examples" : "all examples")}, "
                        + $"batch {pair.Value.Batch}, "
                        + $"learning rate {pair.Value.LearningRate} × {pair.Value.Decay} an epoch, at most {pair.Value.Epochs} epochs, "
                        + $"weight decay {pair.Value.WeightDecay} where it is on. {pair.Value.Why}"
                )
            ),
        ];

    /// <summary>Returns the title of a run in progress.</summary>
    public static string TitleOf(Experiment experiment)
    {
        var recipe = experiment.Recipe;
        string[] parts =
        [
            $"{experiment.Network.Title}, {StudyNames.Data(experiment.Corruption)}",
            recipe.WeightDecay > 0 ? "weight decay" : "",
            recipe.Augmentation?.Describe() ?? "",
            recipe.Optimizer is Adam ? "Adam" : "",
            $"seed {experiment.Seed}",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
