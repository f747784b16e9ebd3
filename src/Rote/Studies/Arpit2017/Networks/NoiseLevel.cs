namespace Rote.Studies.Arpit2017.Networks;

/// <summary>What noise replaces.</summary>
internal enum NoiseKind
{
    /// <summary>Labels, by uniformly drawn ones ("randY" in the paper).</summary>
    Labels,

    /// <summary>Inputs, by Gaussian numbers; the labels stay ("randX" in the paper).</summary>
    Inputs,
}

/// <summary>How much of a training set is noise.</summary>
/// <param name="Kind">What noise replaces.</param>
/// <param name="Share">Share of the training examples, in [0, 1].</param>
internal sealed record NoiseLevel(NoiseKind Kind, double Share)
{
    /// <summary>No noise.</summary>
    public static NoiseLevel Real { get; } = new(NoiseKind.Labels, 0);

    /// <summary>Every label is drawn.</summary>
    public static NoiseLevel RandomLabels { get; } = new(NoiseKind.Labels, 1);

    /// <summary>Every input is drawn.</summary>
    public static NoiseLevel RandomInputs { get; } = new(NoiseKind.Inputs, 1);

    /// <summary>Its name for a legend, as "40 % random labels".</summary>
    public string Title() =>
        Share == 0 ? "real data"
        : Share == 1 ? $"random {Kind.ToString().ToLowerInvariant()}"
        : $"{100 * Share:0} % random {Kind.ToString().ToLowerInvariant()}";
}
