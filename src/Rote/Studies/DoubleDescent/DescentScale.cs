using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>The sizes of the study at one scale. <see cref="DescentWords.Sizes"/> has the reasons.</summary>
internal sealed record DescentScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The number of training examples n, even.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples, and of the held-out examples on which ridges are chosen.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Draws of examples, labels and features per seed.</summary>
    public required int Draws { get; init; }

    /// <summary>N/n in percent; must contain 100, and numbers below and above it.</summary>
    public required IReadOnlyList<int> Percents { get; init; }

    /// <summary>Share of redrawn labels in the fits with label noise.</summary>
    public const double Noise = 0.2;

    /// <summary>Ridges that are tried, besides none.</summary>
    public static IReadOnlyList<double> Ridges { get; } = [1e-3, 1e-2, 1e-1, 1, 10];

    /// <summary>All scales.</summary>
    public static IReadOnlyList<DescentScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "Sixty drawn pictures, to see that everything works.",
            Data = "shapes",
            Examples = 60,
            TestExamples = 100,
            Draws = 2,
            Percents = [20, 50, 100, 200, 800],
        },
        new()
        {
            Name = "laptop",
            Purpose = "500 pictures of CIFAR-10 and up to 10,000 features, five draws a seed: minutes, nothing is trained.",
            Data = "cifar10",
            Examples = 500,
            TestExamples = 1000,
            Draws = 5,
            Percents = [4, 8, 15, 25, 40, 60, 80, 90, 100, 110, 125, 150, 200, 400, 800, 2000],
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static DescentScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);

    /// <summary>Returns N for a percentage of n.</summary>
    public static int Features(int examples, int percent) => Math.Max(1, examples * percent / 100);

    /// <summary>Returns the fits of one draw: all N for n examples, and those with N/n from 50 to 200 % for n/2 examples.</summary>
    /// <param name="map">What a feature computes.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draw">The index of the draw.</param>
    public SweepOptions Sweep(FeatureMap map, long seed, int draw) =>
        new()
        {
            Data = Data,
            Map = map,
            Cells =
            [
                .. Percents.Select(percent => new SweepCell(Examples, Features(Examples, percent))),
                .. Percents
                    .Where(percent => percent is >= 50 and <= 200)
                    .Select(p => new SweepCell(Examples / 2, Features(Examples / 2, p))),
            ],
            Noises = [0, Noise],
            Ridges = [0, .. Ridges],
            TestExamples = TestExamples,
            Seed = seed,
            Draw = draw,
        };
}
