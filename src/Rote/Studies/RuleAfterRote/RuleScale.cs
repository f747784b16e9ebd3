namespace Rote.Studies.RuleAfterRote;

/// <summary>The sizes of the study at one scale. <see cref="RuleWords.Sizes"/> has the reasons.</summary>
internal sealed record RuleScale
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The modulus p.</summary>
    public required int Modulus { get; init; }

    /// <summary>Units of each hidden layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>The divisor of every number of epochs.</summary>
    public int Shortened { get; init; } = 1;

    /// <summary>Epochs between two evaluations.</summary>
    public int EvaluateEvery { get; init; } = 20;

    /// <summary>The modulus of the dial's pairs, of which it needs more; null: no dial.</summary>
    public int? DialModulus { get; init; }

    /// <summary>Number of steering canaries.</summary>
    public required int Watched { get; init; }

    /// <summary>Number of held-out canaries, which are evaluated only at the end.</summary>
    public required int KeptApart { get; init; }

    /// <summary>All scales.</summary>
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
    /// <exception cref="InputException">No scale has that name.</exception>
    public static RuleScale Find(string name) => Nearest.Named("scale", name, All, scale => scale.Name);

    /// <summary>Returns the number of training pairs.</summary>
    /// <param name="share">Share of all pairs, above 0 and at most the training share of the data.</param>
    public int Pairs(double share) => (int)Math.Round(share * Modulus * Modulus, MidpointRounding.AwayFromZero);
}
