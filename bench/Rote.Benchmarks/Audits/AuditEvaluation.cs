using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Audits;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings;
using Rote.Networks;

namespace Rote.Benchmarks.Audits;

/// <summary>How well wrong labels are found and counted on data whose errors are known: <c>bench/run audit --data cifar10 --examples 10000
/// …</c>. Every result is a file; the same command goes on.</summary>
internal static class AuditEvaluation
{
    private static readonly JsonSerializerOptions Json = new(RoteJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly (string Kind, double Rate)[] Bars =
    [
        ("symmetric", 0.05),
        ("symmetric", 0.1),
        ("symmetric", 0.2),
        ("class-dependent", 0.2),
        ("image-dependent", 0.1),
        ("image-dependent", 0.2),
    ];

    /// <summary>The sets on which the interval is to cover the truth.</summary>
    private static readonly (string Kind, double Rate)[] Coverage =
    [
        ("none", 0),
        .. new[] { "symmetric", "pair-flip", "class-dependent", "image-dependent" }.SelectMany(kind =>
            new[] { 0.05, 0.1, 0.15, 0.2 }.Select(rate => (kind, rate))
        ),
    ];

    /// <summary>Runs what is not there yet and prints the table.</summary>
    /// <param name="arguments">Names and values: --data, --examples, --network, --members, --epochs, --seeds (as 1,2), --set
    /// bars|coverage|rare|KIND=RATE, --methods audit,self-confidence,aum, --embed none|NAME (a frozen encoder that the audit looks
    /// through), --out (records, kept with the repository), --audits (finished networks).</param>
    public static void Run(string[] arguments)
    {
        string Value(string name, string otherwise) => Array.IndexOf(arguments, name) is var at and >= 0 ? arguments[at + 1] : otherwise;
        int Number(string name, int otherwise) => int.Parse(Value(name, $"{otherwise}"), CultureInfo.InvariantCulture);
        var (data, examples, output) = (
            Value("--data", "cifar10"),
            Number("--examples", 10_000),
            Value("--out", Path.Combine("docs", "evidence", "audit"))
        );
        using var named = DatasetLoader.Load(data, DataFolder.Default());
        using var train = named.Data.Train.Take(examples);
        using var clean = new DatasetSplits(train.With(), named.Data.Test.Take(1));
        var network = Value("--network", "auto") is var name && name == "auto" ? null : Find(name);
        var audits = Value("--audits", Path.Combine("artifacts", "audit-evaluation"));
        OnnxEncoders.Register();
        var embed = Value("--embed", "none");
        using var encoder = embed == "none" ? null : EncoderCatalog.Open(embed);
        var records = new List<AuditEvaluationRecord>();
        foreach (var seed in Value("--seeds", "1").Split(',').Select(s => long.Parse(s, CultureInfo.InvariantCulture)))
        {
            foreach (var (kind, rate) in SetOf(Value("--set", "bars")))
            {
                var plan = AuditPlan.For(
                    new DataSpec
                    {
                        Name = $"{data}-{kind}-{rate.ToString(CultureInfo.InvariantCulture)}-{seed}",
                        Examples = train.Count,
                        Encoder = encoder is null ? null : EncoderSpec.Of(encoder),
                    },
                    train,
                    network,
                    seed
                );
                var epochs = Number("--epochs", plan.Recipe.Epochs);
                plan = plan with { Recipe = plan.Recipe with { Epochs = epochs, EvaluateEvery = epochs, TestEvery = epochs } };
                using var planted = new Lazy(() => PlantedErrors.Of(clean, kind, rate, seed));
                foreach (var method in Value("--methods", "audit,self-confidence,aum").Split(','))
                {
                    var set = encoder is null ? plan.Data.Name : plan.Data.Name.Replace(data, $"{data}-{embed}", StringComparison.Ordinal);
                    var file = Path.Combine(output, $"{plan.Identity[..12]}-{set}-{Number("--members", 10)}-{method}.json");
                    if (!File.Exists(file))
                    {
                        var run = new AuditEvaluationRun(planted.Value, plan, Number("--members", 10), audits, encoder);
                        var record = run.Measure(method, Called(records, kind, rate, seed)) with
                        {
                            Data = data,
                            Kind = kind,
                            Rate = rate,
                            Seed = seed,
                            Encoder = method == "audit" ? encoder?.Name : null,
                        };
                        AtomicFile.WriteText(file, JsonSerializer.Serialize(record, Json) + "\n");
                    }

                    records.Add(JsonSerializer.Deserialize<AuditEvaluationRecord>(File.ReadAllText(file), Json)!);
                    Print(records[^1]);
                }
            }
        }

        Conclude(records);
    }

    /// <summary>The audit's record of the same set: baselines are cut at its recall.</summary>
    private static AuditEvaluationRecord? Called(List<AuditEvaluationRecord> records, string kind, double rate, long seed) =>
        records.LastOrDefault(r => r.Method == "audit" && r.Kind == kind && r.Rate == rate && r.Seed == seed);

    private static NetworkSpec Find(string name) =>
        name.StartsWith("resnet-", StringComparison.Ordinal)
            ? new SmallResNet { Width = int.Parse(name["resnet-".Length..], CultureInfo.InvariantCulture) }
            : NetworkCatalog.Find(name);

    private static (string Kind, double Rate)[] SetOf(string name) =>
        name switch
        {
            "bars" => Bars,
            "coverage" => Coverage,
            "rare" => [("rare", 0.1)],
            _ =>
            [
                .. name.Split(',')
                    .Select(part =>
                        part.Split('=') is [var kind, var rate] && PlantedErrors.Kinds.Contains(kind)
                            ? (kind, double.Parse(rate, CultureInfo.InvariantCulture))
                            : throw new InputException(
                                $"--set is '{name}', expected bars, coverage, rare or kinds with rates, as symmetric=0.1,pair-flip=0.2; "
                                    + $"the kinds are {string.Join(", ", PlantedErrors.Kinds)}."
                            )
                    ),
            ],
        };

    private static void Print(AuditEvaluationRecord r)
    {
        var interval = r.Wrong is { } w
            ? $"; {100 * w.Share:F1} % ({100 * w.Low:F1} to {100 * w.High:F1}) estimated [uniform {100 * w.Uniform.Value:F1}, confusable "
                + $"{100 * w.Confusable.Value:F1}, confident {100 * w.Confident.Value:F1}], out-of-bag accuracy "
                + $"{100 * r.OutOfBagAccuracy:F1} %, first {AuditEvaluationRun.First}: said {r.SaidAmongFirst?.Value:F0} ± "
                + $"{r.SaidAmongFirst?.StandardError:F0}, are {r.WrongAmongFirst}, mean probability {100 * r.MeanWrongProbability:F1} %"
            : "";
        var rare = r.RareThrownAway is { } thrown ? $"; of the rare {100 * thrown:F1} % thrown away at recall {100 * r.Recall:F1} %" : "";
        Console.WriteLine(
            $"{r.Kind, -16} {100 * r.TrueShare, 5:F1} % seed {r.Seed} {r.Method, -16} AUROC {r.Auroc.Value:F4} ± "
                + $"{r.Auroc.StandardError:F4}  AP {r.AveragePrecision.Value:F4} ± "
                + $"{r.AveragePrecision.StandardError:F4}"
                + $"{(r.AuditLead is { } lead ? $" (audit {lead.Value:+0.0000;-0.0000} ± {lead.StandardError:F4})" : "")}"
                + $"  {r.Seconds, 5:F0} s{interval}{rare}"
        );
    }

    private static void Conclude(List<AuditEvaluationRecord> records)
    {
        foreach (var method in records.Select(r => r.Method).Distinct())
        {
            var own = records.Where(r => r.Method == method && !double.IsNaN(r.AveragePrecision.Value)).ToArray();
            Console.WriteLine(
                $"{method, -16} mean AP {own.Select(r => r.AveragePrecision.Value).DefaultIfEmpty(double.NaN).Average():F4}, mean AUROC "
                    + $"{own.Select(r => r.Auroc.Value).DefaultIfEmpty(double.NaN).Average():F4} over {own.Length} sets"
            );
        }

        var counted = records.Where(r => r.Wrong is not null).ToArray();
        var large = counted.Where(r => r.TrueShare >= 0.05).Select(r => (r.Wrong!.High - r.Wrong.Low) / 2 / r.TrueShare).Order().ToArray();
        Console.WriteLine(
            $"The interval covers the truth in {counted.Count(r => r.Wrong!.Low <= r.TrueShare && r.TrueShare <= r.Wrong.High)} of "
                + $"{counted.Length} sets; median half-width {(large.Length == 0 ? double.NaN : 100 * large[large.Length / 2]):F0} % of "
                + $"the truth where that is at least 5 %."
        );
    }

    private sealed class Lazy(Func<PlantedErrors> make) : IDisposable
    {
        private PlantedErrors? _made;

        public PlantedErrors Value => _made ??= make();

        public void Dispose() => _made?.Dispose();
    }
}
