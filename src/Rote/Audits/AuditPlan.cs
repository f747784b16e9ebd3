using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Audits;

/// <summary>An audit as data. What is not in this record does not change a member's result; how many members there are is the budget's
/// choice, and the result says it.</summary>
public sealed record AuditPlan
{
    /// <summary>The newest layout of this record that this code knows.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout of this record; see docs/reference/formats.md.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The engine that the members belong to: those of another one are not mixed with those of now.</summary>
    public int Engine { get; init; } = Foundation.Engine.Current;

    /// <summary>Which data.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>Which network every member is.</summary>
    public required NetworkSpec Network { get; init; }

    /// <summary>How every member is trained.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The source of all randomness. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that each network computes with, from 1 to 1024: another count gives other last bits.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public required int Threads
    {
        get;
        init =>
            field = value is >= 1 and <= 1024 ? value : throw new InputException($"The number of threads is {value}, expected 1 to 1024.");
    }

    /// <summary>Share of each class that a member is not trained on, in [0.1, 0.45]. Default 0.3: of ten members each example is left out
    /// by three.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public double LeftOut
    {
        get;
        init =>
            field = value is >= 0.1 and <= 0.45
                ? value
                : throw new InputException($"The share that a member leaves out is {value}, expected 0.1 to 0.45.");
    } = 0.3;

    /// <summary>How many examples are canaries of each of the two kinds: a member gives some of them a label known to be wrong. At least
    /// 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public required int Canaries
    {
        get;
        init => field = value >= 1 ? value : throw new InputException($"The number of canaries is {value}, expected at least 1.");
    }

    /// <summary>Measures beside the usual ones, by the names of <see cref="MeasureCatalog"/>; null: none. Default null.</summary>
    public IReadOnlyList<string>? Measures
    {
        get;
        init => field = value is { Count: > 0 } ? value : null;
    }

    /// <summary>What people corrected and left out before the audit, as <see cref="DecidedExamples.Identity"/>; null: nothing. Default
    /// null.</summary>
    public string? Corrections { get; init; }

    /// <summary>SHA-256 of the canonical JSON, lower-case hexadecimal: the name of the audit.</summary>
    [JsonIgnore]
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(this))));

    /// <summary>A plan that suits a data set.</summary>
    /// <param name="data">What it is called.</param>
    /// <param name="examples">The examples to audit; still the caller's.</param>
    /// <param name="network">The network; null: <see cref="AuditDefaults.NetworkFor"/>.</param>
    /// <param name="seed">The source of all randomness.</param>
    /// <param name="threads">Threads that each network computes with; null: one, and as many networks at the same time as there are
    /// cores.</param>
    /// <returns>The plan, with every default written out.</returns>
    /// <exception cref="InputException">The data is too small, or has too many classes, to be audited.</exception>
    public static AuditPlan For(DataSpec data, Dataset examples, NetworkSpec? network = null, long seed = 1, int? threads = null)
    {
        AuditDefaults.RequireAuditable(examples);
        var chosen = network ?? AuditDefaults.NetworkFor(TaskShape.Of(examples));
        return new AuditPlan
        {
            Data = data,
            Network = chosen,
            Recipe = AuditDefaults.RecipeFor(chosen, TaskShape.Of(examples), examples.Count) with
            {
                Precision = PrecisionSupport.Auto(),
                Order = ChunkedOrder.For(examples),
            },
            Seed = seed,
            Threads = threads ?? 1,
            Canaries = AuditDefaults.CanariesFor(examples.Count),
        };
    }
}
