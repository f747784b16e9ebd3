using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>When a measured number bears a claim out. Stated before anything is measured, with its reason.</summary>
/// <param name="Why">Why this bound and no other, in a sentence.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AtLeast), "at-least")]
[JsonDerivedType(typeof(AtMost), "at-most")]
[JsonDerivedType(typeof(Within), "within")]
[JsonDerivedType(typeof(Above), "above")]
public abstract record Criterion(string Why)
{
    /// <summary>Whether the number bears the claim out.</summary>
    /// <param name="measured">The number and its error. NaN and infinity, a time that was never reached, bear nothing out.</param>
    /// <returns>True or false; an unknown error (NaN) counts as 0.</returns>
    public abstract bool Holds(Estimate measured);
}

/// <summary>The number itself is no smaller.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Why">Why this bound.</param>
public sealed record AtLeast(double Bound, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => double.IsFinite(measured.Value) && measured.Value >= Bound;
}

/// <summary>The number itself is no larger.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Why">Why this bound.</param>
public sealed record AtMost(double Bound, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => measured.Value <= Bound;
}

/// <summary>The number itself is no further away, in either direction.</summary>
/// <param name="Center">What is expected, in the claim's unit.</param>
/// <param name="Tolerance">How far away it may be, at least 0.</param>
/// <param name="Why">Why so far.</param>
public sealed record Within(double Center, double Tolerance, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) => Math.Abs(measured.Value - Center) <= Tolerance;
}

/// <summary>The number is larger beyond its error.</summary>
/// <param name="Bound">The bound, in the claim's unit.</param>
/// <param name="Errors">By how many standard errors, at least 0.</param>
/// <param name="Why">Why this bound.</param>
public sealed record Above(double Bound, double Errors, string Why) : Criterion(Why)
{
    /// <inheritdoc/>
    public override bool Holds(Estimate measured) =>
        double.IsFinite(measured.Value)
        && measured.Value - (double.IsNaN(measured.StandardError) ? 0 : Errors * measured.StandardError) > Bound;
}
