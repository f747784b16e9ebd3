using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Recipes;
using Rote.Training;

namespace Rote.Studies.Frontiers;

/// <summary>A run of a frontier.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Target">The target degree; null for a tool without a target.</param>
/// <param name="Experiment">The experiment.</param>
public sealed record FrontierCell(FrontierTool Tool, double? Target, Experiment Experiment);

/// <summary>The tools, degrees and seeds of a frontier on one data set and network.</summary>
public sealed record FrontierPlan
{
    /// <summary>Default target degrees of the dial.</summary>
    public static IReadOnlyList<double> DefaultTargets { get; } = [0, 0.1, 0.25, 0.5, 0.75, 1];

    /// <summary>The data.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>The corruption of its labels.</summary>
    public required Corruption Corruption { get; init; }

    /// <summary>The network.</summary>
    public required NetworkSpec Network { get; init; }

    /// <summary>The recipe that all tools share.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Number of training examples, including the held-out ones.</summary>
    public required int Examples { get; init; }

    /// <summary>The tools.</summary>
    public required IReadOnlyList<FrontierTool> Tools { get; init; }

    /// <summary>Target degrees of the dial.</summary>
    public required IReadOnlyList<double> Targets { get; init; }

    /// <summary>Number of seeds, at least 1; the first is <see cref="FirstSeed"/>.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The first seed.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>Number of threads of a run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Canaries of each run; null: chosen by the number of examples.</summary>
    public CanaryPlan? Canaries { get; init; }

    /// <summary>Number of networks of a membership attack, of the dial at each degree; null: no attack. Default null.</summary>
    /// <exception cref="InputException">The value is below <see cref="FrontierAttack.FewestNetworks"/>.</exception>
    public int? AttackNetworks
    {
        get;
        init =>
            field = value is null or >= FrontierAttack.FewestNetworks
                ? value
                : throw new InputException(
                    $"A membership attack with {value} networks at a degree has too few to compare; {FrontierAttack.FewestNetworks} or "
                        + $"more are needed, {FrontierAttack.FewestOnline} for the stronger attack."
                );
    }

    /// <summary>Returns the networks of the attack, each on a random half of the examples: of the dial at every degree, of adjustable
    /// memorization for all degrees.</summary>
    /// <returns>Of those two among <see cref="Tools"/>, of the dial where neither is; empty if no attack is requested.</returns>
    /// <exception cref="InputException">There are too few examples for the canaries, or too few canaries for the attack.</exception>
    public IReadOnlyList<AttackCell> AttackCells()
    {
        var canaries = Canaries ?? DialRecipe.Canaries(Examples, Recipe);
        if (AttackNetworks is not null && canaries.HeldOut < FrontierAttack.FewestCanaries)
        {
            throw new InputException(
                $"A membership attack compares the canaries that a half of the examples has with those that it lacks, and "
                    + $"{canaries.HeldOut} are too few: {FrontierAttack.FewestCanaries} or more are needed."
            );
        }

        return
        [
            .. from tool in Tools
                .Where(tool => tool.Kind is FrontierKind.Dial or FrontierKind.Adjustable)
                .DefaultIfEmpty(FrontierTool.All[0])
            from target in TargetsOf(tool)
            from number in Enumerable.Range(0, AttackNetworks ?? 0)
            select new AttackCell(
                tool,
                target,
                number,
                Of(tool, target, canaries, FirstSeed + number) with
                {
                    Half = new RandomHalf { Seed = FirstSeed, Number = number },
                }
            ),
        ];
    }

    /// <summary>Returns all runs: seed by seed, the dial first.</summary>
    /// <returns>At least one.</returns>
    /// <exception cref="InputException">There are too few examples for the canaries.</exception>
    public IReadOnlyList<FrontierCell> Cells()
    {
        var canaries = Canaries ?? DialRecipe.Canaries(Examples, Recipe);
        return
        [
            .. from seed in Enumerable.Range(0, Seeds)
            from tool in Tools
            from target in TargetsOf(tool)
            select new FrontierCell(tool, target, Of(tool, target, canaries, FirstSeed + seed)),
        ];
    }

    private IEnumerable<double?> TargetsOf(FrontierTool tool) => tool.HasTargets ? Targets.Select(target => (double?)target) : [null];

    private Experiment Of(FrontierTool tool, double? target, CanaryPlan canaries, long seed)
    {
        var recipe = tool.Change(Recipe);
        var (evaluated, tested) = tool.Kind == FrontierKind.Path ? (1, 1) : (recipe.EvaluateEvery, int.MaxValue); // all epochs are points
        var experiment = new Experiment
        {
            Data = Data,
            Corruption = Corruption,
            Canaries = canaries,
            Control = tool.Method(target ?? 1),
            Network = Network with { Dropout = tool.Dropout ?? Network.Dropout, TiedDropout = tool.TiedDropout ?? Network.TiedDropout },
            Recipe = recipe with { EvaluateEvery = evaluated, TestEvery = tested },
            Seed = seed,
            Threads = Threads,
        };
        experiment.RequireConsistent();
        return experiment;
    }
}
