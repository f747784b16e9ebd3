namespace Rote.Studies.ComplexityMeasures;

/// <summary>The sizes of the study at one scale. <see cref="ComplexityWords.Sizes"/> has the reasons.</summary>
internal sealed record ComplexityScale
{
    /// <summary>The place of the label noise among the axes.</summary>
    public const int NoiseAxis = 6;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The number of training examples.</summary>
    public required int Examples { get; init; }

    /// <summary>Networks a setting and seed; they differ in their own seed alone.</summary>
    public required int Draws { get; init; }

    /// <summary>The mean cross-entropy of the training examples at which training stops, in nats.</summary>
    public required double TargetLoss { get; init; }

    /// <summary>The most epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Units of each hidden layer.</summary>
    public required IReadOnlyList<double> Widths { get; init; }

    /// <summary>Hidden layers.</summary>
    public required IReadOnlyList<double> Depths { get; init; }

    /// <summary>Examples a step.</summary>
    public required IReadOnlyList<double> Batches { get; init; }

    /// <summary>Step sizes.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Weight decays.</summary>
    public required IReadOnlyList<double> Decays { get; init; }

    /// <summary>Dropouts.</summary>
    public required IReadOnlyList<double> Dropouts { get; init; }

    /// <summary>Shares of the labels that are drawn anew.</summary>
    public required IReadOnlyList<double> Noises { get; init; }

    /// <summary>Resamples of settings, which errors come from.</summary>
    public int Resamples { get; init; } = 300;

    /// <summary>The fewest networks that must reach the loss.</summary>
    public required int Fewest { get; init; }

    /// <summary>The axes, in the order of levels; label noise is the last one.</summary>
    public IReadOnlyList<GridAxis> Axes =>
        [
            new("width", Widths),
            new("depth", Depths),
            new("batch", Batches),
            new("step size", Rates),
            new("weight decay", Decays),
            new("dropout", Dropouts),
            new("label noise", Noises),
        ];

    /// <summary>All scales.</summary>
    public static IReadOnlyList<ComplexityScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "A few networks of a few units on drawn pictures, to see that everything works.",
            Data = "shapes",
            Examples = 200,
            Draws = 2,
            TargetLoss = 0.5,
            Epochs = 200,
            Widths = [32, 64],
            Depths = [1],
            Batches = [16, 32],
            Rates = [0.01],
            Decays = [0],
            Dropouts = [0],
            Noises = [0, 0.2],
            Resamples = 100,
            Fewest = 8,
        },
        new()
        {
            Name = "laptop",
            Purpose = "576 perceptrons on 2,000 pictures of Fashion-MNIST, trained to one loss: half an hour on two cores.",
            Data = "fashion-mnist",
            Examples = 2000,
            Draws = 2,
            TargetLoss = 0.05,
            Epochs = 300,
            Widths = [96, 192, 384],
            Depths = [1, 2, 3],
            Batches = [32, 128],
            Rates = [0.01, 0.02],
            Decays = [0, 0.0002],
            Dropouts = [0, 0.2],
            Noises = [0, 0.2],
            Fewest = 300,
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static ComplexityScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);

    /// <summary>Every combination of the axes' levels.</summary>
    /// <returns>Each with its level on each axis; the last axis changes fastest.</returns>
    public IReadOnlyList<int[]> Settings()
    {
        IEnumerable<int[]> settings =
        [
            [],
        ];
        foreach (var axis in Axes)
        {
            settings = settings.SelectMany(setting => Enumerable.Range(0, axis.Levels.Count).Select(level => (int[])[.. setting, level]));
        }

        return [.. settings];
    }
}
