using Rote.Networks.Plain;

namespace Rote.Studies.Feldman2020;

/// <summary>Networks of one kind, each trained on a random half of the same examples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hidden">Hidden units of each layer.</param>
/// <param name="Networks">Number of networks, a multiple of <see cref="FeldmanScale.GroupSize"/>.</param>
/// <param name="Redrawn">Share of the training labels that are drawn anew from all classes, in [0, 1].</param>
internal sealed record FeldmanKind(string Name, IReadOnlyList<int> Hidden, int Networks, double Redrawn = 0);

/// <summary>The sizes of the study at one scale. <see cref="FeldmanWords.Sizes"/> has the reasons.</summary>
internal sealed record FeldmanScale
{
    /// <summary>Memorization value from which an example counts as memorized, as in the paper.</summary>
    public const double MemorizedAt = 0.25;

    /// <summary>Influence from which a pair counts as one of high influence, as in the paper.</summary>
    public const double InfluentialAt = 0.15;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Number of training examples n: the first ones.</summary>
    public required int Examples { get; init; }

    /// <summary>Number of test examples: the first ones.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Hidden units of the usual networks.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>Hidden units of the networks of another architecture.</summary>
    public required IReadOnlyList<int> OtherHidden { get; init; }

    /// <summary>Number of usual networks, a multiple of <see cref="GroupSize"/> and at least twice <see cref="FewerNetworks"/>.</summary>
    public required int Networks { get; init; }

    /// <summary>Number of networks of each other kind, a multiple of <see cref="GroupSize"/>.</summary>
    public required int FewerNetworks { get; init; }

    /// <summary>Networks of a group: errors are those over groups.</summary>
    public required int GroupSize { get; init; }

    /// <summary>Number of networks that are trained without some examples, at each threshold.</summary>
    public required int Removals { get; init; }

    /// <summary>Epochs of every network.</summary>
    public required int Epochs { get; init; }

    /// <summary>Memorization values from which examples are left out, ascending; the first is <see cref="MemorizedAt"/>.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [MemorizedAt, 0.5, 0.75];

    /// <summary>The networks that most claims are about.</summary>
    public FeldmanKind Usual => new("usual", Hidden, Networks);

    /// <summary>Networks of another depth and width.</summary>
    public FeldmanKind Other => new("other architecture", OtherHidden, FewerNetworks);

    /// <summary>Networks of which a twentieth of the labels is drawn anew.</summary>
    public FeldmanKind Wrong => new("wrong labels", Hidden, FewerNetworks, 0.05);

    /// <summary>How the linear models on fixed features are trained.</summary>
    public PlainRecipe LinearRecipe =>
        new()
        {
            Hidden = [],
            Rate = 0.1,
            Batch = 50,
            Margin = 0,
            Share = 1,
            MostEpochs = Epochs,
        };

    /// <summary>All scales.</summary>
    public static IReadOnlyList<FeldmanScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "Some hundred drawn pictures and networks of a few units, to see that everything works.",
            Data = "shapes",
            Examples = 200,
            TestExamples = 300,
            Hidden = [16],
            OtherHidden = [12, 12],
            Networks = 40,
            FewerNetworks = 20,
            GroupSize = 2,
            Removals = 2,
            Epochs = 12,
        },
        new()
        {
            Name = "laptop",
            Purpose = "1,402 small networks on 5,000 pictures of Fashion-MNIST: twenty minutes.",
            Data = "fashion-mnist",
            Examples = 5000,
            TestExamples = 10_000,
            Hidden = [128],
            OtherHidden = [64, 64, 64],
            Networks = 1000,
            FewerNetworks = 200,
            GroupSize = 20,
            Removals = 12,
            Epochs = 30,
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">No scale has that name.</exception>
    public static FeldmanScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);
}
