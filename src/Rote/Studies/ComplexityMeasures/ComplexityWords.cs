using Rote.Complexity;

namespace Rote.Studies.ComplexityMeasures;

/// <summary>The study's description of itself.</summary>
internal static class ComplexityWords
{
    /// <summary>The differences from the papers.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "networks",
            "Jiang et al. train more than ten thousand convolutional networks on CIFAR-10 and SVHN; here it is hundreds of perceptrons on "
                + "Fashion-MNIST."
        ),
        (
            "axes",
            "Two levels an axis, where theirs have three or more; label noise is an axis of its own here, and all numbers but one are "
                + "within a level of it."
        ),
        (
            "what is predicted",
            "The test error against true labels. All networks have one training loss, so that it orders them as the gap between both "
                + "errors does."
        ),
        (
            "sharpness",
            "Theirs is found by a search with many draws of noise; here with two draws and ten halvings. The worst case is five steps of "
                + "gradient ascent to a fixed distance."
        ),
        (
            "robustness",
            "Dziugaite et al. look at each pair of settings as an environment, weighted by how surely its networks differ. Here an "
                + "environment is an axis, and pairs count that differ by two standard errors: with two networks a setting each pair of "
                + "settings would be right or wrong by chance."
        ),
        (
            "memorization by canaries",
            "It is no measure of the table: canaries are in no network's data, and only half of the networks have wrong labels. "
                + "docs/evidence/complexity-measures.md looks at the share of wrong labels that those have fitted."
        ),
        (
            "code length",
            "That of the first epoch, in which each batch is predicted before it is trained on. The code of Blier and Ollivier 2018 "
                + "goes on to retrain on growing parts."
        ),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(ComplexityScale scale) =>
        [
            (
                "grid",
                string.Join("; ", scale.Axes.Select(axis => $"{axis.Name} {string.Join(", ", axis.Levels)}"))
                    + $": {scale.Settings().Count} settings, {scale.Draws} networks each. They share their examples and differ in weights, "
                    + "orders and redrawn labels."
            ),
            (
                "training",
                $"{scale.Examples} examples, SGD with momentum 0.9 and a constant step size, until the mean loss of the training "
                    + $"examples is {scale.TargetLoss} nats, at most {scale.Epochs} epochs. Networks that do not reach it are left out. "
                    + "Step sizes, decay and dropout were chosen by whether training reaches the loss, and by time."
            ),
            (
                "measures",
                $"{ComplexityMeasure.All.Count}, of the training examples with their given labels, in float32. γ is the margin that nine "
                    + "tenths of the examples exceed; Z are the weights before the first step."
            ),
            (
                "errors",
                $"Standard deviations over {scale.Resamples} resamples of the settings. A grid's settings are not drawn at random, so they "
                    + "say how much a number hangs on single settings, not how it would be on another grid."
            ),
            (
                "what was seen before",
                "Training errors and times of a few networks; and, after the criteria were written, measures and test errors of eight "
                    + "networks of the grid, of which the two radii of the worst case were chosen. No criterion was changed."
            ),
        ];
}
