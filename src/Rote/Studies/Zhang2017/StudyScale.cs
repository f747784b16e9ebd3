using System.Text.Json;
using Rote.Networks;

namespace Rote.Studies.Zhang2017;

/// <summary>A number by which a claim is judged, with its reason.</summary>
/// <param name="Value">The number, in the unit that <paramref name="Why"/> states.</param>
/// <param name="Why">The reason, in a sentence.</param>
public sealed record Tolerance(double Value, string Why);

/// <summary>How one network is trained at one scale.</summary>
public sealed record NetworkPlan
{
    /// <summary>Its name in <see cref="NetworkCatalog"/>.</summary>
    public required string Network { get; init; }

    /// <summary>Number of training examples, taken from the start; null: all.</summary>
    public int? Examples { get; init; }

    /// <summary>Number of test examples, taken from the start.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Batch size.</summary>
    public required int Batch { get; init; }

    /// <summary>Maximum number of epochs; training ends earlier once the network fits.</summary>
    public required int Epochs { get; init; }

    /// <summary>Initial learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Factor on the learning rate after every epoch.</summary>
    public required double Decay { get; init; }

    /// <summary>Coefficient of the L2 penalty in the rows that have weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Corruption probabilities p between 0 and 1 for Figures 1b and 1c, ascending.</summary>
    public IReadOnlyList<double> CorruptionLevels { get; init; } = [];

    /// <summary>Epochs between two test evaluations in cells with <see cref="StudyCell.WithTestCurve"/>.</summary>
    public int TestEvery { get; init; } = 1;

    /// <summary>The reason for these numbers.</summary>
    public required string Why { get; init; }
}

/// <summary>The sizes of a study: which data, how much of it, which networks.</summary>
public sealed record StudyScale
{
    /// <summary>Its purpose, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Number of random labelings for the estimate of the Rademacher complexity, at least 1.</summary>
    public required int Labelings { get; init; }

    /// <summary>Number of test examples around which to search for critical samples.</summary>
    public required int CriticalExamples { get; init; }

    /// <summary>Numbers by which claims are judged at this scale; they override those of all scales.</summary>
    public IReadOnlyDictionary<string, Tolerance> Tolerances { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>Claims, or prefixes of their names, that are not in the core, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The networks by their names in the study's claims.</summary>
    public required IReadOnlyDictionary<string, NetworkPlan> Networks { get; init; }
}

/// <summary>The declarative part of the study: every size and every tolerance, each with its reason.</summary>
public sealed record ScaleFile
{
    /// <summary>Version of the file's layout.</summary>
    public required int Schema { get; init; }

    /// <summary>Numbers by which claims are judged at every scale.</summary>
    public required IReadOnlyDictionary<string, Tolerance> Tolerances { get; init; }

    /// <summary>The scales by name.</summary>
    public required IReadOnlyDictionary<string, StudyScale> Scales { get; init; }

    /// <summary>Loads the file embedded in the program: src/Rote/Studies/Zhang2017/scales.json.</summary>
    /// <returns>Its content.</returns>
    public static ScaleFile Load()
    {
        using var stream = typeof(ScaleFile).Assembly.GetManifestResourceStream("Rote.Studies.Zhang2017.scales.json")!;
        return JsonSerializer.Deserialize<ScaleFile>(stream, RoteJson.Options)!;
    }

    /// <summary>Finds a scale by name.</summary>
    /// <param name="name">One of <see cref="Scales"/>.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="InputException">No scale has that name.</exception>
    public StudyScale Find(string name) => Scales.GetValueOrDefault(name) ?? throw Nearest.Unknown("scale", name, [.. Scales.Keys]);
}
