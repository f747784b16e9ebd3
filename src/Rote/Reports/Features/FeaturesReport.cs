using Rote.Features;
using Rote.Reports.Reproductions;
using Rote.Studies.Claims;

namespace Rote.Reports.Features;

/// <summary>The page of <c>rote features</c>: what a network has learned, layer by layer.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class FeaturesReport
{
    /// <summary>The page's text.</summary>
    /// <param name="result">The measurement.</param>
    /// <param name="signs">The findings on the published signs.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(FeaturesResult result, Ledger signs, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage("What has it become?", $"rote features · {result.Network} on {result.Data}");
        page.Lead(Html.Join(" ", FeatureWords.Summary(result).Select(Html.Text)));
        foreach (var note in result.Notes)
        {
            page.Notice(Html.Text(note));
        }

        AddProbes(page, result);
        AddDepths(page, result);
        AddSimilarities(page, result);
        AddDimensions(page, result);
        AddFirstLayer(page, result);
        AddMemory(page, result);
        AddCodes(page, result);
        page.Heading("signs", "What others have found");
        page.Paragraph(
            Html.Text(
                $"{Numbers.Count(signs.Findings.Count, "published sign")}, with criteria that were written before any network "
                    + $"was looked at: "
                    + $"{signs.Count(ClaimVerdict.Reproduced)} of the {signs.Judged} that could be looked for here are found. "
                    + "Reproduced means found in this one network, with one seed."
            )
        );
        page.Add(LedgerHtml.Draw(signs));
        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static void AddProbes(HtmlPage page, FeaturesResult result)
    {
        page.Heading("probes", "What can be read off each layer");
        page.Figure(
            "probes-true",
            FeatureCharts.Probes(result, ofGiven: false),
            Html.Text(
                $"A linear probe of each layer is fitted to the true labels of "
                    + $"{Numbers.Count(result.TrainExamples, "training example")} and asked about "
                    + $"{Numbers.Count(result.TestExamples, "test example")}; chance is {Numbers.Level(1.0 / result.Classes)}. "
                    + $"Layers: {FeatureCharts.Legend(result.Networks[0])}. Bars are one "
                    + $"standard error each side."
            )
        );
        page.Figure(
            "probes-given",
            FeatureCharts.Probes(result, ofGiven: true),
            Html.Text(
                "The same for the labels that each network was given: a probe of one half of its training examples is asked "
                    + "about the other half. "
                    + "Where labels are random, what can be read was put there by the network."
            )
        );
        page.Table(FeatureTables.Layers(result), wide: true);
    }

    private static void AddDepths(HtmlPage page, FeaturesResult result)
    {
        page.Heading("depth", "Where examples are settled");
        page.Figure(
            "depths",
            FeatureCharts.Depths(result),
            Html.Text(
                $"The prediction depth of an example is the first layer from which on its {PredictionDepth.Neighbours} nearest "
                    + $"training examples, in "
                    + $"every later layer, have the class that the network predicts. Examples that are harder, or labelled wrong, "
                    + $"are settled later."
            )
        );
    }

    private static void AddSimilarities(HtmlPage page, FeaturesResult result)
    {
        page.Heading("similarity", "Which layers are alike");
        for (var i = 0; i < result.Similarities.Count; i++)
        {
            var similarity = result.Similarities[i];
            page.Figure(
                $"similarity-{i}",
                FeatureCharts.Similarity(similarity),
                Html.Text(
                    "Linear CKA without bias on the test examples: 1 for layers that are equal up to rotation and scale, 0 for "
                        + "unrelated ones. "
                        + $"A row is a layer of this network, a column one of the network named above: {FeatureCharts.NameOf(similarity)}."
                )
            );
        }
    }

    private static void AddDimensions(HtmlPage page, FeaturesResult result)
    {
        page.Heading("dimension", "On how many numbers a layer depends");
        page.Figure(
            "dimensions",
            FeatureCharts.Dimensions(result),
            Html.Text(
                "The intrinsic dimension near an example, by its two nearest neighbours (TwoNN) among all test examples. Bars "
                    + "are one standard "
                    + "error each side, which does not hold what the number of examples changes: the table above has it at a quarter."
            )
        );
    }

    private static void AddFirstLayer(HtmlPage page, FeaturesResult result)
    {
        page.Heading("first-layer", "The first layer, and V1");
        foreach (var network in result.Networks)
        {
            if (network.Filters is { } filters)
            {
                page.Add(FilterSheet.Draw(filters, network.Name));
            }
        }

        if (result.Networks.All(network => network.Gratings is not null))
        {
            page.Figure(
                "orientations",
                FeatureCharts.Orientations(result),
                Html.Text(
                    $"Gratings of {GratingSummary.Orientations} orientations, {GratingSummary.Frequencies} spatial frequencies and "
                        + $"{GratingSummary.Phases} phases were shown. A unit is tuned from a selectivity of {GratingSummary.Tuned} on."
                )
            );
        }

        page.Table(FeatureTables.FirstLayers(result), wide: true);
    }

    private static void AddMemory(HtmlPage page, FeaturesResult result)
    {
        page.Heading("memory", "Where memory sits");
        page.Table(FeatureTables.Networks(result), wide: true);
        foreach (var network in result.Networks)
        {
            if (FeatureTables.Resets(network) is { } resets)
            {
                page.Table(resets);
            }
        }

        if (FeatureTables.KnockOuts(result) is { } knockOuts)
        {
            page.Table(knockOuts, wide: true);
        }

        foreach (var sentence in result.Networks.Select(network => (network.Name, Sides: FeatureWords.Sides(network))))
        {
            if (sentence.Sides is { } sides)
            {
                page.Paragraph(Html.Of($"{char.ToUpperInvariant(sentence.Name[0]) + sentence.Name[1..]}: {sides}"));
            }
        }
    }

    private static void AddCodes(HtmlPage page, FeaturesResult result)
    {
        if (FeatureTables.Codes(result) is { } codes)
        {
            page.Heading("code", "In how many bits the labels can be said");
            page.Table(codes);
        }
    }
}
