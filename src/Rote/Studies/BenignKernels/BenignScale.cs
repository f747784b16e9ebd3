using Rote.Networks.Plain;
using Rote.Studies.BenignKernels.Networks;
using Rote.Theory.KernelCurves;
using Rote.Theory.UniformConvergence;

namespace Rote.Studies.BenignKernels;

/// <summary>The sizes of the study at one scale. <see cref="BenignWords.Sizes"/> has the reasons.</summary>
internal sealed record BenignScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Draws of examples, labels and networks per seed.</summary>
    public required int Draws { get; init; }

    /// <summary>The number of test examples, and of test points on the spheres.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The number of other test examples, on which bandwidths and ridges are chosen.</summary>
    public required int ChoiceExamples { get; init; }

    /// <summary>Numbers of training examples of the kernels, ascending, at least four.</summary>
    public required IReadOnlyList<int> KernelSizes { get; init; }

    /// <summary>The number of training examples of the descent's path.</summary>
    public required int PathExamples { get; init; }

    /// <summary>Eigendirections that the descent's preconditioner treats as one.</summary>
    public required int Directions { get; init; }

    /// <summary>Numbers of training examples of the linear classifier.</summary>
    public required IReadOnlyList<int> LinearSizes { get; init; }

    /// <summary>Numbers of training points on the spheres, ascending.</summary>
    public required IReadOnlyList<int> SphereSizes { get; init; }

    /// <summary>The dimension of the spheres' space.</summary>
    public required int SphereDimension { get; init; }

    /// <summary>How the networks on the spheres are trained.</summary>
    public required PlainRecipe SphereRecipe { get; init; }

    /// <summary>Numbers of training examples of the networks whose norms are measured, ascending.</summary>
    public required IReadOnlyList<int> NetworkSizes { get; init; }

    /// <summary>How those networks are trained.</summary>
    public required PlainRecipe NetworkRecipe { get; init; }

    /// <summary>Share of redrawn labels of the claims on norms and bounds.</summary>
    public const double SomeNoise = 0.1;

    /// <summary>Share of redrawn labels of the comparison with a ridge.</summary>
    public const double MuchNoise = 0.3;

    /// <summary>Dimensions of the linear classifier's noise for each training example.</summary>
    public const int LinearRatio = 500;

    /// <summary>Shares of redrawn labels; with 1 all labels are random.</summary>
    public static IReadOnlyList<double> Noises { get; } = [0, SomeNoise, MuchNoise, 0.5, 1];

    /// <summary>Ridges that are tried.</summary>
    public static IReadOnlyList<double> Ridges { get; } = [0.1, 1, 10];

    /// <summary>All scales.</summary>
    public static IReadOnlyList<BenignScale> All { get; } = [Smoke(), Laptop()];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static BenignScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);

    /// <summary>The curve of a kernel in a draw.</summary>
    public KernelCurveOptions Curve(KernelShape kernel, long seed, int draw) =>
        new()
        {
            Task = Task(kernel, KernelSizes[^1], seed, draw),
            Sizes = KernelSizes,
            Noises = Noises,
            Ridges = [0, .. Ridges],
        };

    /// <summary>The descent of a kernel in a draw.</summary>
    public KernelPathOptions Path(KernelShape kernel, long seed, int draw) =>
        new()
        {
            Task = Task(kernel, PathExamples, seed, draw),
            Noises = Noises,
            Directions = Directions,
        };

    /// <summary>The linear classifier of m examples in a draw.</summary>
    public static LinearOptions Linear(int examples, long seed, int draw) => new(examples, LinearRatio * examples, seed, draw);

    /// <summary>The network on m points of the spheres in a draw.</summary>
    public SphereOptions Sphere(int examples, long seed, int draw) =>
        new()
        {
            Examples = examples,
            TestExamples = TestExamples,
            Dimension = SphereDimension,
            Recipe = SphereRecipe,
            Seed = seed,
            Draw = draw,
        };

    /// <summary>The network of m examples in a draw.</summary>
    public NormOptions Network(int examples, long seed, int draw) =>
        new()
        {
            Data = Data,
            Examples = examples,
            TestExamples = TestExamples,
            Recipe = NetworkRecipe,
            Seed = seed,
            Draw = draw,
        };

    private KernelTask Task(KernelShape kernel, int examples, long seed, int draw) =>
        new()
        {
            Data = Data,
            Kernel = kernel,
            Examples = examples,
            TestExamples = TestExamples,
            ChoiceExamples = ChoiceExamples,
            Seed = seed,
            Draw = draw,
        };

    private static BenignScale Smoke() =>
        new()
        {
            Name = "smoke",
            Purpose = "A hundred drawn pictures and networks of a few units, to see that everything works.",
            Data = "shapes",
            Draws = 2,
            TestExamples = 100,
            ChoiceExamples = 50,
            KernelSizes = [20, 40, 60, 120],
            PathExamples = 60,
            Directions = 8,
            LinearSizes = [5, 10],
            SphereSizes = [20, 40],
            SphereDimension = 50,
            SphereRecipe = Spheres([64], 200),
            NetworkSizes = [20, 40, 60],
            NetworkRecipe = Networks([32, 32], 500) with { Margin = 0.5 },
        };

    private static BenignScale Laptop() =>
        new()
        {
            Name = "laptop",
            Purpose = "Kernels on up to 8,000 pictures of Fashion-MNIST and small networks, three draws a seed: four minutes.",
            Data = "fashion-mnist",
            Draws = 3,
            TestExamples = 2000,
            ChoiceExamples = 500,
            KernelSizes = [250, 500, 1000, 2000, 4000, 8000],
            PathExamples = 2000,
            Directions = 160,
            LinearSizes = [25, 50, 100, 200],
            SphereSizes = [256, 512, 1024, 2048, 4096],
            SphereDimension = 1000,
            SphereRecipe = Spheres([4000], 1000),
            NetworkSizes = [128, 256, 512, 1024],
            NetworkRecipe = Networks([256, 256, 256], 1000),
        };

    private static PlainRecipe Spheres(IReadOnlyList<int> hidden, int epochs) =>
        new()
        {
            Hidden = hidden,
            Rate = 1,
            Batch = 64,
            Margin = 0,
            Share = 1,
            MostEpochs = epochs,
        };

    private static PlainRecipe Networks(IReadOnlyList<int> hidden, int epochs) =>
        new()
        {
            Hidden = hidden,
            Rate = 0.01,
            Batch = 1,
            Margin = 5,
            Share = 0.99,
            MostEpochs = epochs,
        };
}
