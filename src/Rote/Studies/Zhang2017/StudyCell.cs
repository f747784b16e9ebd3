using Rote.Corruptions;

namespace Rote.Studies.Zhang2017;

/// <summary>What one run of the study is, as the paper would name it; the scale says how large it is.</summary>
/// <param name="Network">A name of <see cref="StudyScale.Networks"/>.</param>
/// <param name="Corruption">What is destroyed in the data.</param>
public sealed record StudyCell(string Network, Corruption Corruption)
{
    /// <summary>Weight decay, with the network's coefficient.</summary>
    public bool WeightDecay { get; init; }

    /// <summary>Random 28×28 windows of the 32×32 picture instead of its middle.</summary>
    public bool Crop { get; init; }

    /// <summary>Horizontal flips and rotations by up to 25 degrees.</summary>
    public bool Augment { get; init; }

    /// <summary>Test accuracy after every epoch, for what is said of its course.</summary>
    public bool WithTestCurve { get; init; }

    /// <summary>What is changed in the optimization; null: nothing.</summary>
    public string? Variation { get; init; }
}
