using System.Globalization;

namespace Rote.Networks;

/// <summary>The networks that the command knows by name.</summary>
public static class NetworkCatalog
{
    private const int MaxLayers = 64;

    private static readonly string[] BuiltIn =
    [
        "mlp-1x512",
        "mlp-3x512",
        "linear",
        "small-inception",
        "small-inception-no-bn",
        "small-alexnet",
        "resnet",
        "inception-v3",
    ];

    private static readonly Additions<NetworkSpec> Added = new(
        "network",
        name =>
            name is "mlp"
            || BuiltIn.Contains(name)
            || name.StartsWith("mlp-", StringComparison.Ordinal)
            || name.StartsWith("resnet-", StringComparison.Ordinal)
    );

    /// <summary>Names to offer; <c>mlp-AxB</c>, <c>mlp-A-B-…</c> and <c>resnet-W</c> take other widths.</summary>
    public static IReadOnlyList<string> Names => [.. BuiltIn, .. Added.Names];

    /// <summary>Finds a network by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>, or as <c>mlp-2x64</c> (layers × units) <c>mlp-256-128</c> (units of each hidden
    /// layer) or <c>resnet-32</c> (channels of the first stage).</param>
    /// <returns>The network.</returns>
    /// <exception cref="InputException">The name is not known; the message suggests the nearest one.</exception>
    public static NetworkSpec Find(string name) =>
        name switch
        {
            "linear" => new Mlp { Hidden = [] },
            "small-inception" => new SmallInception(),
            "small-inception-no-bn" => new SmallInception { BatchNorm = false },
            "small-alexnet" => new SmallAlexNet(),
            "resnet" => new SmallResNet(),
            "inception-v3" => new InceptionV3(),
            _ when name.StartsWith("resnet-", StringComparison.Ordinal) && Number(name["resnet-".Length..]) is { } width => new SmallResNet
            {
                Width = width,
            },
            _ when name.StartsWith("mlp-", StringComparison.Ordinal) && Widths(name[4..]) is { } widths => new Mlp { Hidden = widths },
            _ => Added.Find(name) ?? throw Nearest.Unknown("network", name, Names),
        };

    /// <summary>Adds a network of another assembly, which then has a name as these have; see samples/Extending.</summary>
    /// <typeparam name="TMember">A record, whose public properties are its numbers.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens; the name in an experiment's record too.</param>
    /// <param name="create">Creates it from the number in <c>name=NUMBER</c>; null if the user gives none.</param>
    /// <exception cref="ArgumentException">The name is not valid, or is taken.</exception>
    public static void Register<TMember>(string name, Func<double?, TMember> create)
        where TMember : NetworkSpec => Added.Add(name, create);

    private static int[]? Widths(string text)
    {
        if (text.Split('x') is [var layers, var units] && Number(layers) is { } count and <= MaxLayers && Number(units) is { } width)
        {
            return [.. Enumerable.Repeat(width, count)];
        }

        var widths = text.Split('-').Select(Number).ToArray();
        return widths.Length <= MaxLayers && widths.All(w => w is not null) ? [.. widths.Select(w => w!.Value)] : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 ? value : null;
}
