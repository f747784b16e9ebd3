namespace Rote.Training.Optimizers;

/// <summary>The optimizers that the command knows by name: the names they have in an experiment's record.</summary>
public static class OptimizerCatalog
{
    private static readonly string[] BuiltIn = ["sgd", "adam", "adamw"];

    private static readonly Additions<Optimizer> Added = new("optimizer", name => BuiltIn.Any(taken => taken.Split('[')[0] == name));

    /// <summary>Names to offer.</summary>
    public static IReadOnlyList<string> Names => [.. BuiltIn, .. Added.Names];

    /// <summary>Finds an optimizer by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The optimizer with its default numbers.</returns>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Optimizer Find(string name) =>
        name switch
        {
            "sgd" => new Sgd(),
            "adam" => new Adam(),
            "adamw" => new AdamW(),
            _ => Added.Find(name) ?? throw Nearest.Unknown("optimizer", name, Names),
        };

    /// <summary>Adds an optimizer of another assembly, which then has a name as these have; see samples/Extending.</summary>
    /// <typeparam name="TMember">A record, whose public properties are its numbers.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens; the name in an experiment's record too.</param>
    /// <param name="create">Makes it from the number in <c>name=NUMBER</c>; null where the user gives none.</param>
    /// <exception cref="ArgumentException">The name is none, or is taken.</exception>
    public static void Register<TMember>(string name, Func<double?, TMember> create)
        where TMember : Optimizer => Added.Add(name, create);
}
