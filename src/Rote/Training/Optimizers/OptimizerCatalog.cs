namespace Rote.Training.Optimizers;

/// <summary>The optimizers that the command knows by name: the names they have in an experiment's record.</summary>
public static class OptimizerCatalog
{
    /// <summary>Names to offer.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sgd", "adam"];

    /// <summary>Finds an optimizer by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The optimizer with its default numbers.</returns>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Optimizer Find(string name) => name switch
    {
        "sgd" => new Sgd(),
        "adam" => new Adam(),
        _ => throw Nearest.Unknown("optimizer", name, Names),
    };
}
