using System.CommandLine;
using Rote.Corruptions;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Recipes;
using Rote.Reports.Runs;
using Rote.Training;

namespace Rote.Cli.Commands;

/// <summary>The number of canaries that a run plants, and how precisely they measure memorization.</summary>
internal static class CanaryOptions
{
    private static readonly Option<int?> Canaries = new("--canaries")
    {
        Description = "Where memorization is read, wrong labels planted in each of the two sets [default: by the number of examples]",
        HelpName = "N",
    };

    private static readonly Option<double?> PrecisionOfM = new("--precision-of-m")
    {
        Description = "As many canaries as it takes to know memorization to ± P, at worst",
        HelpName = "P",
    };

    private static readonly Option<bool> BoundPrivacy = new("--bound-privacy")
    {
        Description =
            "Leave each held-out canary out of training with probability one half; the certificate then says which ε of differential "
            + "privacy this training rules out",
    };

    /// <summary>The options, for a command.</summary>
    public static IReadOnlyList<Option> All => [Canaries, PrecisionOfM, BoundPrivacy];

    /// <summary>Those that say how many canaries there are.</summary>
    public static IReadOnlyList<Option> Numbers => [Canaries, PrecisionOfM];

    /// <summary>Refuses what needs no data to be refused.</summary>
    /// <exception cref="InputException">Both are given, one without a reading of memorization, or a number is out of range.</exception>
    public static void RequireKnown(ParseResult parse, bool isRead)
    {
        var (canaries, precision) = (parse.GetValue(Canaries), parse.GetValue(PrecisionOfM));
        if (canaries is not null && precision is not null)
        {
            throw new InputException("--canaries and --precision-of-m say the same thing in two ways; give one of them.");
        }

        if ((canaries is not null || precision is not null || parse.GetValue(BoundPrivacy)) && !isRead)
        {
            var option =
                canaries is not null ? "--canaries"
                : precision is not null ? "--precision-of-m"
                : "--bound-privacy";
            throw new InputException($"{option} is about reading memorization: give --memorize or " + "--watch-memorization too.");
        }

        _ = canaries is { } number ? new CanaryPlan { Steering = number, HeldOut = number } : null;
        if (precision is { } width)
        {
            DialRecipe.RequirePrecision(width);
        }
    }

    /// <summary>The canaries of a run.</summary>
    /// <param name="parse">The command.</param>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="recipe">Says the share held out.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="InputException">There are too few examples.</exception>
    public static CanaryPlan Plan(ParseResult parse, int examples, Recipe recipe, int classes)
    {
        var usual = DialRecipe.Canaries(examples, recipe); // refuses data that is too small for any
        var (trained, leavesOut) = (DialRecipe.Trained(examples, recipe), parse.GetValue(BoundPrivacy));
        var plan =
            parse.GetValue(Canaries) is { } each ? new CanaryPlan { Steering = each, HeldOut = each }
            : parse.GetValue(PrecisionOfM) is { } precision ? Precise(precision)
            : usual;
        plan.RequireFit(trained);
        return plan with { LeavesOut = leavesOut };

        CanaryPlan Precise(double precision)
        {
            var counted = DialRecipe.CanariesFor(precision, classes, examples - trained);
            return leavesOut ? counted with { HeldOut = 2 * counted.HeldOut } : counted; // half of them are not counted
        }
    }

    /// <summary>Prints, before anything is trained, how precisely the requested degree will be known.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="experiment">What is to be run.</param>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="classes">K.</param>
    public static void Print(Screen screen, Experiment experiment, int examples, int classes)
    {
        if (experiment.Canaries is not { } plan)
        {
            return;
        }

        if (experiment.Control is MemorizationDial { Target: var target })
        {
            Print(screen, plan, target, experiment.Recipe, examples, classes);
        }
        else if (experiment.Control is AdjustableMemorization)
        {
            PrintAdjustable(screen, plan, experiment.Recipe, examples, classes);
        }
    }

    /// <summary>The same of one training for every degree.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="plan">The canaries.</param>
    /// <param name="recipe">Says the share held out.</param>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="classes">K.</param>
    public static void PrintAdjustable(Screen screen, CanaryPlan plan, Recipe recipe, int examples, int classes)
    {
        var all = new CanaryPlan { Steering = plan.Steering, HeldOut = plan.Steering + plan.Counted }; // both sets set the degrees
        var heldOut = examples - DialRecipe.Trained(examples, recipe);
        screen.Progress(CertificateWords.BeforeAdjustable(CanaryOutlook.Of(all, 0.5, classes, heldOut)));
    }

    /// <summary>The same of one degree.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="plan">The canaries.</param>
    /// <param name="target">The degree.</param>
    /// <param name="recipe">Says the share held out.</param>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="classes">K.</param>
    public static void Print(Screen screen, CanaryPlan plan, double target, Recipe recipe, int examples, int classes)
    {
        var trained = DialRecipe.Trained(examples, recipe);
        var outlook = CanaryOutlook.Of(plan, target, classes, examples - trained);
        screen.Progress(CertificateWords.Before(outlook));
        if (target == 0 || outlook.IsToldFromZero || outlook.NeededFromZero is not { } needed)
        {
            return;
        }

        var asked = new CanaryPlan { Steering = needed, HeldOut = needed };
        var byDefault = plan.LeavesOut ? null : DialRecipe.ExamplesFor(needed);
        screen.Progress(
            asked.ExamplesNeeded <= trained
                ? $"To tell it from 0 give --canaries {needed}{(byDefault is { } more ? $", or {more:N0} examples" : "")}."
                : $"To tell it from 0 takes {needed:N0} canaries in each set: "
                    + (
                        byDefault is { } enough
                            ? $"{enough:N0} examples have as many."
                            : $"--canaries {needed} with {asked.ExamplesNeeded:N0} examples to train on."
                    )
        );
    }
}
