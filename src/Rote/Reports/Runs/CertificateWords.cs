using Rote.Control;
using Rote.Measurement;
using Rote.Runs;

namespace Rote.Reports.Runs;

/// <summary>The certificate of a run in words.</summary>
public static class CertificateWords
{
    /// <summary>What was asked for, and what the canaries say.</summary>
    /// <param name="summary">The canaries of a finished run.</param>
    /// <returns>One or two sentences.</returns>
    public static string Of(CanarySummary summary)
    {
        var certificate = Certificate.Of(summary, "", distrusted: null);
        var (audit, control) = (certificate.Audit, certificate.Control);
        var measured = $"Memorization is {audit.Memorization:F2} ({audit.Low:F2} to {audit.High:F2}) on {audit.Canaries} canaries kept apart, and {control.Memorization:F2} on the {control.Canaries} that "
            + (certificate.Asked is null ? "it may look at." : "steered it.");
        return certificate.Asked is { } asked
            ? $"Asked: {asked:0.##}. {measured} {(certificate.IsReached == true ? "Reached." : "Not reached.")}"
            : measured;
    }

    /// <summary>What training without the dial came to, beside a run of it.</summary>
    /// <param name="dial">The run of the dial, with canaries.</param>
    /// <param name="plain">The other, with the same canaries.</param>
    /// <returns>A sentence that does not begin with a capital letter.</returns>
    public static string Baseline(RunSummary dial, RunSummary plain)
    {
        var (low, high) = plain.Canaries!.Audit.Interval;
        return $"memorization {plain.Canaries.Audit.Value:F2} ({low:F2} to {high:F2}); held out {Accuracy(plain.HeldOutAccuracy())} instead of {Accuracy(dial.HeldOutAccuracy())}, "
            + $"test {Accuracy(plain.TestAccuracy())} instead of {Accuracy(dial.TestAccuracy())}.";
    }

    private static string Accuracy(Estimate? share) => share is { } known ? Numbers.PercentWithError(known) : "not measured";
}
