using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>Decides whether a measured number supports a claim. It is stated before anything is measured, with its reason.</summary>
/// <param name="Why">Why this bound, in a sentence.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AtLeast), "at-least")]
[JsonDerivedType(typeof(AtMost), "at-most")]
[JsonDerivedType(typeof(Within), "within")]
[JsonDerivedType(typeof(Above), "above")]
public abstract record Criterion(string Why)
{
    /// <summary>Whether the number supports the claim.</summary>
    /// <param name="measured">The number and its error. NaN and infinity (a time that was never reached) support nothing.</param>
    /// <returns>True if it does; an unknown error (NaN) counts as 0.</returns>
    public abstract bool Holds(Estimate measured);
}

/// <summary>The number is at least the bound, whatever its error.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Why">Why this bound.</param>
public sealed record AtLeast(double Bound, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => double.IsFinite(measured.Value) && measured.Value >= Bound;
}

/// <summary>The number is at most the bound, whatever its error.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Why">Why this bound.</param>
public sealed record AtMost(double Bound, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => measured.Value <= Bound;
}

/// <summary>The number is within a tolerance of the expected one, whatever its error.</summary>
/// <param name="Center">The expected number, in the claim's unit.</param>
/// <param name="Tolerance">The largest allowed distance, at least 0.</param>
/// <param name="Why">Why this tolerance.</param>
public sealed record Within(double Center, double Tolerance, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => Math.Abs(measured.Value - Center) <= Tolerance;
}

/// <summary>The number exceeds the bound by more than its error.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Errors">The number of standard errors, at least 0.</param>
/// <param name="Why">Why this bound.</param>
public sealed record Above(double Bound, double Errors, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) =>
        double.IsFinite(measured.Value)
        && measured.Value - (double.IsNaN(measured.StandardError) ? 0 : Errors * measured.StandardError) > Bound;
}
