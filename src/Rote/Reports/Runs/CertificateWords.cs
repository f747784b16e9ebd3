using Rote.Evaluation;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Recipes;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>Writes the certificate of a run in words.</summary>
public static class CertificateWords
{
    /// <summary>Says what was asked for, and what the canaries show.</summary>
    /// <param name="certificate">The certificate of a finished run.</param>
    /// <returns>One or two sentences.</returns>
    public static string Of(Certificate certificate)
    {
        var (heldOut, steering) = (certificate.HeldOut, certificate.Steering);
        var measured =
            $"Memorization is {heldOut.Memorization:F2} ({heldOut.Low:F2} to {heldOut.High:F2}) on {heldOut.Canaries} held-out canaries, "
            + $"and {steering.Memorization:F2} on the "
            + (certificate.Asked is null ? $"other {steering.Canaries}." : $"{steering.Canaries} that steered it.");
        var privacy = certificate.Privacy is { } known ? $" {Privacy(known)}" : "";
        return certificate.Asked is { } asked
            ? $"Asked: {Numbers.Degree(asked)}. {measured} {Verdict(asked, certificate)}{privacy}"
            : $"{measured}{privacy}";
    }

    /// <summary>Says before training what will be known of a degree of memorization.</summary>
    /// <param name="outlook">What the canaries can show.</param>
    /// <returns>A sentence.</returns>
    public static string Before(CanaryOutlook outlook) =>
        $"{outlook.Canaries} canaries are held out for the certificate: if memorization comes out at "
        + $"{Numbers.Degree(outlook.Degree)}, its 95 % interval is about {outlook.Low:F2} to {outlook.High:F2}"
        + (outlook.Degree > 0 && !outlook.IsToldFromZero ? ", which does not tell it from 0." : ".");

    /// <summary>Says before training what will be known of the degrees that can be set afterwards.</summary>
    /// <param name="outlook">What all canaries can show.</param>
    /// <returns>A sentence.</returns>
    public static string BeforeAdjustable(CanaryOutlook outlook) =>
        $"{outlook.Canaries} canaries set the degrees: at {Numbers.Degree(outlook.Degree)} the 95 % interval is about {outlook.Low:F2} to "
        + $"{outlook.High:F2}.";

    /// <summary>Says what is ruled out, and that this is no guarantee.</summary>
    private static string Privacy(CertifiedPrivacy privacy) =>
        $"{Numbers.Count(privacy.LeftOut)} more canaries were left out of training: of {Numbers.Count(privacy.Guesses)} guesses which were "
        + $"trained on {Numbers.Count(privacy.Right)} are right. "
        + (
            privacy.EpsilonAtLeast > 0
                ? $"That rules out ε-differential privacy of this training for every ε below {privacy.EpsilonAtLeast:F2} (95 %), and "
                    + "guarantees nothing above."
                : "That rules out no ε, and guarantees none."
        );

    private static string Verdict(double asked, Certificate certificate) =>
        certificate.IsReached != true ? "Not reached."
        : asked > 0 && certificate.HeldOut.Low == 0 ? "Reached, as far as so few canaries can say: they do not tell it from 0."
        : "Reached.";

    /// <summary>Compares training without the dial to a run with it.</summary>
    /// <param name="dial">The run with the dial, with canaries.</param>
    /// <param name="plain">The run without it, with the same canaries.</param>
    /// <returns>A sentence that does not begin with a capital letter.</returns>
    public static string Baseline(RunSummary dial, RunSummary plain)
    {
        var (low, high) = plain.Canaries!.HeldOut.Interval;
        return $"memorization {plain.Canaries.HeldOut.Value:F2} ({low:F2} to {high:F2}); held out {Accuracy(plain.HeldOutAccuracy())} "
            + $"instead of {Accuracy(dial.HeldOutAccuracy())}, "
            + $"test {Accuracy(plain.TestAccuracy())} instead of {Accuracy(dial.TestAccuracy())}.";
    }

    /// <summary>Says how many labels are wrong.</summary>
    /// <param name="noise">The estimate.</param>
    /// <returns>A sentence.</returns>
    public static string Noise(NoiseRate noise) =>
        noise.IsLevel
            ? $"Of the labels of the examples held out an estimated {Accuracy(noise.Share)} are wrong, if easy and hard examples are "
                + $"labelled wrong alike."
            : $"Of the labels of the examples held out at most an estimated {Accuracy(noise.Share)} are wrong: these networks are wrong "
                + $"themselves where they are sure, and cannot say it better.";

    /// <summary>Says what removing the canaries changed.</summary>
    /// <param name="stripped">The network without the canaries.</param>
    /// <returns>Two sentences.</returns>
    public static string Stripped(StrippedNetwork stripped)
    {
        var (planted, test) = (stripped.Planted, stripped.Test);
        return $"Without the canaries, after {Numbers.Count(stripped.Epochs, "more epoch")}: it predicts {Numbers.Count(planted.After)} of "
            + $"the {Numbers.Count(stripped.Canaries)} planted labels instead of {Numbers.Count(planted.Before)}, "
            + $"and for {Accuracy(stripped.Agreement())} of the other training examples the same class as before. Test "
            + $"{Accuracy(Estimate.Share(test.After, stripped.TestCount))} instead of "
            + $"{Accuracy(Estimate.Share(test.Before, stripped.TestCount))}.";
    }

    private static string Accuracy(Estimate? share) => share is { } known ? Numbers.PercentWithError(known) : "not measured";
}
