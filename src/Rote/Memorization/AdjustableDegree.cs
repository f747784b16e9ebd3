namespace Rote.Memorization;

/// <summary>One degree of memorization that two mixed networks can be set to.</summary>
/// <param name="Degree">The degree m asked for, in [0, 1].</param>
/// <param name="Share">a, the share of the network that memorizes all: logits are (1 − a) · low + a · high. In [−1, 1]; below 0 the first
/// network is moved away from the second.</param>
/// <param name="Canaries">m on all canaries at that share, with its 95 % interval for labels that were not counted.</param>
/// <param name="HeldOutCorrect">Held-out examples whose given label is predicted.</param>
/// <param name="TestCorrect">Test examples whose true label is predicted.</param>
public sealed record AdjustableDegree(double Degree, double Share, CertifiedDegree Canaries, int HeldOutCorrect, int TestCorrect);
