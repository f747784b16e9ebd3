using System.Globalization;
using System.Text.Json.Nodes;
using Rote.Measurement;
using Rote.Studies.Frontiers;

namespace Rote.Benchmarks.Evidence;

/// <summary>m with its 95 % interval.</summary>
internal readonly record struct EvidenceDegree(double Value, double Low, double High)
{
    /// <summary>Whether the interval holds a degree.</summary>
    public bool Holds(double degree) => Low <= degree && degree <= High;
}

/// <summary>A run of a frontier.</summary>
internal sealed record EvidenceRunOfFrontier(
    string Tool,
    long Seed,
    double? Asked,
    EvidenceDegree Steering,
    EvidenceDegree HeldOut,
    double? WrongLabels,
    double Accuracy,
    int Tests,
    IReadOnlyList<FrontierPoint>? Path
)
{
    /// <summary>Accuracy of its two networks set to each degree; null where it has one.</summary>
    public IReadOnlyList<(double Degree, double Accuracy)>? Mixed { get; init; }

    /// <summary>Accuracy of its two networks set to a degree.</summary>
    public double? MixedTo(double degree) =>
        Mixed!.Where(row => Math.Abs(row.Degree - degree) < 1e-9).Select(row => (double?)row.Accuracy).SingleOrDefault();

    /// <summary>Accuracy where stopping at a degree would have ended: of the epochs near it the one that agrees best with the examples held
    /// out.</summary>
    public double? StoppedAt(double degree)
    {
        var near = Path!.Where(point => Math.Abs(point.Memorization - degree) <= FrontierRun.Slack).ToArray();
        return near.Length == 0 ? null : near.MaxBy(point => point.HeldOut).Accuracy;
    }
}

/// <summary>A frontier, as <c>rote frontier</c> writes it.</summary>
/// <param name="File">Its name without <c>.json</c>, with the seed that is taken.</param>
/// <param name="Runs">Its runs.</param>
internal sealed record FrontierEvidence(string File, IReadOnlyList<EvidenceRunOfFrontier> Runs)
{
    /// <summary>The runs of the dial.</summary>
    public IEnumerable<EvidenceRunOfFrontier> Dial => Runs.Where(run => run.Tool == "dial");

    /// <summary>Reads one.</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="file">Its name without <c>.json</c>; <c>@2</c> behind it takes the second seed alone.</param>
    /// <exception cref="InputException">It cannot be read, or has no such runs.</exception>
    public static FrontierEvidence Read(string folder, string file)
    {
        var (name, seed) = file.Split('@') is [var left, var right] ? (left, right) : (file, null);
        var document = EvidenceFile.Read(Path.Combine(folder, $"{name}.json"));
        try
        {
            EvidenceRunOfFrontier[] runs =
            [
                .. Member(document, "runs")
                    .AsArray()
                    .Select(Row)
                    .Where(run => seed is null || run.Seed.ToString(CultureInfo.InvariantCulture) == seed),
            ];
            return runs.Length > 0
                ? new FrontierEvidence(file, runs)
                : throw new InputException($"{name}.json has no runs of seed {seed}.");
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new InputException($"{name}.json is no frontier: a member is missing or of another type.", error);
        }
    }

    /// <summary>A tool's accuracy at a degree, as <see cref="Frontier.At"/>.</summary>
    public Estimate? At(string tool, double degree)
    {
        var runs = Runs.Where(run => run.Tool == tool && (run.Path is not null || run.Mixed is not null || run.Asked == degree)).ToArray();
        double[] accuracies =
            runs.Length == 0 ? throw new InputException($"{File}.json has no runs of {tool} at {degree:0.##}.")
            : runs[0].Mixed is not null ? [.. runs.Select(run => run.MixedTo(degree)).OfType<double>()]
            : runs[0].Path is not null ? [.. runs.Select(run => run.StoppedAt(degree)).OfType<double>()]
            : Math.Abs(runs.Average(run => run.Steering.Value) - degree) <= FrontierRun.Slack ? [.. runs.Select(run => run.Accuracy)]
            : [];
        return accuracies.Length < runs.Length ? null
            : accuracies.Length == 1 ? Estimate.Share((long)Math.Round(accuracies[0] * runs[0].Tests), runs[0].Tests)
            : Estimate.Mean(accuracies);
    }

    /// <summary>The dial's accuracy less that of the best tool that cannot be asked.</summary>
    /// <returns>Null where no tool, or the dial, has the degree.</returns>
    public Estimate? Lead(double degree)
    {
        var best = Runs.Where(run => run.Path is not null)
            .Select(run => run.Tool)
            .Distinct()
            .Select(tool => At(tool, degree))
            .OfType<Estimate>()
            .DefaultIfEmpty(Estimate.Mean([double.NaN]))
            .MaxBy(accuracy => accuracy.Value);
        return double.IsNaN(best.Value) || At("dial", degree) is not { } own
            ? null
            : new Estimate(own.Value - best.Value, double.Hypot(own.StandardError, best.StandardError), own.Samples);
    }

    /// <summary>As "44.2 % ± 0.2".</summary>
    public string AtInWords(string tool, double degree) =>
        At(tool, degree) is { } accuracy
            ? $"{100 * accuracy.Value:0.0} % ± {100 * accuracy.StandardError:0.0}"
            : throw new InputException($"{tool} does not reach {degree:0.##} in {File}.json.");

    /// <summary>As "2.6 ± 0.4".</summary>
    public string LeadInWords(double degree) =>
        Lead(degree) is { } lead
            ? $"{100 * lead.Value:0.0;−0.0;0.0} ± {100 * lead.StandardError:0.0}"
            : throw new InputException($"no tool reaches {degree:0.##} in {File}.json.");

    private static EvidenceRunOfFrontier Row(JsonNode? run) =>
        new(
            Member(run, "tool").GetValue<string>(),
            Member(run, "seed").GetValue<long>(),
            run?["asked"]?.GetValue<double>(),
            Degree(run?["steering"] ?? Member(run, "control")), // the names of schema 2, and of 1
            Degree(run?["heldOut"] ?? Member(run, "audit")),
            run?["trueMemorization"]?.GetValue<double>(),
            Member(Member(run, "testAccuracy"), "value").GetValue<double>(),
            Member(Member(run, "testAccuracy"), "samples").GetValue<int>(),
            run?["path"]?.AsArray()
                .Select(point => new FrontierPoint(
                    Member(point, "epoch").GetValue<int>(),
                    Member(point, "memorization").GetValue<double>(),
                    Member(point, "heldOut").GetValue<double>(),
                    Member(point, "accuracy").GetValue<double>()
                ))
                .ToArray()
        )
        {
            Mixed = run
                ?["degrees"]?.AsArray()
                .Select(row =>
                    (
                        Member(row, "degree").GetValue<double>(),
                        Member(row, "testCorrect").GetValue<double>() / Member(Member(run, "testAccuracy"), "samples").GetValue<int>()
                    )
                )
                .ToArray(),
        };

    private static EvidenceDegree Degree(JsonNode degree) =>
        new(
            Member(degree, "memorization").GetValue<double>(),
            Member(degree, "low").GetValue<double>(),
            Member(degree, "high").GetValue<double>()
        );

    /// <summary>A member that has to be there. Null is asked for, never followed: on a thread that has computed with AMX tiles, .NET's
    /// handler of null references overflows its stack and ends the process (.NET 10.0.12).</summary>
    private static JsonNode Member(JsonNode? node, string name) =>
        node?[name] ?? throw new FormatException($"The member {name} is missing.");
}
