namespace Rote.Studies.Nakkiran2020;

/// <summary>The sizes of the study at one scale. <see cref="NakkiranWords.Sizes"/> has the reasons.</summary>
internal sealed record NakkiranScale
{
    /// <summary>Share of the labels that are drawn anew where there is noise.</summary>
    public const double Noise = 0.2;

    /// <summary>Share of the examples that are held out, to stop by.</summary>
    public const double HeldOut = 0.2;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>n, the number of examples that are trained on, an even number; a quarter as many more are held out.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Networks of each kind and seed; they differ in their own seed.</summary>
    public required int Draws { get; init; }

    /// <summary>Hidden units, ascending; at least four.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>The epochs of every network.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs between two evaluations.</summary>
    public required int EvaluateEvery { get; init; }

    /// <summary>All scales.</summary>
    public static IReadOnlyList<NakkiranScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "Networks of a few units on drawn pictures, to see that everything works.",
            Data = "shapes",
            Examples = 80,
            TestExamples = 100,
            Draws = 1,
            Widths = [1, 4, 16, 32],
            Epochs = 20,
            EvaluateEvery = 4,
        },
        new()
        {
            Name = "laptop",
            Purpose = "Perceptrons of 1 to 512 units on 1,000 pictures of Fashion-MNIST: five minutes on two cores.",
            Data = "fashion-mnist",
            Examples = 1000,
            TestExamples = 2000,
            Draws = 3,
            Widths = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32, 64, 128, 256, 512],
            Epochs = 600,
            EvaluateEvery = 4,
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static NakkiranScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);
}
