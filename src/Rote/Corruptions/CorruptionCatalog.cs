using System.Globalization;

namespace Rote.Corruptions;

/// <summary>The corruptions by name; the command and an experiment's record use the same names.</summary>
public static class CorruptionCatalog
{
    private const string Partial = "corrupted-labels";
    private const string Pairs = "pair-flipped-labels";
    private const string Random = "random-labels";

    private static readonly string[] OfPixels = ["shuffled-pixels", "random-pixels", "gaussian-pixels"];

    private static readonly Additions<Corruption> Added = new(
        "corruption",
        name => OfPixels.Contains(name) || OfLabels!.Any(taken => taken.Split('=')[0] == name)
    );

    /// <summary>All names. In <c>corrupted-labels=P</c>, P is the probability that a label is redrawn; <c>random-labels=K</c> draws from
    /// the first K classes only; in <c>pair-flipped-labels=P</c>, P is the probability that a label becomes the next class.</summary>
    public static IReadOnlyList<string> Names => [.. OfLabels, .. OfPixels, .. Added.Names];

    /// <summary>The names of those that leave pictures unchanged.</summary>
    public static IReadOnlyList<string> OfLabels { get; } = ["true-labels", Random, $"{Random}=K", $"{Partial}=P", $"{Pairs}=P"];

    /// <summary>Finds a corruption by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>, with a number in [0, 1] for P and a whole number from 2 for K.</param>
    /// <returns>The corruption.</returns>
    /// <exception cref="InputException">The name is unknown, or its number is out of range; the message says what is expected.</exception>
    public static Corruption Find(string name) =>
        name switch
        {
            "true-labels" => new TrueLabels(),
            Random => new RandomLabels(),
            "shuffled-pixels" => new ShuffledPixels(),
            "random-pixels" => new RandomPixels(),
            "gaussian-pixels" => new GaussianPixels(),
            _ when name.Split('=') is [Random, var classes] => new RandomLabels { Among = Whole(classes) },
            _ when name.Split('=') is [Partial, var share] => new PartiallyCorruptedLabels { Probability = Number(Partial, share) },
            _ when name.Split('=') is [Pairs, var share] => new PairFlippedLabels { Probability = Number(Pairs, share) },
            Partial or Pairs => throw new InputException($"The corruption {name} needs a probability, as {name}=0.3."),
            _ => Added.Find(name) ?? throw Nearest.Unknown("corruption", name, Names),
        };

    /// <summary>Registers a corruption of another assembly under a name; see samples/Extending.</summary>
    /// <typeparam name="TMember">A record; its public properties are its numbers.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens; also the name in an experiment's record.</param>
    /// <param name="create">Makes it from the number in <c>name=NUMBER</c>; null if the user gives none.</param>
    /// <exception cref="ArgumentException">The name is malformed or taken.</exception>
    public static void Register<TMember>(string name, Func<double?, TMember> create)
        where TMember : Corruption => Added.Add(name, create);

    private static int Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"The number of classes of {Random} is '{text}', expected a whole number from 2.");

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"The probability of {name} is '{text}', expected a number from 0 to 1.");
}
