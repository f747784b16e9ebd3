using Rote.Data.Shapes;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Studies.ImageNetSized;

/// <summary>The sizes of the study at one scale. <see cref="SizedWords.Sizes"/> has the reasons.</summary>
internal sealed record SizedScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Number of training pictures.</summary>
    public required int Examples { get; init; }

    /// <summary>Hidden units.</summary>
    public required int Width { get; init; }

    /// <summary>Examples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Epochs at most.</summary>
    public required int Epochs { get; init; }

    /// <summary>Largest step size.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How a gradient becomes a step. Default SGD with momentum 0.9.</summary>
    public Optimizer Optimizer { get; init; } = new Sgd();

    /// <summary>How the step size changes. Default a cosine to 0.</summary>
    public Schedule Schedule { get; init; } = new CosineSchedule();

    /// <summary>Threads of a network. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Number of test pictures.</summary>
    public int TestExamples => ManyShapes.TestOf(Examples);

    /// <summary>Number of weights and biases.</summary>
    public long Parameters => ((long)Width * (SizedPlan.Inputs + 1)) + ((Width + 1L) * ManyShapes.Classes);

    /// <summary>All scales.</summary>
    public static IReadOnlyList<SizedScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "2,000 pictures and 64 units, to see that everything works.",
            Examples = 2000,
            Width = 64,
            BatchSize = 64,
            Epochs = 20,
            LearningRate = 0.1,
        },
        new()
        {
            Name = "laptop",
            Purpose = "A sixteenth of everything but the labels: 80,000 pictures and 512 units, a few minutes on two cores.",
            Examples = 80_000,
            Width = 512,
            BatchSize = 256,
            Epochs = 60,
            LearningRate = 0.2,
        },
        new()
        {
            Name = "quarter",
            Purpose = "A quarter of everything but the labels: 320,000 pictures and 2,048 units, a quarter of an hour on two cores.",
            Examples = 320_000,
            Width = 2048,
            BatchSize = 1024,
            Epochs = 32,
            LearningRate = 0.002,
            Optimizer = new Adam(),
            Schedule = new OneCycleSchedule(),
            Threads = 2,
        },
        new()
        {
            Name = "full",
            Purpose =
                "As many pictures and labels as ImageNet has, 1,281,167 and 1,000: three hours and more on two cores, in as many sittings "
                + "as it takes.",
            Examples = 1_281_167,
            Width = 8192,
            BatchSize = 2048,
            Epochs = 32,
            LearningRate = 0.001,
            Optimizer = new Adam(),
            Schedule = new OneCycleSchedule(),
            Threads = 2,
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static SizedScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);
}
