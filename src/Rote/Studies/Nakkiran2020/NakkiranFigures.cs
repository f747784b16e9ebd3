using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.Nakkiran2020;

/// <summary>Draws the study's figures from the available runs.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The runs.</param>
internal sealed class NakkiranFigures(NakkiranPlan plan, Evidence evidence)
{
    private readonly NakkiranReadings _readings = new(plan, evidence);

    /// <summary>Returns the figures.</summary>
    public IReadOnlyList<StudyFigure> All() => [.. Widths(), .. Epochs()];

    private IEnumerable<StudyFigure> Widths()
    {
        StudyLine[] lines =
        [
            .. Line("a fifth drawn anew", WidthKind.Noisy, (curve, place) => curve.Last(place)),
            .. Line("the same, half as many examples", WidthKind.HalfNoisy, (curve, place) => curve.Last(place)),
            .. Line("the same, stopped by held-out examples", WidthKind.Noisy, (curve, place) => curve.Stopped(place)),
            .. Line("true labels", WidthKind.Clean, (curve, place) => curve.Last(place)),
            .. Line("training error, a fifth drawn anew", WidthKind.Noisy, (curve, place) => curve.TrainWrong(place)),
        ];
        if (lines.Length > 0)
        {
            yield return new StudyFigure(
                "width",
                "Test error against the width",
                "hidden units",
                "Error, %",
                lines,
                "Test error against true labels of one hidden layer after the last epoch. In the paper it has a peak where the training "
                    + "error reaches 0."
            )
            {
                HasLogarithmicX = true,
            };
        }
    }

    private IEnumerable<StudyFigure> Epochs()
    {
        if (!_readings.Has(WidthKind.Noisy))
        {
            yield break;
        }

        var widths = plan.Scale.Widths;
        int[] places = [0, widths.Count / 3, widths.Count * 2 / 3, widths.Count - 1];
        yield return new StudyFigure(
            "epochs",
            "Test error against epochs, a fifth of the labels drawn anew",
            "epochs",
            "Test error, %",
            [.. places.Select(place => Course($"{widths[place]} units", place))],
            "In the paper that of wide networks falls, rises while noise is fitted, and falls again."
        )
        {
            HasLogarithmicX = true,
        };
    }

    private StudyLine Course(string name, int place)
    {
        FinishedRun[] runs = [.. _readings.Draws().Select(draw => evidence.Run(plan.Networks(WidthKind.Noisy, draw)[place]))];
        var epochs = runs[0].History.Where(epoch => epoch is { Epoch: > 0, TestAccuracy: not null }).Select(epoch => epoch.Epoch);
        return new StudyLine(name, [.. epochs.Select(epoch => ((double)epoch, Percent([.. runs.Select(run => Wrong(run, epoch))])))]);
    }

    private IEnumerable<StudyLine> Line(string name, WidthKind kind, Func<WidthCurve, int, double> read)
    {
        if (_readings.Has(kind))
        {
            WidthCurve[] curves = [.. _readings.Draws().Select(draw => _readings.Curve(kind, draw))];
            yield return new StudyLine(
                name,
                [.. plan.Scale.Widths.Select((width, place) => ((double)width, Percent([.. curves.Select(curve => read(curve, place))])))]
            );
        }
    }

    private static double Wrong(FinishedRun run, int epoch) => 1 - run.History.First(one => one.Epoch == epoch).TestAccuracy!.Value;

    private static Estimate Percent(double[] shares)
    {
        var mean = Estimate.Mean(shares);
        return new Estimate(100 * mean.Value, 100 * mean.StandardError, mean.Samples);
    }
}
