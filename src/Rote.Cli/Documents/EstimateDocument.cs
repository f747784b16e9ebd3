using Rote.Measurement;

namespace Rote.Cli.Documents;

/// <summary>A measured number with its error. JSON has no NaN: an error that is not known is left out.</summary>
/// <param name="Value">The number, in the unit of the measure; a share is in [0, 1].</param>
/// <param name="StandardError">Its standard error in the same unit, at least 0; null where one sample gives none.</param>
/// <param name="Samples">How many independent observations it rests on: runs, or examples for a binomial share.</param>
internal sealed record EstimateDocument(double Value, double? StandardError, int Samples)
{
    /// <summary>An estimate for programs.</summary>
    /// <param name="estimate">The estimate.</param>
    public static EstimateDocument Of(Estimate estimate) =>
        new(estimate.Value, double.IsFinite(estimate.StandardError) ? estimate.StandardError : null, estimate.Samples);

    /// <summary>An estimate for programs; null for none.</summary>
    /// <param name="estimate">The estimate.</param>
    public static EstimateDocument? Of(Estimate? estimate) => estimate is { } known ? Of(known) : null;
}
