namespace Rote.Training.Losses;

/// <summary>The losses that the command knows by name: the names they have in an experiment's record.</summary>
public static class LossCatalog
{
    private static readonly string[] BuiltIn = ["cross-entropy", "gce[=0.7]", "elr[=3]", "selc[=0.2]", "sop[=10]"];

    private static readonly Additions<Loss> Added = new("loss", name => BuiltIn.Any(taken => taken.Split('[')[0] == name));

    /// <summary>Names to offer; a number in brackets may be given.</summary>
    public static IReadOnlyList<string> Names => [.. BuiltIn, .. Added.Names];

    /// <summary>Finds a loss by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>: <c>gce=Q</c> the exponent of the generalized cross-entropy, <c>elr=L</c> the strength
    /// of early-learning regularization, <c>selc=S</c> the share of the epochs after which self-ensemble label correction begins,
    /// <c>sop=R</c> the step size of u in sparse over-parameterization.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="InputException">The name is not known, or its number is out of range.</exception>
    public static Loss Find(string name) =>
        NamedValue.Of("loss", name) switch
        {
            ("cross-entropy", null) => new CrossEntropy(),
            ("gce", null) => new GeneralizedCrossEntropy(),
            ("gce", { } q) => new GeneralizedCrossEntropy { Q = q },
            ("elr", null) => new EarlyLearningRegularization(),
            ("elr", { } strength) => new EarlyLearningRegularization { Strength = strength },
            ("selc", null) => new SelfEnsembleLabelCorrection(),
            ("selc", { } start) => new SelfEnsembleLabelCorrection { Start = start },
            ("sop", null) => new SparseOverparameterization(),
            ("sop", { } rate) => new SparseOverparameterization { RateOfU = rate },
            _ => Added.Find(name) ?? throw Nearest.Unknown("loss", name, Names),
        };

    /// <summary>Adds a loss of another assembly, which then has a name as these have; see samples/Extending.</summary>
    /// <typeparam name="TMember">A record, whose public properties are its numbers.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens; the name in an experiment's record too.</param>
    /// <param name="create">Makes it from the number in <c>name=NUMBER</c>; null where the user gives none.</param>
    /// <exception cref="ArgumentException">The name is none, or is taken.</exception>
    public static void Register<TMember>(string name, Func<double?, TMember> create)
        where TMember : Loss => Added.Add(name, create);
}
