using Rote.Cli.Doctor;

namespace Rote.Cli.Documents;

/// <summary>Whether this machine has what Rote needs. Sizes are in bytes, rates in GFLOP/s.</summary>
/// <param name="Status">The worst of the checks.</param>
/// <param name="Checks">What was looked at, in order.</param>
/// <param name="Findings">What was seen, before any judgement.</param>
internal sealed record DoctorDocument(CheckStatus Status, IReadOnlyList<Check> Checks, Findings Findings);
