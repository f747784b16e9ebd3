using Rote.Storage;

namespace Rote.Cli.Documents;

/// <summary>A run whose network has forgotten examples.</summary>
/// <param name="Run">The new run's folder.</param>
/// <param name="Identity">SHA-256 of its experiment, lower-case hexadecimal.</param>
/// <param name="Forgotten">What forgetting changed.</param>
internal sealed record ForgetDocument(string Run, string Identity, ForgottenExamples Forgotten);
