namespace Rote.Studies.BenignKernels;

/// <summary>The study's description of itself.</summary>
internal static class BenignWords
{
    /// <summary>The number of classes of every scale's data.</summary>
    public const int Classes = 10;

    /// <summary>The differences from the papers.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "data",
            "Belkin et al. fit up to a million examples of six real sets and two synthetic ones; here it is up to 8,000 pictures of "
                + "Fashion-MNIST. Nagarajan and Kolter measure norms on MNIST."
        ),
        (
            "label noise",
            "A share of the training labels is drawn anew from all ten classes, so that 9 % are wrong at 10 %. Errors are against true "
                + "labels."
        ),
        (
            "descent",
            "Belkin et al. count epochs of EigenPro on batches; here iterations of the same preconditioned descent on all examples, in "
                + "closed form."
        ),
        (
            "theorem 1",
            "It is about smooth kernels and labels of which a share stays noise; that it holds of the Laplacian kernel is not claimed by "
                + "it. laplacian/norm-noise and laplacian/bound-grows ask it all the same."
        ),
        (
            "spheres",
            "Their network has 100,000 hidden units and up to 65,000 points; here it is 4,000 units and 4,096 points, with a step size of "
                + "1 instead of 0.1."
        ),
        (
            "networks",
            "Theirs have five layers of 1,024 units and train to a margin of 10; here it is three hidden layers of 256 units and a smaller "
                + "margin."
        ),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(BenignScale scale) =>
        [
            (
                "kernels",
                $"{string.Join(", ", scale.KernelSizes)} training examples, {scale.TestExamples} test examples and {scale.ChoiceExamples} "
                    + $"others to choose bandwidth and ridge on; the descent has {scale.PathExamples} training examples. One Cholesky "
                    + "factor serves all sizes."
            ),
            (
                "linear classifier",
                $"{string.Join(", ", scale.LinearSizes)} examples with noise in {BenignScale.LinearRatio} times as many dimensions."
            ),
            (
                "spheres",
                $"{string.Join(", ", scale.SphereSizes)} points in {scale.SphereDimension} dimensions. Width and step size were chosen for "
                    + "time and training error. A control in three dimensions was dropped before it was judged: no network fitted there in "
                    + "3,000 epochs."
            ),
            (
                "networks",
                $"{string.Join(", ", scale.NetworkSizes)} examples, SGD with {scale.NetworkRecipe.Batch} a step until "
                    + $"{100 * scale.NetworkRecipe.Share:0} % have a margin above {scale.NetworkRecipe.Margin:0.#}. Step size and margin "
                    + "were chosen for time and training error."
            ),
            (
                "draws",
                $"{scale.Draws} draws a seed of examples, labels and weights. A number's error is the standard error over the draws; "
                    + "examples of two draws may overlap."
            ),
            (
                "what was seen before",
                "Training errors and times of networks at a seed that is not used here. The criteria were written before the first look at "
                    + "a test error, a norm or a kernel, and did not change. In the first run the networks on the data had a step size of "
                    + "0.03: one of 1,024 examples diverged to a training error of 79 %, so the four claims on them failed. The step size "
                    + "is 0.01 since then, for this reason alone."
            ),
        ];
}
