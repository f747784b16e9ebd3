using Rote.Features;
using Rote.Measurement;

namespace Rote.Reports.Features;

/// <summary>The tables of a page of features.</summary>
public static class FeatureTables
{
    /// <summary>The layers of the run's own network.</summary>
    /// <param name="result">The measurement.</param>
    public static Table Layers(FeaturesResult result)
    {
        var subject = result.Of(NetworkRole.Subject)!;
        return new Table(
            $"The layers of {result.Run}",
            [
                new TableColumn(
                    "layer",
                    "Its path in the network; input is what enters the first, the last are the logits.",
                    ColumnKind.Text
                ),
                new TableColumn("values", "Sizes of its values for one example.", ColumnKind.Text),
                new TableColumn(
                    "pooled",
                    "How they were made at most 512 numbers: maps averaged over a grid of that size; projected on 512 random directions.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "true labels",
                    "Share of test examples whose class a linear probe of true labels reads off it; ± binomial."
                ),
                new TableColumn("input", "The same of the input in as many random directions: what the width alone gives."),
                new TableColumn(
                    "given labels",
                    "Share of training examples whose given label a probe says that was fitted to the other half of them; ± binomial."
                ),
                new TableColumn("dimension", "On how many numbers its values depend near an example (TwoNN, all test examples); ± d/√n."),
                new TableColumn(
                    "at a quarter",
                    "The same with a quarter of the examples, mean of four: near the former, or it is of the scale."
                ),
            ],
            [
                .. subject.Layers.Select(layer =>
                    (IReadOnlyList<TableCell>)
                        [
                            layer.Name,
                            string.Join("×", layer.Shape),
                            layer.Pooling,
                            Numbers.PercentCell(layer.TrueLabels),
                            Numbers.PercentCell(layer.Projection),
                            Numbers.PercentCell(layer.GivenLabels),
                            Plain(layer.Dimension.Whole, "0.0"),
                            Plain(layer.Dimension.Quarters, "0.0"),
                        ]
                ),
            ]
        );
    }

    /// <summary>The networks side by side.</summary>
    /// <param name="result">The measurement.</param>
    public static Table Networks(FeaturesResult result) =>
        new(
            "The networks",
            [
                new TableColumn("network", "This one, and those beside it.", ColumnKind.Text),
                new TableColumn("training", "Share of the training examples looked at whose given label it predicts; ± binomial."),
                new TableColumn("test", "Share of the test examples looked at whose label it predicts; ± binomial."),
                new TableColumn(
                    "last hidden",
                    "Share of test examples whose class a linear probe reads off its last hidden layer; ± binomial."
                ),
                new TableColumn("cut", "Share of the weights, the smallest, that can be cut at a loss of one point of training accuracy."),
            ],
            [.. result.Networks.Select(Network)]
        );

    /// <summary>The first layers side by side.</summary>
    /// <param name="result">The measurement.</param>
    public static Table FirstLayers(FeaturesResult result) =>
        new(
            "The first layers",
            [
                new TableColumn("network", "This one, and those beside it.", ColumnKind.Text),
                new TableColumn("selectivity", "Orientation selectivity of its first layer's units, 0 to 1, mean; ± over units."),
                new TableColumn(
                    "tuned",
                    $"Share of the units that answer and have a selectivity of {GratingSummary.Tuned} or more; ± binomial."
                ),
                new TableColumn("half-width", "Half the width of the tuning at half its height, degrees, tuned units; ± over units."),
                new TableColumn("orientations", "How many of 12 some tuned unit prefers."),
                new TableColumn(
                    "alignment",
                    "Excess of the energy that the filters' covariance has on the axes of the data's, over random axes; ± jackknife."
                ),
                new TableColumn("of the change", "The same for what training changed in the filters."),
            ],
            [.. result.Networks.Select(FirstLayer)]
        );

    /// <summary>What resetting each layer to its initial weights costs; null where that was not measured.</summary>
    /// <param name="network">A network.</param>
    public static Table? Resets(NetworkFeatures network) =>
        network.Resets.Count == 0
            ? null
            : new Table(
                $"One layer put back to its start: {network.Name}",
                [
                    new TableColumn("layer", "The layer that was put back.", ColumnKind.Text),
                    new TableColumn(
                        "right labels",
                        "Fall of the share of training examples with a right label that get it, in points; ± paired."
                    ),
                    new TableColumn("wrong labels", "The same of those with a wrong label."),
                ],
                [.. network.Resets.Select(reset => (IReadOnlyList<TableCell>)[reset.Layer, Fall(reset.Clean), Fall(reset.Wrong)])]
            );

