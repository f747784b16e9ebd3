using Rote.Experiments;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017;

/// <summary>Reads numbers from the runs of cells: means over seeds, or one run with its binomial error.</summary>
/// <param name="plan">Maps cells to experiments.</param>
/// <param name="evidence">The runs.</param>
internal sealed class StudyReadings(ZhangPlan plan, Evidence evidence)
{
    /// <summary>Final training accuracy, against given labels.</summary>
    public Estimate Train(StudyCell cell) => Of(plan.Experiments(cell), run => run.Summary.TrainAccuracy());

    /// <summary>Final test accuracy, against true labels.</summary>
    public Estimate Test(StudyCell cell) => Of(plan.Experiments(cell), run => run.Summary.TestAccuracy());

    /// <summary>Test accuracy of one cell minus that of another.</summary>
    public Estimate TestGain(StudyCell with, StudyCell without) => Difference(with, without, run => run.Summary.TestAccuracy());

    /// <summary>Final test accuracy of a network that fitted its training examples; throws for one that did not.</summary>
    public Estimate TestOfFitted(StudyCell cell)
    {
        RequireFitted(cell);
        return Test(cell);
    }

    /// <summary>Fractional epochs until a training accuracy is first reached; infinite if it never is.</summary>
    public Estimate EpochsTo(StudyCell cell, double accuracy) =>
        Time(cell, run => FittingTime.Epochs(run.History, epoch => epoch.TrainAccuracy, accuracy));

    /// <summary>Mean over seeds of the ratio of a cell's time to reach a training accuracy to the reference's.</summary>
    public Estimate Slowdown(StudyCell cell, StudyCell reference, double accuracy) =>
        Ratio(cell, reference, run => FittingTime.Epochs(run.History, epoch => epoch.TrainAccuracy, accuracy));

    /// <summary>The same for reaching a running loss, in nats, which falls.</summary>
    public Estimate SlowdownToLoss(StudyCell cell, StudyCell reference, double loss) =>
        Ratio(cell, reference, run => FittingTime.Epochs(run.History, epoch => -epoch.RunningLoss, -loss));

    /// <summary>Best test accuracy of any evaluated epoch minus the last: the gain of ideal early stopping.</summary>
    public Estimate BestOnTheWay(StudyCell cell)
    {
        var gains = Runs(cell)
            .Select(run => run.History.Max(epoch => epoch.TestAccuracy ?? 0) - run.History[^1].TestAccuracy!.Value)
            .ToArray();
        return Estimate.Mean(gains);
    }

    /// <summary>Lower bound of the class's largest correlation with random signs: 2·accuracy − 1 of the network fitted to them.</summary>
    /// <remarks>Zhang et al. 2017, section 2.2. The mean over several labelings estimates the empirical Rademacher complexity from
    /// below.</remarks>
    public Estimate Rademacher(StudyCell cell, int labelings)
    {
        var estimate = Of(plan.Experiments(cell, labelings), run => run.Summary.TrainAccuracy());
        return new Estimate((2 * estimate.Value) - 1, 2 * estimate.StandardError, estimate.Samples);
    }

    /// <summary>Critical sample ratio of one fitted network minus that of another.</summary>
    public Estimate CriticalSampleGain(StudyCell with, StudyCell without)
    {
        RequireFitted(with);
        RequireFitted(without);
        return Difference(with, without, evidence.CriticalSamples);
    }

    /// <summary>Share of the training examples whose random label Theorem 1's network predicts.</summary>
    public Estimate Represented()
    {
        var exact = evidence.Theorem1().Computations.Single(computation => computation.Name == "double-double");
        return Estimate.Share(exact.Right, exact.Points);
    }

    /// <summary>Returns the finished runs of a cell.</summary>
    public IReadOnlyList<FinishedRun> Runs(StudyCell cell) => [.. plan.Experiments(cell).Select(evidence.Run)];

    /// <summary>Whether all runs of a cell are finished.</summary>
    public bool Has(StudyCell cell) => plan.Experiments(cell).All(evidence.Has);

    /// <summary>Returns the number with the smallest lower bound: value minus the tolerated number of standard errors.</summary>
    public Estimate Smallest(IEnumerable<Estimate> numbers)
    {
        var errors = plan.Tolerance("standard-errors").Value;
        return numbers.MinBy(number =>
            double.IsFinite(number.Value)
                ? number.Value - (double.IsNaN(number.StandardError) ? 0 : errors * number.StandardError)
                : double.NegativeInfinity
        );
    }

    private Estimate Of(IReadOnlyList<Experiment> experiments, Func<FinishedRun, Estimate> read)
    {
        var numbers = experiments.Select(experiment => read(evidence.Run(experiment))).ToArray();
        return numbers.Length == 1 ? numbers[0] : Estimate.Mean([.. numbers.Select(number => number.Value)]);
    }

    /// <summary>Pairs the seeds: both runs of a seed share its random draws, and all runs use the same test examples.</summary>
    private Estimate Difference(StudyCell with, StudyCell without, Func<FinishedRun, Estimate> read)
    {
        var differences = Runs(with).Zip(Runs(without), (run, other) => read(run).Minus(read(other))).ToArray();
        return differences.Length == 1 ? differences[0] : Estimate.Mean([.. differences.Select(difference => difference.Value)]);
    }

    private void RequireFitted(StudyCell cell)
    {
        var (least, level) = (Runs(cell).Min(run => run.Summary.TrainAccuracy().Value), plan.Tolerance("fitting-level").Value);
        if (least < level)
        {
            throw new NoEvidenceException(
                $"The network fitted {least:P1} of its training examples, so that it is not the one of which something is claimed.",
                isOfTheNetwork: true
            );
        }
    }

    private Estimate Time(StudyCell cell, Func<FinishedRun, double> read) => Mean([.. Runs(cell).Select(read)]);

    private Estimate Ratio(StudyCell cell, StudyCell reference, Func<FinishedRun, double> read) =>
        Mean([.. Runs(cell).Zip(Runs(reference), (run, other) => Divide(read(run), read(other)))]);

    /// <summary>Returns NaN if the reference time was never reached, infinity if only the other time never was.</summary>
    private static double Divide(double time, double reference) => double.IsFinite(reference) ? time / reference : double.NaN;

    /// <summary>Returns an infinite mean if any run never got there, and NaN if any value is NaN.</summary>
    private static Estimate Mean(double[] values) =>
        values.All(double.IsFinite)
            ? Estimate.Mean(values)
            : new Estimate(values.Any(double.IsNaN) ? double.NaN : double.PositiveInfinity, double.NaN, values.Length);
}
