using System.Text.Json;
using Rote.Benchmarks.Audits;
using Rote.Measurement;

namespace Rote.Benchmarks.Evidence;

/// <summary>Planted sets, as <c>bench/run audit</c> writes them. A set is named as its file: <c>cifar10-symmetric-0.1-1-10</c> is data,
/// kind, rate, seed, networks.</summary>
internal static class AuditEvidence
{
    private static readonly string[] Baselines = ["self-confidence", "aum"];

    private static readonly JsonSerializerOptions Json = new(RoteJson.Options)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>How well wrong labels are ranked, a row a set: AUROC and average precision of the audit, then average precision and the
    /// audit's lead for self-confidence and the area under the margin.</summary>
    public static string Ranked(string folder, IReadOnlyList<string> sets, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (cells, set) in Rows(table, sets))
        {
            var audit = Read(folder, set, "audit");
            (cells[1], cells[2]) = (Shown(audit.Auroc), Shown(audit.AveragePrecision));
            foreach (var (i, method) in Baselines.Index())
            {
                var other = Read(folder, set, method);
                var lead = other.AuditLead!.Value;
                cells[3 + (2 * i)] = Shown(other.AveragePrecision);
                cells[4 + (2 * i)] = $"{lead.Value:+0.000;−0.000;0.000} ± {lead.StandardError:0.000}";
            }
        }

        return table.ToString();
    }

    /// <summary>How many are said to be wrong, a row a set: truth, estimate and interval in percent; of the first 200 as said and as they
    /// are. Where only a lower bound is known, it stands alone.</summary>
    public static string Counted(string folder, IReadOnlyList<string> sets, string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var (cells, set) in Rows(table, sets))
        {
            var audit = Read(folder, set, "audit");
            var wrong = audit.Wrong!;
            cells[1] = $"{100 * audit.TrueShare:0.#}";
            cells[2] = HasUpperEnd(audit) ? $"{100 * wrong.Share:0.0}" : "";
            cells[3] = Interval(audit) + (Covers(audit) ? "" : ": **misses**");
            cells[4] = Said(audit);
            cells[5] = $"{audit.WrongAmongFirst}";
        }

        return table.ToString();
    }

    /// <summary>A number of a set.</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="set">The set.</param>
    /// <param name="field">auroc, ap, share, interval, first, said.</param>
    public static string Number(string folder, string set, string field)
    {
        var audit = Read(folder, set, "audit");
        return field switch
        {
            "auroc" => Shown(audit.Auroc),
            "ap" => Shown(audit.AveragePrecision),
            "share" => $"{100 * audit.Wrong!.Share:0.0} %",
            "interval" => Interval(audit),
            "first" => $"{audit.WrongAmongFirst}",
            "said" => Said(audit),
            _ => throw new InputException($"'{field}' is no number of a set, expected auroc, ap, share, interval, first or said."),
        };
    }

    /// <summary>Mean average precision of a method, as "0.718".</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="method">audit, self-confidence or aum.</param>
    /// <param name="sets">The sets.</param>
    public static string MeanPrecision(string folder, string method, IReadOnlyList<string> sets) =>
        $"{sets.Average(set => Read(folder, set, method).AveragePrecision.Value):0.000}";

    /// <summary>Of how many sets the interval holds the truth, as "2 of 2 intervals and 18 of 18 lower bounds".</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="sets">The sets.</param>
    public static string Coverage(string folder, IReadOnlyList<string> sets)
    {
        var bounded = sets.Select(set => Read(folder, set, "audit")).ToLookup(HasUpperEnd);
        return $"{bounded[true].Count(Covers)} of {bounded[true].Count()} intervals and {bounded[false].Count(Covers)} of "
            + $"{bounded[false].Count()} lower bounds";
    }

    private static bool HasUpperEnd(AuditEvaluationRecord audit) => audit.Wrong!.High < 1;

    /// <summary>In percent, as the audit's page has it.</summary>
    private static string Interval(AuditEvaluationRecord audit) =>
        (100 * audit.Wrong!.Low, HasUpperEnd(audit)) switch
        {
            (var low, true) => $"{low:0.0} to {100 * audit.Wrong.High:0.0}",
            (< 0.05, false) => "cannot be told",
            (var low, false) => $"at least {low:0.0}",
        };

    private static string Said(AuditEvaluationRecord audit) =>
        $"{audit.SaidAmongFirst!.Value.Value:0} ± {audit.SaidAmongFirst.Value.StandardError:0}{(HasUpperEnd(audit) ? "" : " or more")}";

    private static bool Covers(AuditEvaluationRecord audit) => audit.Wrong!.Low <= audit.TrueShare && audit.TrueShare <= audit.Wrong.High;

    private static string Shown(Estimate estimate) => $"{estimate.Value:0.000} ± {estimate.StandardError:0.000}";

    private static AuditEvaluationRecord Read(string folder, string set, string method)
    {
        var product = new EvidenceProduct("", $"audit/*-{set}-{method}.json");
        var file = product.Find(folder) ?? throw new InputException($"there is no {product.Kept}.");
        try
        {
            return JsonSerializer.Deserialize<AuditEvaluationRecord>(EvidenceFile.Read(file), Json)!;
        }
        catch (JsonException error)
        {
            throw new InputException($"{Path.GetFileName(file)} is no record of an audit: {error.Message}", error);
        }
    }

    private static IEnumerable<(string[] Cells, string Set)> Rows(MarkdownTable table, IReadOnlyList<string> sets)
    {
        var rows = table.Rows.ToArray();
        return rows.Length == sets.Count
            ? rows.Zip(sets)
            : throw new InputException($"the table has {rows.Length} rows, and the mark names {sets.Count} sets.");
    }
}
