namespace Rote.Studies.Feldman2020;

/// <summary>The study's description of itself.</summary>
internal static class FeldmanWords
{
    /// <summary>The differences from the paper.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "data and networks",
            "The paper has ResNet-50 on ImageNet and CIFAR-100, and a smaller network on MNIST. Here it is a fully connected network with "
                + "one hidden layer on a part of Fashion-MNIST."
        ),
        (
            "halves",
            "The paper's networks are trained on 70 % of the examples each, these on a random half. An example is then left out by as "
                + "many networks as have it, which makes the error smallest; but the networks know less."
        ),
        (
            "wrong labels",
            "The paper finds mislabeled examples by eye. Here a twentieth of the labels is drawn anew for networks of their own, so that "
                + "wrong ones are known."
        ),
        (
            "leaving out",
            "The paper leaves out examples at many thresholds; here it is three, and as many random examples each time. These networks are "
                + "trained in one process, because no plan can name them before the others have run."
        ),
        (
            "look alike",
            "The paper shows pairs to the reader. Here the distance between whitened pixels ranks the training examples of a class."
        ),
        (
            "the last layer",
            "The paper trains the last layer of a network whose other layers have seen every example. last-layer/unseen asks the same of "
                + "features that have seen none of them."
        ),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(FeldmanScale scale) =>
        [
            (
                "examples",
                $"The first {scale.Examples:N0} training examples and the first {scale.TestExamples:N0} test examples. Pairs of high "
                    + "influence need about a thousand networks, and twice as many examples would take twice the time."
            ),
            (
                "networks",
                $"{scale.Networks} networks with hidden layers of {string.Join(" and ", scale.Hidden)} units; {scale.FewerNetworks} with "
                    + $"{string.Join(", ", scale.OtherHidden)}, and {scale.FewerNetworks} with wrong labels. SGD with momentum 0.9, one "
                    + $"cycle up to 0.05, 50 a step, {scale.Epochs} epochs: chosen by time and training error."
            ),
            (
                "linear models",
                $"{scale.Networks} on the features of a network trained on all examples, {scale.FewerNetworks} on those of one trained on "
                    + "as many others; SGD with a constant step of 0.1, 50 a step, until all is fitted or the epochs are over."
            ),
            (
                "errors",
                $"± is the standard error over groups of {scale.GroupSize} networks (jackknife), of counts over examples or pairs, and of "
                    + $"test accuracies over {scale.Removals} networks."
            ),
            (
                "what was seen before",
                "Times, training errors, and test errors of single networks (about 17 %). A trial with 40 networks chose the step of the "
                    + "linear models by their training error; of its other results nothing was looked at, nor any value of memorization "
                    + "or influence on this data, before the criteria were written."
            ),
        ];
}
