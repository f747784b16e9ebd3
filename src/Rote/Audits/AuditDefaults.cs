using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Recipes;
using Rote.Training;

namespace Rote.Audits;

/// <summary>An audit's defaults.</summary>
public static class AuditDefaults
{
    /// <summary>Fewest examples: with fewer, a dozen canaries would be all of them.</summary>
    private const int FewestExamples = 40;

    /// <summary>Most classes: several numbers are kept of each pair of them. docs/evidence/audit.md says what memory an audit
    /// takes.</summary>
    private const int MostClasses = 7_000;

    /// <summary>Wanted canaries of each kind: the binomial error of a recall of one half is then 3 points.</summary>
    private const int WantedCanaries = 300;

    /// <summary>Share of the examples that are canaries of one kind at least; below, at most.</summary>
    private const double LeastShare = 0.03;

    private const double GreatestShare = 0.08;

    /// <summary>Bytes of a member beside its copies of the examples: activations, and what is kept of every epoch.</summary>
    private const double MemberBytes = 400e6;

    /// <summary>Its copies of the examples, for each of their values: as they are, with a border, and whitened in two or four
    /// bytes.</summary>
    private const double BytesAValue = 8;

    // of each class for each example trained on, while a member is at work: as seen in the epoch, and what is made of it
    private const double BytesAProbability = 20;
    private const double BytesAnOutcome = 12; // of each class for each example, whatever is at work: sums over members

    /// <summary>The network for a data set.</summary>
    /// <param name="shape">What it is given.</param>
    /// <returns>A narrow residual network for pictures of at least 8×8 pixels, else an MLP with one hidden layer of 256.</returns>
    /// <remarks>Passes over memory cost more than products in a narrow one: two members of four epochs on 2,800 images of CIFAR-10, with
    /// reading and judging, took 26, 34 and 54 s at widths 8, 16 and 32 on two busy cores, and predicted 32, 39 and 46 % of what they were
    /// not trained on (bench/run audit --set none=0 --network resnet-WIDTH --examples 4000 --epochs 4 --members 2).</remarks>
    public static NetworkSpec NetworkFor(TaskShape shape) =>
        !shape.IsVector && Math.Min(shape.Height, shape.Width) >= 8 ? new SmallResNet { Width = 16 } : new Mlp { Hidden = [256] };

    /// <summary>How a member is trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">What it is given.</param>
    /// <param name="examples">Examples to audit.</param>
    /// <returns>What <see cref="NetworkRecipes"/> knows of it, with fewer epochs for more examples.</returns>
    public static Recipe RecipeFor(NetworkSpec network, TaskShape shape, int examples)
    {
        var epochs = Math.Clamp(200_000 / Math.Max(examples, 1), 10, 30);
        return NetworkRecipes.Of(network).Audit(shape) with { Epochs = epochs, EvaluateEvery = epochs, TestEvery = epochs };
    }

    /// <summary>How many examples are canaries of each kind.</summary>
    /// <param name="examples">Examples to audit.</param>
    /// <returns>300, but not less than 3 % and not more than 8 % of the examples.</returns>
    public static int CanariesFor(int examples) =>
        Math.Max(1, (int)Math.Clamp(WantedCanaries, LeastShare * examples, GreatestShare * examples));

    /// <summary>How many members are trained at the same time.</summary>
    /// <param name="plan">The audit.</param>
    /// <param name="examples">The examples; still the caller's.</param>
    /// <returns>As many as there are cores for, and room in half of the memory; at least 1.</returns>
    /// <remarks>Members of one thread at the same time waste less than threads of one member that wait for each other at every layer: on
    /// two cores they train 2.0, 1.7 and 1.4 times as many images a second in a residual network of width 8, 16 and 32 (bench/run
    /// members).</remarks>
    internal static int Together(AuditPlan plan, Dataset examples)
    {
        var values = examples.File is null ? (1 - plan.LeftOut) * examples.Count * TaskShape.Of(examples).Inputs : 0;
        var probabilities = (double)examples.Count * examples.Classes;
        var kept = Math.Min(probabilities, MostKept(plan, examples));
        var inTraining = Math.Min((1 - plan.LeftOut) * probabilities, KeptClasses.Most) + (probabilities > kept ? kept : 0);
        var free = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2) - (BytesAnOutcome * kept);
        var room = Math.Max(0, free / (MemberBytes + (BytesAValue * values) + (BytesAProbability * inTraining)));
        return Math.Max(1, Math.Min(Environment.ProcessorCount / plan.Threads, (int)room));
    }

    /// <summary>Numbers that are kept of predictions where not all are: those of most examples, and all of the canaries.</summary>
    private static double MostKept(AuditPlan plan, Dataset examples) => KeptClasses.Most + (2.0 * plan.Canaries * examples.Classes);

    /// <summary>Refuses what cannot be audited, or not as planned, before anything is trained.</summary>
    /// <param name="plan">The audit.</param>
    /// <param name="examples">The examples.</param>
    /// <exception cref="InputException">As <see cref="RequireAuditable(Dataset)"/>; or no array holds all numbers of the
    /// canaries.</exception>
    internal static void RequireAuditable(AuditPlan plan, Dataset examples)
    {
        RequireAuditable(examples);
        if ((long)examples.Count * examples.Classes > KeptClasses.Most && MostKept(plan, examples) > int.MaxValue)
        {
            throw new InputException(
                $"{examples.Provenance.Name} has {examples.Classes:N0} classes and {examples.Count:N0} examples, of which "
                    + $"{2 * plan.Canaries:N0} are planted with wrong labels, and a probability of each class is kept for each of these: "
                    + $"more than {int.MaxValue:N0}; merge rare classes, or lower {Setting.Examples}."
            );
        }
    }

    /// <summary>Refuses what cannot be audited, before anything is trained.</summary>
    /// <param name="examples">The examples.</param>
    /// <exception cref="InputException">There are too few of them, too many classes, or a class with one example.</exception>
    public static void RequireAuditable(Dataset examples)
    {
        var name = examples.Provenance.Name;
        if (examples.Classes < 2)
        {
            throw new InputException($"{name}: every label is {examples.ClassNames[0]}, expected at least two classes.");
        }

        if (examples.Classes > MostClasses)
        {
            throw new InputException(
                $"{name} has {examples.Classes:N0} classes for {examples.Count:N0} examples, and an audit counts every pair of classes: "
                    + $"expected at most {MostClasses:N0}; give labels that are classes, or merge rare ones."
            );
        }

        if (examples.Count < FewestExamples)
        {
            throw new InputException($"{name} has {examples.Count} examples to audit, expected at least {FewestExamples}.");
        }

        var counts = new int[examples.Classes];
        foreach (var label in examples.Labels.data<long>().ToArray())
        {
            counts[label]++;
        }

        if (Array.IndexOf(counts, 1) is var lonely and >= 0)
        {
            throw new InputException(
                $"{name} has the label {examples.ClassNames[lonely]} only once, expected at least twice: a network that is not trained "
                    + $"on an example must know its class from another one."
            );
        }
    }
}
