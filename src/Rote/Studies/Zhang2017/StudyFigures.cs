using Rote.Corruptions;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017.Claims;
using Rote.Training;

namespace Rote.Studies.Zhang2017;

/// <summary>Draws the study's figures from the available runs.</summary>
/// <param name="plan">The sizes and tolerances.</param>
/// <param name="evidence">The runs.</param>
internal sealed class StudyFigures(ZhangPlan plan, Evidence evidence)
{
    private readonly StudyReadings _readings = new(plan, evidence);

    /// <summary>Figures 1a, 1b, 1c, 2b, and the separation of clean and corrupted examples; those without a line are omitted.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [
            .. new[] { Paper.Figure1Networks.Select(Losses), [Times(), Errors()], Paper.Figure1Networks.Select(Parts), [TestCurves()] }
                .SelectMany(figures => figures)
                .Where(figure => figure.Lines.Count > 0),
        ];

    /// <summary>Returns the steps to every level, for every network and kind of data.</summary>
    public IReadOnlyList<FittingRow> FittingTimes() =>
        [.. Paper.Figure1Networks.SelectMany(network => KindsAndHalf(network).Where(_readings.Has).Select(cell => Fitting(network, cell)))];

    private FittingRow Fitting(string network, StudyCell cell)
    {
        var run = _readings.Runs(cell)[0];
        var steps = run.Experiment.Recipe.StepsAnEpoch(run.Summary.TrainCount);
        var reference = Cells.True(network);
        return new FittingRow(
            StudyNames.Network(network),
            StudyNames.Data(cell.Corruption),
            steps,
            [.. Reproduction.Levels.Select(level => Times(_readings.EpochsTo(cell, level), steps))],
            [
                .. Reproduction.Levels.Select(level =>
                    _readings.Has(reference) ? _readings.Slowdown(cell, reference, level) : new Estimate(double.NaN, double.NaN, 0)
                ),
            ]
        );

        static Estimate Times(Estimate epochs, int factor) => new(epochs.Value * factor, epochs.StandardError * factor, epochs.Samples);
    }

    private IEnumerable<StudyCell> KindsAndHalf(string network)
    {
        var levels = plan.Scale.Networks[network].CorruptionLevels;
        return
        [
            .. Cells.Kinds.Select(kind => Cells.Kind(network, kind)),
            .. levels.Count == 0 ? Array.Empty<StudyCell>() : [Cells.Level(network, Cells.HalfLevel(plan, network))],
        ];
    }

    private StudyFigure Losses(string network) =>
        new(
            $"figure1a-{network}",
            $"Training loss: {StudyNames.Network(network)}",
            "epoch",
            "Mean loss over the epoch's batches, nats",
            Lines(Cells.Kinds.Select(kind => (StudyNames.Data(kind), Cells.Kind(network, kind))), epoch => epoch.RunningLoss),
            network == "mlp-1x512"
                ? "As the paper's Figure 1a, for a network without spatial bias: shuffled pixels must lie on true labels."
                : "As the paper's Figure 1a, which shows the small Inception: true labels first, then shuffled pixels, Gaussian pixels, "
                    + "random pixels; random labels last."
        );

    private StudyFigure TestCurves() =>
        new(
            "figure2b",
            "Test accuracy per epoch, with and without batch norm",
            "epoch",
            "Test accuracy, %",
            Lines(
                [("with batch norm", Cells.True("small-inception")), ("without", Cells.True("small-inception-no-bn"))],
                epoch => 100 * epoch.TestAccuracy
            ),
            "As the paper's Figure 2b: batch norm makes learning smoother and is worth 3 to 4 points there; neither curve falls again, "
                + "so stopping early gains nothing."
        );

    private StudyFigure Parts(string network)
    {
        var levels = plan.Scale.Networks[network].CorruptionLevels;
        var cell = levels.Count == 0 ? null : Cells.Level(network, Cells.HalfLevel(plan, network));
        IReadOnlyList<StudyLine> lines = cell is null
            ? []
            :
            [
                .. Lines([("clean: fitted", cell)], epoch => 100 * epoch.CleanAccuracy),
                .. Lines([("corrupted: given label (memorized)", cell)], epoch => 100 * epoch.MemorizedShare),
                .. Lines([("corrupted: true label (seen through)", cell)], epoch => 100 * epoch.RecoveredShare),
            ];
        return new StudyFigure(
            $"first-{network}",
            $"Clean and corrupted examples: {StudyNames.Network(network)}",
            "epoch",
            "Share of the examples, %",
            lines,
            $"One run on labels of which {100 * (cell?.Corruption as PartiallyCorruptedLabels)?.Probability:0} % were drawn anew. Arpit "
                + $"et al. 2017 found that a network first learns what most labels agree on, so that it gives corrupted examples their "
                + $"true label, and then the wrong ones by rote."
        );
    }

    private StudyFigure Times() =>
        new(
            "figure1b",
            "Time to fit against the share of corrupted labels",
            "probability that a label is drawn anew",
            "Epochs to fit, relative to true labels",
            [
                .. Paper
                    .Figure1Networks.Select(network =>
                        Curve(network, cell => _readings.Slowdown(cell, Cells.True(network), plan.Tolerance("fitting-level").Value))
                    )
                    .Where(line => line.Points.Count > 1),
            ],
            "As the paper's Figure 1b: fitting takes longer the more labels are wrong, by a small factor."
        );

    private StudyFigure Errors() =>
        new(
            "figure1c",
            "Test error of the fitted network against the share of corrupted labels",
            "probability that a label is drawn anew",
            "Test error, %",
            [
                .. Paper
                    .Figure1Networks.Select(network => Curve(network, cell => Percent(_readings.Test(cell))))
                    .Where(line => line.Points.Count > 1),
            ],
            "As the paper's Figure 1c: the same network, fitted to 100 % everywhere, goes from its best to guessing (90 %)."
        );

    private static Estimate Percent(Estimate accuracy) => new(100 * (1 - accuracy.Value), 100 * accuracy.StandardError, accuracy.Samples);

    private StudyLine Curve(string network, Func<StudyCell, Estimate> read)
    {
        double[] levels = [0, .. plan.Scale.Networks[network].CorruptionLevels, 1];
        var cells = levels
            .Select(level => (Level: level, Cell: Cells.Level(network, level)))
            .Where(pair => _readings.Has(pair.Cell) && _readings.Has(Cells.True(network)));
        return new StudyLine(
            StudyNames.Network(network),
            [.. cells.Select(pair => (pair.Level, read(pair.Cell))).Where(point => double.IsFinite(point.Item2.Value))]
        );
    }

    /// <summary>Draws one line per cell: its first seed's run, epoch by epoch.</summary>
    private IReadOnlyList<StudyLine> Lines(IEnumerable<(string Name, StudyCell Cell)> cells, Func<EpochMetrics, double?> read) =>
        [
            .. cells
                .Where(pair => _readings.Has(pair.Cell))
                .Select(pair => new StudyLine(pair.Name, Points(_readings.Runs(pair.Cell)[0], read))),
        ];

    private static (double, Estimate)[] Points(FinishedRun run, Func<EpochMetrics, double?> read) =>
        [
            .. run
                .History.Where(epoch => read(epoch) is not null)
                .Select(epoch => ((double)epoch.Epoch, new Estimate(read(epoch)!.Value, double.NaN, 1))),
        ];
}
