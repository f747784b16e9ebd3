namespace Rote.Memorization;

/// <summary>One degree of memorization that two networks can be set to.</summary>
/// <param name="Degree">The degree m asked for, in [0, 1].</param>
/// <param name="Opening">How far the gate to the network that memorizes all is open, in [−1, 1]: it answers where it is at least 1 −
/// opening sure; below 0 the logits of the other one are moved away from its.</param>
/// <param name="Canaries">m on all canaries at that opening, with its 95 % interval for labels that were not counted.</param>
/// <param name="HeldOutCorrect">Held-out examples whose given label is predicted.</param>
/// <param name="TestCorrect">Test examples whose true label is predicted.</param>
/// <param name="MemorizedCount">Training examples, no canaries, whose given label is predicted although it is known to be wrong; null:
/// none is known.</param>
public sealed record AdjustableDegree(
    double Degree,
    double Opening,
    CertifiedDegree Canaries,
    int HeldOutCorrect,
    int TestCorrect,
    int? MemorizedCount = null
);
