using Rote.Corruptions;

namespace Rote.Studies.Zhang2017;

/// <summary>One kind of run of the study, in the paper's terms; the scale gives its size.</summary>
/// <param name="Network">A name of <see cref="StudyScale.Networks"/>.</param>
/// <param name="Corruption">The corruption of the data.</param>
public sealed record StudyCell(string Network, Corruption Corruption)
{
    /// <summary>Weight decay, with the network's coefficient.</summary>
    public bool WeightDecay { get; init; }

    /// <summary>Random 28×28 crops of the 32×32 image instead of the centre crop.</summary>
    public bool Crop { get; init; }

    /// <summary>Horizontal flips and rotations by up to 25 degrees.</summary>
    public bool Augment { get; init; }

    /// <summary>Whether to measure test accuracy every <see cref="NetworkPlan.TestEvery"/> epochs, for claims about its course.</summary>
    public bool WithTestCurve { get; init; }

    /// <summary>The change of the optimization; null: none.</summary>
    public string? Variation { get; init; }
}
