using System.Text.Json;
using Rote.Networks;

namespace Rote.Studies.Zhang2017;

/// <summary>A number that a claim is judged by, and why it is that number.</summary>
/// <param name="Value">The number, in the unit that <paramref name="Why"/> says.</param>
/// <param name="Why">The reason, in a sentence.</param>
public sealed record Tolerance(double Value, string Why);

/// <summary>How one network is trained at one scale.</summary>
public sealed record NetworkPlan
{
    /// <summary>Its name in <see cref="NetworkCatalog"/>.</summary>
    public required string Network { get; init; }

    /// <summary>Only the first so many training examples; null: all.</summary>
    public int? Examples { get; init; }

    /// <summary>The first so many test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Examples a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Epochs at most; training ends when it has fitted.</summary>
    public required int Epochs { get; init; }

    /// <summary>First step size.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Factor on the step size after every epoch.</summary>
    public required double Decay { get; init; }

    /// <summary>Coefficient of the L2 penalty in the rows that have weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Probabilities p between 0 and 1 of Figures 1b and 1c, ascending.</summary>
    public IReadOnlyList<double> CorruptionLevels { get; init; } = [];

    /// <summary>Epochs between two looks at the test examples in the cells whose course is followed.</summary>
    public int TestEvery { get; init; } = 1;

    /// <summary>Why these numbers.</summary>
    public required string Why { get; init; }
}

/// <summary>The sizes of a study: which data, how much of it, which networks.</summary>
public sealed record StudyScale
{
    /// <summary>What it is for, in a sentence or two.</summary>
    public required string Purpose { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>How many random labelings the Rademacher complexity is estimated over, at least 1.</summary>
    public required int Labelings { get; init; }

    /// <summary>Around how many test examples critical samples are searched for.</summary>
    public required int CriticalExamples { get; init; }

    /// <summary>Numbers that claims are judged by at this scale instead of those of all scales.</summary>
    public IReadOnlyDictionary<string, Tolerance> Tolerances { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>Claims, or beginnings of their names, that are left out of the core, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The networks by their names in the study's claims.</summary>
    public required IReadOnlyDictionary<string, NetworkPlan> Networks { get; init; }
}

/// <summary>The declarative part of the study: every size and every tolerance, each with its reason.</summary>
public sealed record ScaleFile
{
    /// <summary>Layout of the file.</summary>
    public required int Schema { get; init; }

    /// <summary>Numbers that claims are judged by, the same at every scale.</summary>
    public required IReadOnlyDictionary<string, Tolerance> Tolerances { get; init; }

    /// <summary>The scales by name.</summary>
    public required IReadOnlyDictionary<string, StudyScale> Scales { get; init; }

    /// <summary>The file that is part of the program: src/Rote/Studies/Zhang2017/scales.json.</summary>
    /// <returns>Its content.</returns>
    public static ScaleFile Load()
    {
        using var stream = typeof(ScaleFile).Assembly.GetManifestResourceStream("Rote.Studies.Zhang2017.scales.json")!;
        return JsonSerializer.Deserialize<ScaleFile>(stream, RoteJson.Options)!;
    }

    /// <summary>Finds a scale by name.</summary>
    /// <param name="name">One of <see cref="Scales"/>.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="InputException">There is none by that name.</exception>
    public StudyScale Find(string name) => Scales.GetValueOrDefault(name) ?? throw Nearest.Unknown("scale", name, [.. Scales.Keys]);
}
