using System.Runtime.CompilerServices;
using Rote.Data.Catalog;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Training;

namespace Rote.Studies.RuleAfterRote;

/// <summary>Numbers taken from the runs of cells: means over seeds, or one run with its binomial error.</summary>
/// <param name="plan">Says which experiments a cell is.</param>
/// <param name="evidence">The runs.</param>
internal sealed class RuleReadings(RulePlan plan, Evidence evidence)
{
    /// <summary>Training accuracy from which the pairs count as learned.</summary>
    public const double Learned = 0.99;

    /// <summary>Test accuracy from which the rule counts as found: half of the pairs that were never seen.</summary>
    public const double Found = 0.5;

    private static readonly ConditionalWeakTable<FinishedRun, UnitPruning> Prunings = new(); // several claims look at one

    /// <summary>The finished runs of a cell, one a seed.</summary>
    public IReadOnlyList<FinishedRun> Runs(RuleCell cell) => [.. plan.Experiments(cell).Select(evidence.Run)];

    /// <summary>Whether all runs of a cell are there.</summary>
    public bool Has(RuleCell cell) => plan.Experiments(cell).All(evidence.Has);

    /// <summary>The mean over seeds of what is read from a run; of one run the number with its own error.</summary>
    public Estimate Mean(RuleCell cell, Func<FinishedRun, Estimate> read)
    {
        var numbers = Runs(cell).Select(read).ToArray();
        return numbers.Length == 1 ? numbers[0] : Estimate.Mean([.. numbers.Select(number => number.Value)]);
    }

    /// <summary>Final training accuracy, against the labels given.</summary>
    public Estimate Train(RuleCell cell) => Mean(cell, run => run.Summary.TrainAccuracy());

    /// <summary>Final test accuracy.</summary>
    public Estimate Test(RuleCell cell) => Mean(cell, run => run.Summary.TestAccuracy());

    /// <summary>Test accuracy at the first evaluation that finds the training pairs learned.</summary>
    public Estimate TestWhenLearned(RuleCell cell) =>
        Mean(
            cell,
            run =>
                run.History.FirstOrDefault(epoch => epoch.TrainAccuracy >= Learned) is { TestAccuracy: { } share }
                    ? Share(share, run.Summary.TestCount)
                    : throw new NoEvidenceException($"No epoch fitted {Learned:P0} of the training pairs.", isOfTheNetwork: true)
        );

    /// <summary>Epochs, with fractions, to <see cref="Found"/>.</summary>
    public static double EpochsToRule(FinishedRun run) => FittingTime.Epochs(run.History, epoch => epoch.TestAccuracy, Found);

    /// <summary>Epochs, with fractions, to <see cref="Learned"/>.</summary>
    public static double EpochsToRote(FinishedRun run) => FittingTime.Epochs(run.History, epoch => epoch.TrainAccuracy, Learned);

    /// <summary>A ratio of two times, seed by seed, then its mean. Infinite where only the first was never reached, no number where the
    /// second was not.</summary>
    public Estimate Ratio(RuleCell cell, Func<FinishedRun, double> time, RuleCell reference, Func<FinishedRun, double> other)
    {
        var ratios = Runs(cell)
            .Zip(Runs(reference), (run, against) => double.IsFinite(other(against)) ? time(run) / other(against) : double.NaN)
            .ToArray();
        return ratios.All(double.IsFinite)
            ? Estimate.Mean(ratios)
            : new Estimate(ratios.Any(double.IsNaN) ? double.NaN : double.PositiveInfinity, double.NaN, ratios.Length);
    }

    /// <summary>The network after units are cut.</summary>
    public Estimate Pruned(RuleCell cell, PruningOrder order, Func<PruningPoint, double> read) =>
        Mean(
            cell,
            run =>
            {
                var point = Pruning(run).At(order, UnitPruning.CutShare);
                return new Estimate(read(point), double.NaN, 1);
            }
        );

    /// <summary>What cutting units of a run's network does.</summary>
    /// <exception cref="NoEvidenceException">Its weights cannot be read.</exception>
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

    /// <summary>The largest value of a measure over the course of a run.</summary>
    public static double Peak(FinishedRun run, Func<EpochMetrics, double?> read) => run.History.Max(epoch => read(epoch) ?? 0);

    /// <summary>A share of so many examples with its binomial error.</summary>
    public static Estimate Share(double share, int count) => new(share, Math.Sqrt(share * (1 - share) / count), count);
}
