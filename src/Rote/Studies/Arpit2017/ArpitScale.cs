using Rote.Measurement;
using Rote.Studies.Arpit2017.Networks;

namespace Rote.Studies.Arpit2017;

/// <summary>The sizes of the study at one scale. <see cref="ArpitWords.Sizes"/> has the reasons.</summary>
internal sealed record ArpitScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Draws of examples, noise and networks per seed.</summary>
    public required int Draws { get; init; }

    /// <summary>The number of training examples, except where something else is said.</summary>
    public required int Examples { get; init; }

    /// <summary>The number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The number of training examples of the networks that are trained for one epoch.</summary>
    public required int EasyExamples { get; init; }

    /// <summary>The number of such networks of each kind of data.</summary>
    public required int EasyNetworks { get; init; }

    /// <summary>How they are trained.</summary>
    public required SmallRecipe EasyRecipe { get; init; }

    /// <summary>How the networks are trained whose loss is differentiated through training.</summary>
    public required SmallRecipe SensitivityRecipe { get; init; }

    /// <summary>Numbers of epochs, ascending, after which their loss is differentiated.</summary>
    public required IReadOnlyList<int> Horizons { get; init; }

    /// <summary>How networks of several widths are trained.</summary>
    public required SmallRecipe CapacityRecipe { get; init; }

    /// <summary>Their numbers of hidden units, ascending, at least three.</summary>
    public required IReadOnlyList<int> Units { get; init; }

    /// <summary>Numbers of training examples, ascending, for the time to fit.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The number of hidden units for all sizes.</summary>
    public int SizeUnits => Units[^2];

    /// <summary>How the networks are trained whose course is followed.</summary>
    public required SmallRecipe CourseRecipe { get; init; }

    /// <summary>Epochs after which critical samples are searched for, ascending.</summary>
    public required IReadOnlyList<int> CriticalAt { get; init; }

    /// <summary>The number of examples to search around.</summary>
    public required int CriticalExamples { get; init; }

    /// <summary>The box and the search.</summary>
    public required CriticalSearch Search { get; init; }

    /// <summary>How networks are trained under regularizers.</summary>
    public required SmallRecipe RegularizerRecipe { get; init; }

    /// <summary>Share of noise that widths and sizes are compared at.</summary>
    public const double MuchNoise = 0.8;

    /// <summary>Kinds of data for widths and sizes.</summary>
    public static IReadOnlyList<NoiseLevel> CapacityLevels { get; } =
    [
        NoiseLevel.Real,
        new(NoiseKind.Inputs, 0.4),
        new(NoiseKind.Inputs, MuchNoise),
        new(NoiseKind.Labels, 0.4),
        new(NoiseKind.Labels, MuchNoise),
    ];

    /// <summary>Shares of random labels that the paper follows.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.2, 0.4, 0.6, 0.8];

    /// <summary>Kinds of data whose course is followed.</summary>
    public static IReadOnlyList<NoiseLevel> CourseLevels { get; } =
    [
        NoiseLevel.Real,
        .. Shares.Select(share => new NoiseLevel(NoiseKind.Labels, share)),
        NoiseLevel.RandomLabels,
        .. Shares.Select(share => new NoiseLevel(NoiseKind.Inputs, share)),
        NoiseLevel.RandomInputs,
    ];

    /// <summary>Plain SGD, and every kind of regularizer in several strengths.</summary>
    public static IReadOnlyList<Regularizer> Regularizers { get; } =
    [
        .. Strengths(RegularizerKind.Adversarial, 0.02, 0.05, 0.1, 0.2, 0.4),
        .. Strengths(RegularizerKind.Dropout, 0.1, 0.3, 0.5, 0.7, 0.9),
        .. Strengths(RegularizerKind.InputDropout, 0.1, 0.3, 0.5, 0.7, 0.9),
        .. Strengths(RegularizerKind.InputNoise, 0.1, 0.2, 0.4, 0.8, 1.6),
        .. Strengths(RegularizerKind.WeightDecay, 0.001, 0.003, 0.01, 0.03, 0.1),
        Regularizer.None,
    ];

    /// <summary>All scales.</summary>
    public static IReadOnlyList<ArpitScale> All { get; } = [Smoke(), Laptop()];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static ArpitScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);

    /// <summary>The networks of one epoch in a draw.</summary>
    public EasyOptions Easy(long seed, int draw) =>
        new()
        {
            Pictures = Pictures(EasyExamples, seed, draw),
            Watched = Examples,
            Networks = EasyNetworks,
            Recipe = EasyRecipe,
        };

    /// <summary>The loss-sensitivities of a draw.</summary>
    public SensitivityOptions Sensitivity(long seed, int draw) =>
        new()
        {
            Pictures = Pictures(Examples, seed, draw),
            Recipe = SensitivityRecipe,
            Horizons = Horizons,
        };

    /// <summary>The widths and sizes of a draw.</summary>
    public CapacityOptions Capacity(long seed, int draw) =>
        new()
        {
            Pictures = Pictures(Math.Max(Examples, Sizes[^1]), seed, draw),
            Levels = CapacityLevels,
            Units = Units,
            Examples = Examples,
            Sizes = Sizes,
            SizeUnits = SizeUnits,
            Recipe = CapacityRecipe,
        };

    /// <summary>The courses of a draw.</summary>
    public CourseOptions Course(long seed, int draw) =>
        new()
        {
            Pictures = Pictures(Examples, seed, draw),
            Levels = CourseLevels,
            Recipe = CourseRecipe,
            CriticalAt = CriticalAt,
            CriticalExamples = CriticalExamples,
            Search = Search,
        };

    /// <summary>The regularizers in a draw.</summary>
    public RegularizerOptions Regularized(long seed, int draw) =>
        new()
        {
            Pictures = Pictures(Examples, seed, draw),
            Recipe = RegularizerRecipe,
            Regularizers = Regularizers,
        };

    private PictureOptions Pictures(int examples, long seed, int draw) =>
        new()
        {
            Data = Data,
            Examples = examples,
            TestExamples = TestExamples,
            Seed = seed,
            Draw = draw,
        };

    private static IEnumerable<Regularizer> Strengths(RegularizerKind kind, params double[] strengths) =>
        strengths.Select(strength => new Regularizer(kind, strength));

    private static ArpitScale Smoke() =>
        new()
        {
            Name = "smoke",
            Purpose = "A hundred drawn pictures and networks of a few units, to see that everything works.",
            Data = "shapes",
            Draws = 2,
            Examples = 100,
            TestExamples = 100,
            EasyExamples = 200,
            EasyNetworks = 10,
            EasyRecipe = Recipe([16], 0.05, 1),
            SensitivityRecipe = Recipe([16], 0.05, 4),
            Horizons = [2, 4],
            CapacityRecipe = Recipe([], 0.05, 60),
            Units = [8, 32, 128],
            Sizes = [50, 100],
            CourseRecipe = Recipe([32], 0.05, 20),
            CriticalAt = [1, 20],
            CriticalExamples = 20,
            Search = new CriticalSearch { Radius = Radius, Iterations = 10 },
            RegularizerRecipe = Recipe([32], 0.05, 10),
        };

    private static ArpitScale Laptop() =>
        new()
        {
            Name = "laptop",
            Purpose = "Networks of one hidden layer on a thousand pictures of Fashion-MNIST, five draws a seed: ten minutes.",
            Data = "fashion-mnist",
            Draws = 5,
            Examples = 1000,
            TestExamples = 1000,
            EasyExamples = 4000,
            EasyNetworks = 100,
            EasyRecipe = Recipe([256], 0.01, 1),
            SensitivityRecipe = Recipe([128], 0.1, 40),
            Horizons = [8, 16, 24, 32, 40],
            CapacityRecipe = Recipe([], 0.02, 500),
            Units = [32, 64, 128, 256, 512, 1024, 2048],
            Sizes = [250, 500, 1000, 2000],
            CourseRecipe = Recipe([512], 0.05, 100),
            CriticalAt = [1, 2, 5, 10, 20, 50, 100],
            CriticalExamples = 500,
            Search = new CriticalSearch { Radius = Radius, Iterations = 50 },
            RegularizerRecipe = Recipe([512], 0.05, 100),
        };

    /// <summary>Half the side of the box of critical samples, in deviations of the inputs.</summary>
    private const double Radius = 0.03;

    private static SmallRecipe Recipe(IReadOnlyList<int> hidden, double rate, int epochs) =>
        new()
        {
            Hidden = hidden,
            Rate = rate,
            Batch = 20,
            Epochs = epochs,
        };
}