    /// <summary>How many channels hold labels; null where that was not measured.</summary>
    /// <param name="result">The measurement.</param>
    public static Table? KnockOuts(FeaturesResult result)
    {
        var rows = result.Networks.SelectMany(network => network.KnockOuts.Select(known => Row(network, known))).ToArray();
        return rows.Length == 0
            ? null
            : new Table(
                "Channels that hold a label",
                [
                    new TableColumn("network", "Which, and of which of its training examples.", ColumnKind.Text),
                    new TableColumn(
                        "channels",
                        $"Channels silenced one after the other until it predicts another class, mean; {KnockOut.Most} where it "
                            + $"never does; ± over "
                            + $"examples."
                    ),
                    new TableColumn("held", $"Examples that {KnockOut.Most} silenced channels did not change."),
                    new TableColumn("where", "Share of the silenced channels in each layer.", ColumnKind.Text),
                ],
                rows
            );
    }

    /// <summary>The cost of coding the labels; null where it was not measured.</summary>
    /// <param name="result">The measurement.</param>
    public static Table? Codes(FeaturesResult result) =>
        result.CodeLengths.Count == 0
            ? null
            : new Table(
                "The length of a code of the labels",
                [
                    new TableColumn("labels", "Those of this run, or as many random ones.", ColumnKind.Text),
                    new TableColumn("examples", "How many."),
                    new TableColumn("bits", "What they cost when each block is predicted by networks that know the blocks before."),
                    new TableColumn("compressed to", "Bits over those of a code that knows nothing, n · log₂ K; ± over examples."),
                ],
                [
                    .. result.CodeLengths.Select(code =>
                        (IReadOnlyList<TableCell>)
                            [
                                code.IsRandom ? "random" : "of this run",
                                Numbers.Count(code.Examples),
                                Numbers.Count((long)code.Bits),
                                Numbers.PercentCell(code.Share),
                            ]
                    ),
                ]
            );

    private static IReadOnlyList<TableCell> Network(NetworkFeatures network) =>
        [
            network.Name,
            Numbers.PercentCell(network.TrainAccuracy),
            Numbers.PercentCell(network.TestAccuracy),
            Numbers.PercentCell(FeatureWords.LastHidden(network).TrueLabels),
            network.Pruning is { } pruning ? Numbers.PercentCell(pruning.Share) : TableCell.Missing("not trained"),
        ];

    private static IReadOnlyList<TableCell> FirstLayer(NetworkFeatures network) =>
        [
            network.Name,
            network.Gratings is { } seen ? Plain(seen.Selectivity, "0.00") : TableCell.Missing("no pictures"),
            network.Gratings is { } tuned ? Numbers.PercentCell(tuned.TunedShare) : TableCell.Missing("no pictures"),
            network.Gratings is { } wide ? Plain(wide.Bandwidth, "0") : TableCell.Missing("no pictures"),
            network.Gratings is { } covered ? $"{covered.Coverage}" : TableCell.Missing("no pictures"),
            network.Alignment is { } lies ? Plain(lies.Excess, "0.000") : TableCell.Missing("not measured"),
            network.Alignment?.ExcessOfChange is { } changed ? Plain(changed, "0.000") : TableCell.Missing("not trained"),
        ];

    private static IReadOnlyList<TableCell> Row(NetworkFeatures network, KnockOut known) =>
        [
            $"{network.Name}, {(known.Kind == DepthKind.Wrong ? "wrong" : "right")} labels",
            Plain(known.Channels, "0.0"),
            $"{known.Held} of {known.Channels.Samples}",
            string.Join(", ", known.Layers.Zip(known.Shares, (layer, share) => $"{layer} {100 * share:0} %")),
        ];

    private static TableCell Fall(Estimate fall) =>
        double.IsNaN(fall.Value)
            ? TableCell.Missing("none")
            : new TableCell((100 * fall.Value).ToString("0.0;−0.0;0.0"), fall.StandardError > 0 ? $"± {100 * fall.StandardError:0.0}" : "");

    private static TableCell Plain(Estimate value, string form) =>
        double.IsNaN(value.Value)
            ? TableCell.Missing("none")
            : new TableCell(
                value.Value.ToString($"{form};−{form}"),
                double.IsNaN(value.StandardError) ? "± n/a" : $"± {value.StandardError.ToString(form)}"
            );
}
