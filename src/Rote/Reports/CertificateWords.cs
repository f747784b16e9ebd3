using Rote.Control;
using Rote.Measurement;

namespace Rote.Reports;

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
        var measured = $"Memorization is {audit.Memorization:F2} ({audit.Low:F2} to {audit.High:F2}) on {audit.Canaries} canaries that training never looked at, and {control.Memorization:F2} on the {control.Canaries} that "
            + (certificate.Asked is null ? "it may look at." : "steered it.");
        return certificate.Asked is { } asked
            ? $"Asked: {asked:0.##}. {measured} {(certificate.IsReached == true ? "Reached." : "Not reached.")}"
            : measured;
    }
}
