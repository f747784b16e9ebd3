namespace Rote.Training.Losses;

/// <summary>The losses that the command knows by name: the names they have in an experiment's record.</summary>
public static class LossCatalog
{
    /// <summary>Names to offer; a number in brackets may be given.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cross-entropy", "gce[=0.7]", "elr[=3]"];

    /// <summary>Finds a loss by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>: <c>gce=Q</c> the exponent of the generalized cross-entropy, <c>elr=L</c> the strength of early-learning regularization.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="InputException">The name is not known, or its number is out of range.</exception>
    public static Loss Find(string name) => NamedValue.Of("loss", name) switch
    {
        ("cross-entropy", null) => new CrossEntropy(),
        ("gce", null) => new GeneralizedCrossEntropy(),
        ("gce", { } q) => new GeneralizedCrossEntropy { Q = q },
        ("elr", null) => new EarlyLearningRegularization(),
        ("elr", { } strength) => new EarlyLearningRegularization { Strength = strength },
        _ => throw Nearest.Unknown("loss", name, Names),
    };
}
