using Rote.Experiments;
using Rote.Measurement;

namespace Rote.Storage;

/// <summary>Runs side by side: what differs between their experiments, what came of them, and what came of those that differ by seed
/// alone.</summary>
public sealed class RunComparison
{
    private const string Seed = "seed";

    private RunComparison(IReadOnlyList<StoredRun> runs)
    {
        Runs = runs;
        Differences = ExperimentFields.Differences([.. runs.Select(run => run.Experiment!)]);
        Groups =
        [
            .. runs.GroupBy(run => RoteJson.Canonical(run.Experiment! with { Seed = 0 }))
                .Select(group => new SeedGroup(Label(group.First()), [.. group])),
        ];
        Things = DifferingThings();
        IsSeedMixedIn =
            Groups is [var one, var other]
            && !(one.IsOverSeeds && other.IsOverSeeds)
            && !Seeds(one).IsSubsetOf(Seeds(other))
            && !Seeds(other).IsSubsetOf(Seeds(one));
        if (
            Groups is [var first, var second]
            && Things is [var thing]
            && !IsSeedMixedIn
            && first.Train is { } train
            && second.Train is { } otherTrain
            && first.Test is { } test
            && second.Test is { } otherTest
        )
        {
            Difference = new GroupDifference(thing, first, second, otherTrain.Minus(train), otherTest.Minus(test));
        }
    }

    /// <summary>The runs, in the order given.</summary>
    public IReadOnlyList<StoredRun> Runs { get; }

    /// <summary>The members of the experiments that differ, with one value a run.</summary>
    public IReadOnlyList<FieldDifference> Differences { get; }

    /// <summary>
    /// What differs besides the seed: a member, or a part that is of another kind as a whole (as <c>corruption</c>, whose members then
    /// differ too).
    /// </summary>
    public IReadOnlyList<string> Things { get; }

    /// <summary>The runs by experiment without its seed, in the order of their first run.</summary>
    public IReadOnlyList<SeedGroup> Groups { get; }

    /// <summary>Whether two groups differ by their seeds too and one has a single run, so that what comes of the seed cannot be told from
    /// what comes of <see cref="Things"/>.</summary>
    public bool IsSeedMixedIn { get; }

    /// <summary>What the one thing does in which two groups differ; null for more or fewer groups or things, where the seed may be the
    /// cause as well, or where a group has no finished run.</summary>
    public GroupDifference? Difference { get; }

    /// <summary>Compares runs.</summary>
    /// <param name="runs">Two or more, in any state but damaged.</param>
    /// <exception cref="InputException">There are fewer, one is there twice, or has no experiment that can be read.</exception>
    public static RunComparison Of(IReadOnlyList<StoredRun> runs)
    {
        if (runs.Count < 2)
        {
            throw new InputException(
                $"Comparing takes two runs or more, and {runs.Count} is given; 'rote runs list' lists those that are there."
            );
        }

        var identities = new Dictionary<string, StoredRun>();
        foreach (var run in runs)
        {
            if (run.State is RunState.Damaged or RunState.Foreign || run.Experiment is null)
            {
                throw new InputException(
                    $"The run {RunSearch.Show(run.Name)} cannot be compared: {run.Damage ?? "it has only just begun"}."
                );
            }

            if (!identities.TryAdd(run.Experiment.Identity, run))
            {
                throw new InputException(
                    $"{RunSearch.Show(identities[run.Experiment.Identity].Folder)} and {RunSearch.Show(run.Folder)} are one experiment, "
                        + $"which is compared with itself; leave one out."
                );
            }
        }

        return new RunComparison(runs);
    }

    /// <summary>What is particular about a run, without its seed: as "random-labels" or "learningRate 0.1, batchSize 32".</summary>
    private string Label(StoredRun run)
    {
        var index = Runs.Index().First(item => item.Item == run).Index;
        var words = Differences.Where(difference => difference.Path != Seed && difference.Values[index] is not null).Select(Words);
        var text = string.Join(", ", words);
        return text.Length > 0 ? text
            : Differences.Any(difference => difference.Path != Seed) ? run.Name[..Math.Min(12, run.Name.Length)]
            : "seed alone";

        string Words(FieldDifference difference)
        {
            var name = difference.Path[(difference.Path.LastIndexOf('.') + 1)..];
            return name is "kind" or "name" or "precision" ? difference.Values[index]! : $"{name} {difference.Values[index]}";
        }
    }

    /// <summary>Seeds of the runs that count: an unfinished one is in no mean.</summary>
    private static HashSet<long> Seeds(SeedGroup group) =>
        [.. group.Runs.Where(run => run.State == RunState.Finished).Select(run => run.Experiment!.Seed)];

    private string[] DifferingThings()
    {
        var paths = Differences.Select(difference => difference.Path).Where(path => path != Seed).ToArray();

        // Data by another name or of another content is other data, whatever else its record says.
        string[] wholes =
        [
            .. paths
                .Where(path => path.EndsWith(".kind", StringComparison.Ordinal) || path is "data.name" or "data.sha256")
                .Select(path => path[..path.LastIndexOf('.')])
                .Distinct(),
        ];

        // Another optimizer has no members of SGD, which stand in the recipe itself.
        var isOptimizer = wholes.Contains("recipe.optimizer");
        return
        [
            .. paths
                .Select(path =>
                    isOptimizer && path is "recipe.momentum" or "recipe.nesterov"
                        ? "recipe.optimizer"
                        : wholes.FirstOrDefault(whole => path.StartsWith(whole + ".", StringComparison.Ordinal)) ?? path
                )
                .Distinct(),
        ];
    }
}

/// <summary>Runs of one experiment with different seeds.</summary>
/// <param name="Label">What is particular about them among the runs compared.</param>
/// <param name="Runs">At least one.</param>
public sealed record SeedGroup(string Label, IReadOnlyList<StoredRun> Runs)
{
    /// <summary>Its finished runs.</summary>
    public int Seeds => Runs.Count(run => run.State == RunState.Finished);

    /// <summary>True where the errors are those of a mean over seeds, s/√n; false where one run gives its binomial error alone.</summary>
    public bool IsOverSeeds => Seeds > 1;

    /// <summary>Training accuracy; null without a finished run.</summary>
    public Estimate? Train => Over(run => run.TrainAccuracy);

    /// <summary>Test accuracy; null without a finished run.</summary>
    public Estimate? Test => Over(run => run.TestAccuracy);

    /// <summary>Epochs trained, with an error that is NaN for one run; null without a finished run.</summary>
    public Estimate? Epochs =>
        Seeds == 0
            ? null
            : Estimate.Mean([.. Runs.Where(run => run.State == RunState.Finished).Select(run => (double)run.Summary!.Epochs)]);

    private Estimate? Over(Func<StoredRun, Estimate?> accuracy)
    {
        var known = Runs.Select(accuracy).OfType<Estimate>().ToArray();
        return known switch
        {
            [] => null,
            [var one] => one,
            _ => Estimate.Mean([.. known.Select(estimate => estimate.Value)]),
        };
    }
}

/// <summary>What one thing does.</summary>
/// <param name="Thing">The member or part of the experiment in which the groups differ.</param>
/// <param name="First">The group that is taken away.</param>
/// <param name="Second">The group that it is taken from.</param>
/// <param name="Train">Difference of training accuracies, second minus first, as a share.</param>
/// <param name="Test">Difference of test accuracies, second minus first, as a share.</param>
public sealed record GroupDifference(string Thing, SeedGroup First, SeedGroup Second, Estimate Train, Estimate Test);
