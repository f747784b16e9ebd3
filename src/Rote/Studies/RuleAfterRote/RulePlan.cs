using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Recipes;
using Rote.Studies.Claims;
using Rote.Studies.RuleAfterRote.Claims;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Studies.RuleAfterRote;

/// <summary>Turns cells into experiments, at one scale.</summary>
internal sealed class RulePlan(RuleScale scale, int seeds, Precision precision) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The largest possible batch: every step is full-batch.</summary>
    private const int WholeSet = 65_536;

    private const string DataName = "modular-addition";
    private const double LearningRate = 0.003;
    private const double HeldOutShare = 0.05;
    private const double DialTarget = 0.5;
    private const int DialBatch = 512;
    private const int DialEpochs = 80;

    /// <summary>The sizes.</summary>
    public RuleScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => RuleWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => RuleWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims()
    {
        var make = new ClaimFactory(this);
        return
        [
            .. OrderClaims.Of(make),
            .. DecayClaims.Of(make),
            .. ShareClaims.Of(make),
            .. WrongLabelClaims.Of(make),
            .. PruningClaims.Of(make),
            .. CanaryClaims.Of(make),
            .. DialClaims.Of(make),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new RuleFigures(this, evidence).All();

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) =>
        $"{RuleCell.All.FirstOrDefault(cell => Of(cell, experiment.Seed).Identity == experiment.Identity)?.Name ?? "dial"}, seed "
        + $"{experiment.Seed}";

    /// <summary>Returns the experiments of a cell, one per seed.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>In order of the seed, from 1.</returns>
    public IReadOnlyList<Experiment> Experiments(RuleCell cell) => [.. Enumerable.Range(1, Seeds).Select(seed => Of(cell, seed))];

    /// <summary>Returns the dial's experiments, one per seed; null if the scale has none.</summary>
    public IReadOnlyList<Experiment>? Dial() =>
        Scale.DialModulus is { } modulus ? [.. Enumerable.Range(1, Seeds).Select(seed => Dial(modulus, seed))] : null;

    private Experiment Of(RuleCell cell, long seed) => Experiment(Scale, cell, seed, threads: 1, precision);

    private Experiment Dial(int modulus, long seed)
    {
        var entry = DataCatalog.Find($"{DataName}-{modulus}");
        var network = new Mlp { Hidden = Scale.Hidden };
        var shape = new TaskShape(entry.Height, entry.Width, entry.Channels, entry.ClassNames.Count) { IsVector = true };
        var recipe = DialRecipe.For(network, shape, entry.TrainExamples, DialBatch) with
        {
            Optimizer = new AdamW(),
            LearningRate = LearningRate,
            WeightDecay = RuleCell.Usual.Decay,
            Epochs = DialEpochs,
            Precision = precision,
        };
        return new Experiment
        {
            Data = new DataSpec { Name = entry.Name },
            Canaries = DialRecipe.Canaries(entry.TrainExamples, recipe),
            Control = new MemorizationDial { Target = DialTarget },
            Network = network,
            Recipe = recipe,
            Seed = seed,
            Threads = 1,
        };
    }

    /// <summary>Returns one experiment of a cell.</summary>
    /// <param name="scale">The sizes.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="seed">The seed of all randomness.</param>
    /// <param name="threads">Its number of threads.</param>
    /// <param name="precision">The number format of the layers' computation.</param>
    public static Experiment Experiment(RuleScale scale, RuleCell cell, long seed, int threads, Precision precision) =>
        new()
        {
            Data = new DataSpec { Name = scale.Data, Examples = cell.Share is { } share ? scale.Pairs(share) : null },
            Corruption = cell.Corruption,
            Canaries = cell.WithCanaries ? new CanaryPlan { Steering = scale.Watched, HeldOut = scale.KeptApart } : null,
            Control = cell.WithCanaries ? new WatchedMemorization() : null,
            Network = new Mlp { Hidden = scale.Hidden },
            Recipe = new Recipe
            {
                Optimizer = new AdamW(),
                LearningRate = LearningRate,
                Schedule = new ConstantSchedule(),
                WeightDecay = cell.Decay,
                BatchSize = WholeSet,
                Epochs = Math.Max(1, cell.Epochs / scale.Shortened),
                EvaluateEvery = scale.EvaluateEvery,
                HoldOut = cell.WithCanaries ? HeldOutShare : 0,
                Precision = precision,
            },
            Seed = seed,
            Threads = threads,
        };
}
