using Rote.Corruptions;

namespace Rote.Studies.RuleAfterRote;

/// <summary>One kind of run of the study; the scale gives its size.</summary>
/// <param name="Name">Its name, as "weight decay 1".</param>
/// <param name="Decay">The weight decay coefficient.</param>
/// <param name="Epochs">Full-batch steps, before the scale shortens them.</param>
internal sealed record RuleCell(string Name, double Decay, int Epochs)
{
    /// <summary>The corruption of the labels.</summary>
    public Corruption Corruption { get; init; } = new TrueLabels();

    /// <summary>Share of all pairs to train on; null: all training pairs, 70 %.</summary>
    public double? Share { get; init; }

    /// <summary>Whether canaries are planted and watched.</summary>
    public bool WithCanaries { get; init; }

    /// <summary>No weight decay.</summary>
    public static RuleCell NoDecay { get; } = new("no weight decay", 0, 2000);

    /// <summary>The baseline of the comparisons.</summary>
    public static RuleCell Usual { get; } = new("weight decay 1", 1, 1200);

    /// <summary>Twice the weight decay.</summary>
    public static RuleCell Twice { get; } = new("weight decay 2", 2, 800);

    /// <summary>Labels without a rule.</summary>
    public static RuleCell NoRule { get; } = new("random labels", 1, 400) { Corruption = new RandomLabels() };

    /// <summary>Fewer pairs, the largest share first; <see cref="Usual"/> has 70 %.</summary>
    public static IReadOnlyList<RuleCell> Fewer { get; } =
    [
        new("60 % of the pairs", 1, 1600) { Share = 0.6 },
        new("50 % of the pairs", 1, 2500) { Share = 0.5 },
        new("40 % of the pairs", 1, 1600) { Share = 0.4 },
    ];

    /// <summary>A tenth of the labels redrawn, with a weight decay that keeps the wrong ones memorized.</summary>
    public static RuleCell Both { get; } =
        new("weight decay 4, wrong labels", 4, 1600) { Corruption = new PartiallyCorruptedLabels { Probability = 0.1 } };

    /// <summary>The same with a weight decay that unlearns them.</summary>
    public static RuleCell Unlearning { get; } =
        new("weight decay 8, wrong labels", 8, 1200) { Corruption = new PartiallyCorruptedLabels { Probability = 0.1 } };

    /// <summary>A twentieth of the labels redrawn, a twentieth of the pairs canaries: compares m on canaries with the truth.</summary>
    public static RuleCell Watched { get; } =
        new("weight decay 8, canaries", 8, 1200)
        {
            Corruption = new PartiallyCorruptedLabels { Probability = 0.05 },
            WithCanaries = true,
        };

    /// <summary>All cells.</summary>
    public static IReadOnlyList<RuleCell> All { get; } = [NoDecay, Usual, Twice, NoRule, .. Fewer, Both, Unlearning, Watched];
}
