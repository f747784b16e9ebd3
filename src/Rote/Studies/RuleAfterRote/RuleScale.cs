namespace Rote.Studies.RuleAfterRote;

/// <summary>The sizes of the study at one scale. Why they are these: <see cref="RuleWords.Sizes"/>.</summary>
internal sealed record RuleScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>p.</summary>
    public required int Modulus { get; init; }

    /// <summary>Units of each hidden layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>Every number of epochs is divided by this.</summary>
    public int Shortened { get; init; } = 1;

    /// <summary>Epochs between two evaluations.</summary>
    public int EvaluateEvery { get; init; } = 20;

    /// <summary>The modulus of the dial's pairs, which must be more; null: no dial.</summary>
    public int? DialModulus { get; init; }

    /// <summary>Canaries that are watched.</summary>
    public required int Watched { get; init; }

    /// <summary>Canaries that only the end may see.</summary>
    public required int KeptApart { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleScale> All { get; } =
    [
        new()
        {
            Name = "smoke",
            Purpose = "A tiny table and few epochs, to see that everything works.",
            Data = "modular-addition-11",
            Modulus = 11,
            Hidden = [32, 32],
            Shortened = 20,
            EvaluateEvery = 5,
            Watched = 2,
            KeptApart = 2,
        },
        new()
        {
            Name = "laptop",
            Purpose = "Sums modulo 41 and a network of 32,425 weights: about a minute of one core a seed.",
            Data = "modular-addition",
            Modulus = 41,
            Hidden = [128, 128],
            DialModulus = 127,
            Watched = 28,
            KeptApart = 27,
        },
    ];

    /// <summary>Finds a scale by name.</summary>
    /// <exception cref="InputException">There is none by that name.</exception>
    public static RuleScale Find(string name) =>
        All.FirstOrDefault(scale => scale.Name == name) ?? throw Nearest.Unknown("scale", name, [.. All.Select(scale => scale.Name)]);

    /// <summary>Pairs that are trained on.</summary>
    /// <param name="share">Of all pairs, above 0 and at most the share that the data trains on.</param>
    public int Pairs(double share) => (int)Math.Round(share * Modulus * Modulus, MidpointRounding.AwayFromZero);
}
