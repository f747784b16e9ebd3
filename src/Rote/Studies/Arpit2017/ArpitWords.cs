namespace Rote.Studies.Arpit2017;

/// <summary>The study's description of itself.</summary>
internal static class ArpitWords
{
    /// <summary>The differences from the paper.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "data",
            "The paper has MNIST and CIFAR-10, whole sets for most figures; here it is a thousand or a few pictures of Fashion-MNIST."
        ),
        (
            "networks",
            "Here every network has one hidden layer of ReLU units and is trained by SGD of constant step size. The paper has such "
                + "networks for MNIST, and convolutional ones for CIFAR-10."
        ),
        (
            "pictures",
            "Averages of 2×2 pixels, 14×14 numbers for Fashion-MNIST, as the paper's MNIST of section 3.2; shifted and scaled to mean 0 "
                + "and deviation 1 over all numbers."
        ),
        (
            "noise",
            "A random label is drawn from all classes, so that a tenth of them is right by chance. A random input is Gaussian with the "
                + "mean and variance of all numbers; its label stays."
        ),
        (
            "loss-sensitivity",
            "The derivative of the loss by an example goes through all steps of training that used it, as in the paper; here the example's "
                + "own term of the loss counts too. It is averaged over a few horizons, not over every step."
        ),
        (
            "critical samples",
            "The search takes the signs of the gradient of the margin instead of the loss, and a box that is larger than the paper's, "
                + "because few examples of so small networks are critical in that."
        ),
        (
            "regularizers",
            "Dropout, input dropout, Gaussian noise on inputs, weight decay and adversarial training (fast gradient sign). Noise on hidden "
                + "units and combinations are left out. All train for equally many epochs."
        ),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(ArpitScale scale) =>
        [
            (
                "easy examples",
                $"{scale.EasyNetworks} networks of each kind of data, trained for an epoch of {scale.EasyExamples} examples; the first "
                    + $"{scale.Examples} are watched."
            ),
            (
                "loss-sensitivity",
                $"{scale.Examples} examples, {scale.SensitivityRecipe.Hidden[0]} units, horizons of "
                    + $"{string.Join(", ", scale.Horizons)} epochs."
            ),
            (
                "capacity",
                $"{string.Join(", ", scale.Units)} units on {scale.Examples} examples, and {scale.SizeUnits} units on "
                    + $"{string.Join(", ", scale.Sizes)}; at most {scale.CapacityRecipe.Epochs} epochs. The smallest width whose "
                    + "time to fit is "
                    + "compared was chosen because every kind of data was fitted in a trial at another seed."
            ),
            (
                "courses",
                $"{scale.CourseRecipe.Hidden[0]} units, {scale.CourseRecipe.Epochs} epochs. Critical samples: {scale.CriticalExamples} "
                    + $"test examples, {scale.Search.Iterations} steps, half the side of the box {scale.Search.Radius} deviations; "
                    + "chosen because neither none nor all were critical for real data, at another seed."
            ),
            ("regularizers", $"{scale.RegularizerRecipe.Hidden[0]} units, {scale.RegularizerRecipe.Epochs} epochs, five strengths each."),
            (
                "draws",
                $"{scale.Draws} draws a seed of examples, noise and weights. A number's error is the standard error over the draws; "
                    + "examples of two draws may overlap, as they come from one set."
            ),
            (
                "what was seen before",
                "Training accuracies and times of one draw at seed 77, which is not used, and there the critical sample ratio of "
                    + "real data; and the verdicts at the scale smoke, on other data. The criteria were written before anything "
                    + "else was looked at, and did not change."
            ),
        ];
}
