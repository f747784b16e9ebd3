namespace Rote.Studies.Nakkiran2020;

/// <summary>The study's description of itself.</summary>
internal static class NakkiranWords
{
    /// <summary>The differences from the paper.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "networks",
            "Nakkiran et al. train convolutional and residual networks and transformers of growing width; here it is one hidden layer "
                + "of ReLU units."
        ),
        ("data", "They have all of CIFAR-10 and CIFAR-100, and translations; here it is 1,000 pictures of Fashion-MNIST."),
        (
            "label noise",
            "Both redraw a share of the training labels from all classes. Held-out labels, by which networks are stopped here, are "
                + "redrawn too; the paper takes the best epoch of the test set."
        ),
        (
            "the threshold",
            "Their effective model complexity is the number of examples that a procedure fits; here the threshold is the narrowest "
                + "network that fits 99 % of its examples at the last epoch."
        ),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(NakkiranScale scale) =>
        [
            (
                "widths",
                $"{string.Join(", ", scale.Widths)} hidden units; more of them where networks begin to fit, which a few training "
                    + "errors told."
            ),
            (
                "examples",
                $"{scale.Examples} that are trained on, {scale.Examples / 4} that are held out, and {scale.TestExamples} test examples; "
                    + "the same in every draw."
            ),
            (
                "training",
                $"SGD with momentum 0.9, step size 0.02 and 64 examples a step, {scale.Epochs} epochs: enough that wide networks fit."
            ),
            (
                "draws",
                $"{scale.Draws} a seed, of redrawn labels, held-out examples, weights and orders. A number's error is the standard "
                    + "error over them."
            ),
            (
                "what was seen before",
                "Training errors and times of five networks. The criteria were written before the first test error was seen."
            ),
        ];
}
