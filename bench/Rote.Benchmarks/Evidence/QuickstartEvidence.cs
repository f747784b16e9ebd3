using System.Globalization;
using System.Text.Json.Nodes;
using Rote.Measurement;
using Rote.Reports;

namespace Rote.Benchmarks.Evidence;

/// <summary>The quickstart's five networks, as <c>rote quickstart --json</c> prints them.</summary>
internal static class QuickstartEvidence
{
    /// <summary>A row a network: training accuracy, test accuracy, epochs; further columns are the page's.</summary>
    public static string Table(string folder, string old)
    {
        var table = MarkdownTable.Parse(old);
        var variants = Variants(folder);
        var rows = table.Rows.ToArray();
        if (rows.Length != variants.Count)
        {
            throw new InputException($"the table has {rows.Length} rows, and the quickstart {variants.Count} networks.");
        }

        foreach (var (cells, variant) in rows.Zip(variants))
        {
            cells[1] = Numbers.Percent(Share(variant!, "trainAccuracy"), 0.995).Replace('\u00A0', ' ');
            cells[2] = Numbers.PercentWithError(Share(variant!, "testAccuracy")).Replace('\u00A0', ' ');
            cells[3] = variant!["epochsToFit"]!.GetValue<double>().ToString("0", CultureInfo.InvariantCulture);
        }

        return table.ToString();
    }

    /// <summary>One number of one network, as "51.1 %".</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="id">The network's data, as true-labels.</param>
    /// <param name="field">test or epochs.</param>
    public static string Number(string folder, string id, string field)
    {
        var variant =
            Variants(folder).FirstOrDefault(v => v!["id"]!.GetValue<string>() == id)
            ?? throw new InputException($"the quickstart has no '{id}'.");
        return field switch
        {
            "test" => Numbers.Percent(Share(variant, "testAccuracy")).Replace('\u00A0', ' '),
            "epochs" => variant["epochsToFit"]!.GetValue<double>().ToString("0", CultureInfo.InvariantCulture),
            _ => throw new InputException($"'{field}' is no number of the quickstart, expected test or epochs."),
        };
    }

    private static JsonArray Variants(string folder) =>
        EvidenceFile.Read(Path.Combine(folder, "quickstart.json"))["variants"] as JsonArray
        ?? throw new InputException("quickstart.json has no variants.");

    private static Estimate Share(JsonNode variant, string member)
    {
        var share = variant[member]!;
        return new Estimate(
            share["value"]!.GetValue<double>(),
            share["standardError"]!.GetValue<double>(),
            share["samples"]!.GetValue<int>()
        );
    }
}
