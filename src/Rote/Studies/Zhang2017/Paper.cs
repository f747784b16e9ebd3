namespace Rote.Studies.Zhang2017;

/// <summary>A row of Table 1 or Table 4.</summary>
/// <param name="Row">Its number in the table, from 1.</param>
/// <param name="Network">The network's name in this study.</param>
/// <param name="Labels">Whether labels are true or random.</param>
/// <param name="Crop">Random crops.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Augment">Flips and rotations instead of crops (Table 4 alone).</param>
/// <param name="Train">Training accuracy in percent; null if the paper says that training failed to converge.</param>
/// <param name="Test">Test accuracy in percent; null if the table has none.</param>
public sealed record PaperRow(
    int Row,
    string Network,
    LabelKind Labels,
    bool Crop,
    bool WeightDecay,
    bool Augment,
    double? Train,
    double? Test
);

/// <summary>Which labels a row is trained on.</summary>
public enum LabelKind
{
    /// <summary>The labels of the data.</summary>
    True,

    /// <summary>Uniformly random labels.</summary>
    Random,
}

/// <summary>A row of Table 2: ImageNet, Inception V3.</summary>
/// <param name="Id">Its name in the ledger.</param>
/// <param name="Description">What is switched on and off.</param>
/// <param name="Numbers">The paper's numbers, with a note on those known only from the literature.</param>
public sealed record ImageNetRow(string Id, string Description, string Numbers);

/// <summary>A kernel or feature of section 5.</summary>
/// <param name="Id">Its name in the ledger.</param>
/// <param name="Description">What is solved, as the beginning of a sentence.</param>
/// <param name="Error">The paper's test error.</param>
public sealed record KernelRow(string Id, string Description, string Error);

/// <summary>The published numbers of Zhang, Bengio, Hardt, Recht and Vinyals 2017 (arXiv:1611.03530).</summary>
public static class Paper
{
    /// <summary>Test examples of CIFAR-10.</summary>
    public const int TestExamples = 10_000;

    /// <summary>Side of the input images of its small networks, in pixels.</summary>
    public const int Side = 28;

    /// <summary>The networks of this study's version of Figure 1. The paper shows the small Inception in 1a, and all kinds of networks in
    /// 1b and 1c.</summary>
    public static IReadOnlyList<string> Figure1Networks { get; } = ["small-inception", "small-alexnet", "mlp-1x512"];

    /// <summary>Table 1, all 19 rows.</summary>
    public static IReadOnlyList<PaperRow> Table1 { get; } =
    [
        new(1, "small-inception", LabelKind.True, true, true, false, 100.0, 89.05),
        new(2, "small-inception", LabelKind.True, true, false, false, 100.0, 89.31),
        new(3, "small-inception", LabelKind.True, false, true, false, 100.0, 86.03),
        new(4, "small-inception", LabelKind.True, false, false, false, 100.0, 85.75),
        new(5, "small-inception", LabelKind.Random, false, false, false, 100.0, 9.78),
        new(6, "small-inception-no-bn", LabelKind.True, false, true, false, 100.0, 83.00),
        new(7, "small-inception-no-bn", LabelKind.True, false, false, false, 100.0, 82.00),
        new(8, "small-inception-no-bn", LabelKind.Random, false, false, false, 100.0, 10.12),
        new(9, "small-alexnet", LabelKind.True, true, true, false, 99.90, 81.22),
        new(10, "small-alexnet", LabelKind.True, true, false, false, 99.82, 79.66),
        new(11, "small-alexnet", LabelKind.True, false, true, false, 100.0, 77.36),
        new(12, "small-alexnet", LabelKind.True, false, false, false, 100.0, 76.07),
        new(13, "small-alexnet", LabelKind.Random, false, false, false, 99.82, 9.86),
        new(14, "mlp-3x512", LabelKind.True, false, true, false, 100.0, 53.35),
        new(15, "mlp-3x512", LabelKind.True, false, false, false, 100.0, 52.39),
        new(16, "mlp-3x512", LabelKind.Random, false, false, false, 100.0, 10.48),
        new(17, "mlp-1x512", LabelKind.True, false, true, false, 99.80, 50.39),
        new(18, "mlp-1x512", LabelKind.True, false, false, false, 100.0, 50.51),
        new(19, "mlp-1x512", LabelKind.Random, false, false, false, 99.34, 10.61),
    ];

    /// <summary>Table 4 (appendix E): random labels with a regularizer on.</summary>
    public static IReadOnlyList<PaperRow> Table4 { get; } =
    [
        new(1, "small-inception", LabelKind.Random, false, true, false, 100.0, null),
        new(2, "small-alexnet", LabelKind.Random, false, true, false, null, null),
        new(3, "mlp-3x512", LabelKind.Random, false, true, false, 100.0, null),
        new(4, "mlp-1x512", LabelKind.Random, false, true, false, 99.21, null),
        new(5, "small-inception", LabelKind.Random, true, false, false, 99.93, null),
        new(6, "small-inception", LabelKind.Random, false, false, true, 99.28, null),
    ];

    /// <summary>Trainable parameters of its small networks (Table 1).</summary>
    public static IReadOnlyList<(string Network, long Parameters)> Parameters { get; } =
    [
        ("small-inception", 1_649_402),
        ("small-inception-no-bn", 1_649_402),
        ("small-alexnet", 1_387_786),
        ("mlp-3x512", 1_735_178),
        ("mlp-1x512", 1_209_866),
    ];

    /// <summary>Section 5: test errors of minimum-norm solutions.</summary>
    public static IReadOnlyList<KernelRow> Kernels { get; } =
    [
        new("mnist/pixels", "a Gaussian kernel on MNIST's pixels", "1.2 %"),
        new("mnist/gabor", "a kernel on Gabor wavelets of MNIST", "0.6 %"),
        new("cifar10/pixels", "a Gaussian kernel on CIFAR-10's pixels", "46 %"),
        new("cifar10/patches", "a network of random convolutional filters on CIFAR-10", "17 %"),
    ];

    /// <summary>Table 2 and the body text on ImageNet. "As remembered" marks numbers not confirmed from a copy of the paper.</summary>
    public static IReadOnlyList<ImageNetRow> ImageNet { get; } =
    [
        new(
            "true/augmentation+dropout+weight-decay",
            "true labels, augmentation, dropout and weight decay",
            "test top-1 77.84 %, top-5 93.92 % (as remembered)"
        ),
        new("true/augmentation", "true labels, augmentation alone", "test top-1 72.95 %"),
        new("true/weight-decay", "true labels, weight decay alone", "test top-1 67.18 %, top-5 86.44 % (as remembered)"),
        new("true/none", "true labels, no regularizer at all", "test top-1 59.80 %, top-5 80.38 %"),
        new(
            "random/dropout+weight-decay",
            "random labels, dropout and weight decay",
            "training top-1 91.18 % (as remembered; about 90 % in the text)"
        ),
        new("random/weight-decay", "random labels, weight decay", "training top-1 87.81 % (as remembered)"),
        new("random/none", "random labels, no regularizer", "training top-1 95.20 %"),
        new(
            "early-stopping",
            "early stopping could help: best test accuracy on the way against the last",
            "63.16 % against 59.80 % without regularizers (as remembered)"
        ),
    ];
}
