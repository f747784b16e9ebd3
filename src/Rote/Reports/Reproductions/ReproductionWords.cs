using Rote.Studies.Claims;
using Rote.Studies.Zhang2017;

namespace Rote.Reports.Reproductions;

/// <summary>The study's sentences, chosen by its numbers.</summary>
internal static class ReproductionWords
{
    /// <summary>How many of how many, at which scale.</summary>
    public static string Count(Reproduction result)
    {
        var ledger = result.Ledger;
        var sentence = $"{ledger.Count(Verdict.Reproduced)} of the {ledger.Judged} claims that were looked at are reproduced at the scale '{result.ScaleName}' with {Numbers.Count(result.Seeds, "seed")}";
        var left = ledger.Count(Verdict.NotRunAtThisScale);
        var failed = ledger.Count(Verdict.NotRun);
        return $"{sentence}; {ledger.Count(Verdict.NotReproduced)} are not"
            + (left > 0 ? $"; {left} more need another scale or other data" : "")
            + (failed > 0 ? $"; {failed} came to nothing because a run failed" : "") + ".";
    }

    /// <summary>What the scale leaves out.</summary>
    public static string Caution(Reproduction result) => result.ScaleName == "smoke"
        ? "This scale exists to run every path of the code. Its verdicts say nothing about the paper: the data is drawn by Rote, and the networks are small."
        : result.Scale.Purpose;

    /// <summary>Claims that are not reproduced, or of which nothing is known because a run failed, each with its sentence.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="verdict">Which of the two.</param>
    public static IEnumerable<(string Id, string Sentence)> Failures(Reproduction result, Verdict verdict) => result.Ledger.Findings
        .Where(finding => finding.Verdict == verdict)
        .Select(finding => (finding.Claim.Id, finding.Note ?? $"{finding.Claim.Statement}: {Text(ClaimNumbers.Measured(finding))}, expected {ClaimNumbers.Criterion(finding.Claim)}. {finding.Claim.Criterion.Why}"));

    /// <summary>What is not as in the paper, or not known to be, and why.</summary>
    public static IEnumerable<(string Thing, string Sentence)> Differences(Reproduction result) =>
    [
        ("not given", "The paper gives neither batch size, number of epochs, initial weights, the coefficient of weight decay nor the constants of AlexNet's normalization. Those here stand under 'Sizes', or in the network's documentation."),
        ("step sizes", "Where they are not the paper's 0.1 and 0.01 × 0.95, 'Sizes' says why; they were chosen on training accuracy alone."),
        .. result.Scale.Networks.Values.Any(network => network.Examples is not null)
            ? new[] { ("examples", "The convolutional networks see a part of the training set: they fit it sooner, know less afterwards, and a class has fewer examples to agree on, so that the lead of true labels over random ones is smaller.") }
            : [],
        ("end of training", "Training ends when 99.95 % of the training examples are right, not after a number of epochs. A network that is trained on may test a little better."),
        ("without batch norm", "The small Inception without batch norm starts with He's weights, because with the start of the other networks it did not get away from chance on random labels."),
        ("Gaussian pixels", "Mean and variance are taken over all values of the training images; the paper does not say whether it takes them per channel."),
        ("precision", "Products are computed in bfloat16 where the processor has it; docs/performance.md compares it with float32."),
    ];

    private static string Text(TableCell cell) => cell.Error.Length > 0 ? $"{cell.Text} {cell.Error}" : cell.Text;
}
