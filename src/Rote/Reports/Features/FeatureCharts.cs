using Rote.Features;
using Rote.Measurement;
using Rote.Reports.Charts;

namespace Rote.Reports.Features;

/// <summary>The charts of a page of features; the horizontal axis shows the layers, with the input as 0.</summary>
internal static class FeatureCharts
{
    /// <summary>How well linear probes read labels from each layer.</summary>
    /// <param name="result">The measurement.</param>
    /// <param name="ofGiven">Whether to show probes of the given labels instead of the true ones.</param>
    public static LineChart Probes(FeaturesResult result, bool ofGiven)
    {
        var lines = result
            .Networks.Where(network => !ofGiven || network.Role != NetworkRole.Untrained)
            .Select(network => Line(network.Name, StyleOf(network.Role), network, layer => ofGiven ? layer.GivenLabels : layer.TrueLabels));
        var control = Line("input, random directions", 4, result.Networks[0], layer => layer.Projection);
        return new LineChart
        {
            Title = ofGiven ? "Given labels that a linear probe reads off each layer" : "Classes that a linear probe reads off each layer",
            Description = Describe(result, layer => Numbers.Percent(ofGiven ? layer.GivenLabels : layer.TrueLabels)),
            X = new ChartAxis("Layer (0 is the input)"),
            Y = new ChartAxis(ofGiven ? "Training examples whose given label is read, %" : "Test examples whose class is read, %")
            {
                Minimum = 0,
                Maximum = ofGiven ? 100 : null,
            },
            Lines = ofGiven ? [.. lines] : [control, .. lines],
            References = ofGiven ? [new ReferenceLevel(100.0 / result.Classes, "chance", Numbers.Level(1.0 / result.Classes))] : [],
        };
    }

    /// <summary>The intrinsic dimension of each layer.</summary>
    /// <param name="result">The measurement.</param>
    public static LineChart Dimensions(FeaturesResult result) =>
        new()
        {
            Title = "Intrinsic dimension of each layer",
            Description = Describe(result, layer => $"{layer.Dimension.Whole.Value:0.0}"),
            X = new ChartAxis("Layer (0 is the input)"),
            Y = new ChartAxis("Intrinsic dimension") { Minimum = 0 },
            Lines =
            [
                .. result.Networks.Select(network => Line(network.Name, StyleOf(network.Role), network, layer => layer.Dimension.Whole, 1)),
            ],
        };

    /// <summary>How many examples are settled at each depth.</summary>
    /// <param name="result">The measurement.</param>
    public static LineChart Depths(FeaturesResult result)
    {
        var subject = result.Networks[0];
        var groups = subject.Depths.Select(group => (Name: NameOf(group.Kind), Group: group));
        if (subject.Depths.All(group => group.Kind != DepthKind.Wrong) && result.Of(NetworkRole.RandomLabels) is { } random)
        {
            groups = groups.Concat(
                random.Depths.Where(group => group.Kind == DepthKind.Wrong).Select(group => ("random labels, in the other network", group))
            );
        }

        return new LineChart
        {
            Title = "Prediction depth",
            Description = string.Join(" ", groups.Select(g => $"{g.Name}: mean depth {g.Group.Mean.Value:0.00}.")),
            X = new ChartAxis("Prediction depth: the layer from which on neighbours agree with the network"),
            Y = new ChartAxis("Share of the examples, %") { Minimum = 0 },
            Lines =
            [
                .. groups.Select(
                    (g, style) =>
                    {
                        var total = g.Group.Counts.Sum();
                        var points = g.Group.Counts.Select((count, depth) => Point(depth, Estimate.Share(count, total), 100));
                        return new ChartLine(g.Name, style, [.. points], ErrorMarks.Bars);
                    }
                ),
            ],
        };
    }

    /// <summary>How similar the layers of two networks are.</summary>
    /// <param name="similarity">The measurement.</param>
    public static HeatChart Similarity(LayerSimilarity similarity) =>
        new(
            $"Similarity of layers: this network and {NameOf(similarity)}",
            similarity.Rows,
            similarity.Columns,
            [.. similarity.Values.Select(row => row.Select(value => value.Value).ToArray())],
            "this network",
            NameOf(similarity)
        );

    /// <summary>The orientations that the first layer's tuned units prefer.</summary>
    /// <param name="result">The measurement, on pictures.</param>
    public static LineChart Orientations(FeaturesResult result) =>
        new()
        {
            Title = "Preferred orientations of the first layer's tuned units",
            Description = string.Join(
                " ",
                result.Networks.Select(n => $"{n.Name}: {n.Gratings!.Coverage} of {GratingSummary.Orientations} orientations.")
            ),
            X = new ChartAxis("Preferred orientation of bars, degrees (0 is horizontal)"),
            Y = new ChartAxis("Tuned units") { Minimum = 0 },
            Lines =
            [
                .. result.Networks.Select(network => new ChartLine(
                    network.Name,
                    StyleOf(network.Role),
                    [
                        .. network.Gratings!.Preferred.Select(
                            (units, place) => new ChartPoint(180.0 * place / GratingSummary.Orientations, units)
                        ),
                    ],
                    ErrorMarks.Bars
                )),
            ],
        };

    /// <summary>Lists the layers by number, for a caption.</summary>
    /// <param name="network">A network.</param>
    public static string Legend(NetworkFeatures network) => string.Join(", ", network.Layers.Select((layer, i) => $"{i} {layer.Name}"));

    internal static string NameOf(LayerSimilarity similarity) =>
        similarity.Second == NetworkRole.Subject ? "this network" : similarity.SecondName;

    private static ChartLine Line(
        string name,
        int style,
        NetworkFeatures network,
        Func<LayerFeatures, Estimate> value,
        double scale = 100
    ) => new(name, style, [.. network.Layers.Select((layer, place) => Point(place, value(layer), scale))], ErrorMarks.Bars);

    private static ChartPoint Point(int place, Estimate value, double scale) =>
        new(place, scale * value.Value, scale * value.StandardError);

    private static int StyleOf(NetworkRole role) =>
        role switch
        {
            NetworkRole.Subject => 0,
            NetworkRole.RandomLabels or NetworkRole.TrueLabels => 1,
            NetworkRole.Untrained => 2,
            _ => 3,
        };

    private static string NameOf(DepthKind kind) =>
        kind switch
        {
            DepthKind.Clean => "right labels",
            DepthKind.Wrong => "wrong labels",
            _ => "test examples",
        };

    private static string Describe(FeaturesResult result, Func<LayerFeatures, string> value) =>
        string.Join(
            " ",
            result.Networks.Select(n => $"{n.Name}: {string.Join(", ", n.Layers.Select(layer => $"{layer.Name} {value(layer)}"))}.")
        );
}
