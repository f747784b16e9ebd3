namespace Rote.Studies.RuleAfterRote;

/// <summary>The study's description of itself.</summary>
internal static class RuleWords
{
    /// <summary>The differences from the papers.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Differences { get; } =
    [
        (
            "network",
            "Power et al. train a small transformer on tables modulo 97 and on permutations, Doshi et al. networks of one hidden layer "
                + "with a squared loss modulo 97. Here it is an MLP with two hidden layers of ReLU and cross-entropy modulo 41, so that a "
                + "run takes seconds."
        ),
        (
            "steps",
            "Every step sees all pairs, so an epoch is one step. Their delays are counted in steps of batches and are longer, because "
                + "their tables are harder and their decay is smaller."
        ),
        ("inputs", "Each pair is two vectors with a single 1. They are not standardized: they enter the network as 0 and 1."),
        (
            "pruning",
            "Doshi et al. order units by all of their weights. Of two hidden layers only the first has weights over the numbers "
                + "themselves, so its units are ordered and cut, by the weights that come in."
        ),
        (
            "the dial",
            "To know m to ± 0.07 it needs 446 canaries, and those a table of 9,390 training pairs: the dial alone is run modulo 127, in "
                + "batches of 512, for 80 epochs of 21 steps."
        ),
        ("own claims", "Claims whose source is 'Rote' stand in no paper: they ask whether this program's own measures hold here."),
    ];

    /// <summary>The sizes and their reasons.</summary>
    public static IReadOnlyList<(string Thing, string Sentence)> Sizes(RuleScale scale) =>
        [
            (
                "network and recipe",
                $"MLP with hidden layers of {string.Join(" and ", scale.Hidden)} units, AdamW with a constant step of 0.003, found by "
                    + $"trying on one seed that weight decay 1 finds the rule in less than 1,000 epochs."
            ),
            .. RuleCell.All.Select(cell =>
                (
                    cell.Name,
                    $"Weight decay {cell.Decay}, {Math.Max(1, cell.Epochs / scale.Shortened):N0} epochs, evaluated every "
                        + $"{scale.EvaluateEvery}."
                )
            ),
            (
                "what was seen before",
                "Before the criteria were written single runs of seeds 1 and 11 had been looked at: they chose epochs, decays, the share "
                    + "of units that is cut and the levels 50 % and 99 %. Seeds 2 and 3 had not been run."
            ),
        ];
}
