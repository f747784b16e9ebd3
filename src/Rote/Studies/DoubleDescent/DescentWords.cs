namespace Rote.Studies.DoubleDescent;

/// <summary>The study's description of itself.</summary>
internal static class DescentWords
{
    /// <summary>The differences from the papers.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "data",
            "Belkin et al. fit 10,000 pictures of MNIST, and more sets in their appendix; here it is a few hundred pictures in colour."
        ),
        (
            "features",
            "Their Fourier features have a sine and a cosine; here each is one cosine with a random shift, so that N counts weights of a "
                + "class in both."
        ),
        (
            "label noise",
            "A fifth of the labels is drawn anew from all classes, so that with ten classes 18 % are wrong. Nakkiran et al. 2020 do "
                + "this with trained networks; their claims are asked of random features here, and none of a trained network."
        ),
        ("ridge", "The ridge is chosen by its loss on held-out examples, never on those that errors are measured on."),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(DescentScale scale) =>
        [
            (
                "examples and features",
                $"{scale.Examples} examples, as many features as {string.Join(", ", scale.Percents)} percent of them; {scale.TestExamples} "
                    + "test examples, and as many to choose a ridge on. So small that a singular value decomposition takes seconds."
            ),
            (
                "draws",
                $"{scale.Draws} draws a seed of examples, labels and features. A number's error is the standard error over the draws; "
                    + "training examples of two draws may overlap."
            ),
            ("bandwidth", "The Gaussian kernel of two examples at the median distance is exp(-1). It was not tuned."),
            ("what was seen before", "Nothing: the criteria were written before the first run on this data."),
        ];
}
