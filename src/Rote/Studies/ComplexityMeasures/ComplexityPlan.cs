using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Studies.ComplexityMeasures.Claims;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Studies.ComplexityMeasures;

/// <summary>The study at one scale: a network for each setting of the grid and each draw.</summary>
internal sealed class ComplexityPlan(ComplexityScale scale, int seeds, Precision precision) : StudyPlan(scale.Name, seeds)
{
    /// <summary>The sizes.</summary>
    public ComplexityScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => ComplexityWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => ComplexityWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims() => [.. new MeasureClaims(this).All(), .. new ControlClaims(this).All()];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyTable> Tables(Evidence evidence) => new ComplexityTables(this, evidence).All();

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) =>
        $"{experiment.Network.Title}, batch {experiment.Recipe.BatchSize}, step {experiment.Recipe.LearningRate}, seed {experiment.Seed}";

    /// <summary>Returns every network of the grid: the level on each axis, and its experiment.</summary>
    public IReadOnlyList<(int[] Levels, Experiment Experiment)> Networks() =>
        [.. from setting in Scale.Settings() from draw in Enumerable.Range(1, Scale.Draws * Seeds) select (setting, Of(setting, draw))];

    private Experiment Of(int[] levels, long seed)
    {
        var axes = Scale.Axes;
        double Level(int axis) => axes[axis].Levels[levels[axis]];
        var noise = Level(ComplexityScale.NoiseAxis);
        return new Experiment
        {
            Data = new DataSpec { Name = Scale.Data, Examples = Scale.Examples },
            Corruption = noise > 0 ? new PartiallyCorruptedLabels { Probability = noise } : new TrueLabels(),
            Network = new Mlp { Hidden = [.. Enumerable.Repeat((int)Level(0), (int)Level(1))], Dropout = Level(5) },
            Recipe = new Recipe
            {
                BatchSize = (int)Level(2),
                LearningRate = Level(3),
                WeightDecay = Level(4),
                Schedule = new ConstantSchedule(),
                Epochs = Scale.Epochs,
                StopAtTrainLoss = Scale.TargetLoss,
                TestEvery = Scale.Epochs,
                Precision = precision,
            },
            Seed = seed,
            Threads = 1,
        };
    }
}
