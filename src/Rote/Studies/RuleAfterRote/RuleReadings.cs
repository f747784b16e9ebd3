using System.Runtime.CompilerServices;
using Rote.Data.Catalog;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Training;

namespace Rote.Studies.RuleAfterRote;

/// <summary>Reads numbers from the runs of cells: means over seeds, or one run with its binomial error.</summary>
/// <param name="plan">Maps cells to experiments.</param>
/// <param name="evidence">The runs.</param>
internal sealed class RuleReadings(RulePlan plan, Evidence evidence)
{
    /// <summary>Training accuracy at which the pairs count as learned.</summary>
    public const double Learned = 0.99;

    /// <summary>Test accuracy at which the rule counts as found: half of the unseen pairs.</summary>
    public const double Found = 0.5;

    private static readonly ConditionalWeakTable<FinishedRun, UnitPruning> Prunings = new(); // several claims share one

    /// <summary>Returns the finished runs of a cell, one per seed.</summary>
    public IReadOnlyList<FinishedRun> Runs(RuleCell cell) => [.. plan.Experiments(cell).Select(evidence.Run)];

    /// <summary>Whether all runs of a cell are finished.</summary>
    public bool Has(RuleCell cell) => plan.Experiments(cell).All(evidence.Has);

    /// <summary>Returns the mean over seeds of a number read from each run; for one run, the number with its own error.</summary>
    public Estimate Mean(RuleCell cell, Func<FinishedRun, Estimate> read)
    {
        var numbers = Runs(cell).Select(read).ToArray();
        return numbers.Length == 1 ? numbers[0] : Estimate.Mean([.. numbers.Select(number => number.Value)]);
    }

    /// <summary>Final training accuracy, against given labels.</summary>
    public Estimate Train(RuleCell cell) => Mean(cell, run => run.Summary.TrainAccuracy());

    /// <summary>Final test accuracy.</summary>
    public Estimate Test(RuleCell cell) => Mean(cell, run => run.Summary.TestAccuracy());

    /// <summary>Test accuracy at the first evaluation at which the training pairs are learned.</summary>
    public Estimate TestWhenLearned(RuleCell cell) =>
        Mean(
            cell,
            run =>
                run.History.FirstOrDefault(epoch => epoch.TrainAccuracy >= Learned) is { TestAccuracy: { } share }
                    ? Share(share, run.Summary.TestCount)
                    : throw new NoEvidenceException($"No epoch fitted {Learned:P0} of the training pairs.", isOfTheNetwork: true)
        );

    /// <summary>Fractional epochs until test accuracy <see cref="Found"/>.</summary>
    public static double EpochsToRule(FinishedRun run) => FittingTime.Epochs(run.History, epoch => epoch.TestAccuracy, Found);

    /// <summary>Fractional epochs until training accuracy <see cref="Learned"/>.</summary>
    public static double EpochsToRote(FinishedRun run) => FittingTime.Epochs(run.History, epoch => epoch.TrainAccuracy, Learned);

    /// <summary>Mean of the per-seed ratios of two times. Infinite if only a first time was never reached, NaN if a second one never
    /// was.</summary>
    public Estimate Ratio(RuleCell cell, Func<FinishedRun, double> time, RuleCell reference, Func<FinishedRun, double> other)
    {
        var ratios = Runs(cell)
            .Zip(Runs(reference), (run, against) => double.IsFinite(other(against)) ? time(run) / other(against) : double.NaN)
            .ToArray();
        return ratios.All(double.IsFinite)
            ? Estimate.Mean(ratios)
            : new Estimate(ratios.Any(double.IsNaN) ? double.NaN : double.PositiveInfinity, double.NaN, ratios.Length);
    }

    /// <summary>Reads a number from the network after units are cut.</summary>
    public Estimate Pruned(RuleCell cell, PruningOrder order, Func<PruningPoint, double> read) =>
        Mean(
            cell,
            run =>
            {
                var point = Pruning(run).At(order, UnitPruning.CutShare);
                return new Estimate(read(point), double.NaN, 1);
            }
        );

    /// <summary>Returns the effect of cutting units of a run's network.</summary>
    /// <exception cref="NoEvidenceException">The weights cannot be read.</exception>
    public UnitPruning Pruning(FinishedRun run)
    {
        try
        {
            return Prunings.GetValue(
                run,
                some =>
                {
                    using var data = ModularAddition.Generate(plan.Scale.Modulus);
                    return UnitPruning.Of(some, data);
                }
            );
        }
        catch (RoteException error)
        {
            throw new NoEvidenceException(error.Message, isOfTheNetwork: false);
        }
    }

    /// <summary>Returns the largest value of a measure over the epochs of a run.</summary>
    public static double Peak(FinishedRun run, Func<EpochMetrics, double?> read) => run.History.Max(epoch => read(epoch) ?? 0);

    /// <summary>Returns a share of <paramref name="count"/> examples with its binomial error.</summary>
    public static Estimate Share(double share, int count) => new(share, Math.Sqrt(share * (1 - share) / count), count);
}
