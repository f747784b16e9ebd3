using System.Globalization;
using Rote.Cli.Documents;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Reports.Runs;
using Rote.Storage;

namespace Rote.Cli.Commands;

/// <summary>Output of <c>rote train</c> for a finished run.</summary>
internal static class TrainOutput
{
    /// <summary>The same training without the dial: same canaries and epochs, the phases of a dial at 1, and no label replaced.</summary>
    /// <param name="experiment">One under the dial.</param>
    public static Experiment Baseline(Experiment experiment) =>
        experiment with
        {
            Control = new MemorizationDial { Target = 1, Parts = DialParts.None },
        };

    /// <summary>Prints the results, for people and for programs.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="baseline">The same without the dial; null: not asked for.</param>
    /// <param name="degrees">What it was chosen from; null: it was not.</param>
    /// <param name="noise">How many labels are wrong; null: not asked for.</param>
    /// <param name="stripped">Its network without canaries; null: not asked for.</param>
    public static void Print(
        Screen screen,
        FinishedRun run,
        FinishedRun? baseline = null,
        IReadOnlyList<FinishedRun>? degrees = null,
        NoiseRate? noise = null,
        StrippedNetwork? stripped = null
    )
    {
        var summary = run.Summary;
        screen.Line();
        screen.Table(TrainTable.Create(run));
        if (summary.Certificate() is { } certificate)
        {
            screen.Line(CertificateWords.Of(certificate));
        }

        if (baseline is not null)
        {
            screen.Line($"Without the dial: {CertificateWords.Baseline(run.Summary, baseline.Summary)}");
        }

        if (noise is not null)
        {
            screen.Line(CertificateWords.Noise(noise));
        }

        if (stripped is not null)
        {
            screen.Line(CertificateWords.Stripped(stripped));
        }

        var adjustable = run.Degrees();
        if (adjustable is not null)
        {
            PrintDegrees(screen, run, adjustable);
        }

        screen.Line($"{Wording.Count(summary.Epochs, "epoch")} in {run.History[^1].Seconds:F0} s. The run's folder: {run.Folder}");
        screen.Document(
            TrainDocument.Of(run) with
            {
                Baseline = baseline is null ? null : DegreeDocument.Of(baseline),
                Degrees = degrees is null ? null : [.. degrees.Select(DegreeDocument.Of)],
                NoiseRate = noise,
                Stripped = stripped,
                Adjustable = adjustable,
            }
        );
    }

    private static void PrintDegrees(Screen screen, FinishedRun run, DegreeTable degrees)
    {
        screen.Line();
        if (degrees.Degrees.Count == 0)
        {
            screen.Line("No degree can be set: of the planted labels the second network has fitted too few. A longer training fits more.");
            return;
        }

        screen.Table(AdjustableTable.Create(degrees));
        var example = degrees.Degrees.MinBy(row => Math.Abs(row.Degree - 0.1))!.Degree;
        screen.Line($"Set one: rote evaluate {CommandLine.Quote(run.Folder)} --memorize {Invariant(example)}");
        if (degrees.Most < 1)
        {
            screen.Line("1 is out of reach: not all of the planted labels are fitted. A longer training fits more.");
        }

        static string Invariant(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
