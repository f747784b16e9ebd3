using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Training;

namespace Rote.Studies.RuleAfterRote;

/// <summary>Draws the study's figures from the available runs of the first seed.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The runs.</param>
internal sealed class RuleFigures(RulePlan plan, Evidence evidence)
{
    private const string Epochs = "epoch";
    private const string Percent = "Share, %";
    private const string ThisSeed = "One run, seed 1.";

    private readonly RuleReadings _readings = new(plan, evidence);

    /// <summary>The figures that have lines.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [.. new[] { Order(), Shares(), Both(), Unlearning(), Canaries(), Pruning() }.Where(figure => figure.Lines.Count > 0)];

    private StudyFigure Order() =>
        new(
            "order",
            "By rote first, by rule long afterwards",
            Epochs,
            Percent,
            [
                .. Course(RuleCell.Usual, ("training, weight decay 1", epoch => epoch.TrainAccuracy)),
                .. Course(RuleCell.Usual, ("new pairs, weight decay 1", epoch => epoch.TestAccuracy)),
                .. Course(RuleCell.NoDecay, ("new pairs, no decay", epoch => epoch.TestAccuracy)),
            ],
            $"Training pairs are learned by heart in some hundred epochs. Until then, and long after, new pairs are answered by guessing; "
                + $"with weight decay the rule comes. {ThisSeed}"
        );

    private StudyFigure Shares() =>
        new(
            "shares",
            "The fewer pairs, the later the rule",
            Epochs,
            Percent,
            [
                .. Course(RuleCell.Usual, ("70 % of the pairs", epoch => epoch.TestAccuracy)),
                .. RuleCell.Fewer.SelectMany(cell => Course(cell, (cell.Name, epoch => epoch.TestAccuracy))),
            ],
            $"Share of the new pairs that are right, weight decay 1. {ThisSeed}"
        );

    private StudyFigure Both() =>
        new(
            "both",
            "Rule and rote in one network: weight decay 4, a tenth of the sums drawn anew",
            Epochs,
            Percent,
            WrongLabels(RuleCell.Both),
            $"The network says nearly every wrong sum that it was given, and answers new pairs by rule. {ThisSeed}"
        );

    private StudyFigure Unlearning() =>
        new(
            "unlearning",
            "Rote that is unlearned: weight decay 8, a tenth of the sums drawn anew",
            Epochs,
            Percent,
            WrongLabels(RuleCell.Unlearning),
            $"Wrong sums are learned first. When the rule is found they give way to the true ones, which it was never told. {ThisSeed}"
        );

    private StudyFigure Canaries() =>
        new(
            "canaries",
            "What canaries say: weight decay 8",
            Epochs,
            Percent,
            Course(
                RuleCell.Watched,
                ("memorization m of the canaries", epoch => epoch.Memorization),
                ("other wrong sums predicted", epoch => epoch.MemorizedShare),
                ("new pairs", epoch => epoch.TestAccuracy)
            ),
            $"{plan.Scale.Watched} canaries stand for {Changed()} other wrong sums, of which the measure does not know. {ThisSeed}"
        );

    private StudyFigure Pruning()
    {
        var lines = Array.Empty<StudyLine>();
        if (_readings.Has(RuleCell.Both))
        {
            try
            {
                var points = _readings.Pruning(_readings.Runs(RuleCell.Both)[0]).Points;
                lines =
                [
                    Line("wrong sums predicted", points[PruningOrder.LeastPeriodic], point => point.Memorized),
                    Line("true sums instead", points[PruningOrder.LeastPeriodic], point => point.Recovered),
                    Line("new pairs", points[PruningOrder.LeastPeriodic], point => point.Test),
                    Line("new pairs, most periodic first", points[PruningOrder.MostPeriodic], point => point.Test),
                ];
            }
            catch (NoEvidenceException)
            {
                lines = []; // the claims say why
            }
        }

        return new StudyFigure(
            "pruning",
            "Cutting units of the network that holds both",
            "share of the first layer's units that is cut, %",
            Percent,
            lines,
            $"The least periodic units first, by the inverse participation ratio of their weights' Fourier transform. {ThisSeed}"
        );

        static StudyLine Line(string name, IReadOnlyList<PruningPoint> points, Func<PruningPoint, double> read) =>
            new(name, [.. points.Where(p => !double.IsNaN(read(p))).Select(p => (100 * p.Cut, Known(100 * read(p))))]);
    }

    private StudyLine[] WrongLabels(RuleCell cell) =>
        Course(
            cell,
            ("right sums predicted", epoch => epoch.CleanAccuracy),
            ("wrong sums predicted", epoch => epoch.MemorizedShare),
            ("true sums instead", epoch => epoch.RecoveredShare),
            ("new pairs", epoch => epoch.TestAccuracy)
        );

    private string Changed() => _readings.Has(RuleCell.Watched) ? $"{_readings.Runs(RuleCell.Watched)[0].Summary.ChangedCount}" : "the";

    private StudyLine[] Course(RuleCell cell, params (string Name, Func<EpochMetrics, double?> Read)[] measures)
    {
        if (!_readings.Has(cell))
        {
            return [];
        }

        var run = _readings.Runs(cell)[0];
        return [.. measures.Select(measure => new StudyLine(measure.Name, Points(run, measure.Read)))];
    }

    private static (double, Estimate)[] Points(FinishedRun run, Func<EpochMetrics, double?> read) =>
        [.. run.History.Where(epoch => read(epoch) is not null).Select(epoch => ((double)epoch.Epoch, Known(100 * read(epoch)!.Value)))];

    private static Estimate Known(double value) => new(value, double.NaN, 1);
}
