using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Studies.Nakkiran2020;

/// <summary>The study at one scale.</summary>
internal sealed class NakkiranPlan(NakkiranScale scale, int seeds, Precision precision) : StudyPlan(scale.Name, seeds)
{
    private const double LearningRate = 0.02;
    private const int BatchSize = 64;

    /// <summary>The sizes.</summary>
    public NakkiranScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => NakkiranWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => NakkiranWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims() => [.. new NakkiranClaims(this).All()];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new NakkiranFigures(this, evidence).All();

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) =>
        $"{experiment.Network.Title}, {experiment.Data.Examples} examples, {experiment.Corruption.GetType().Name}, seed {experiment.Seed}";

    /// <summary>Returns the networks of every width, in the order of the widths.</summary>
    /// <param name="kind">The labels and the number of examples.</param>
    /// <param name="draw">The number of the draw, from 1 to draws × seeds.</param>
    public IReadOnlyList<Experiment> Networks(WidthKind kind, int draw) => [.. Scale.Widths.Select(width => Of(kind, width, draw))];

    /// <summary>Returns the networks of every width and draw.</summary>
    /// <param name="kind">The labels and the number of examples.</param>
    public IEnumerable<Experiment> Networks(WidthKind kind) =>
        Enumerable.Range(1, Scale.Draws * Seeds).SelectMany(draw => Networks(kind, draw));

    private Experiment Of(WidthKind kind, int width, long seed)
    {
        var trained = kind == WidthKind.HalfNoisy ? Scale.Examples / 2 : Scale.Examples;
        return new Experiment
        {
            Data = new DataSpec
            {
                Name = Scale.Data,
                Examples = (int)Math.Round(trained / (1 - NakkiranScale.HeldOut)),
                TestExamples = Scale.TestExamples,
            },
            Corruption = kind == WidthKind.Clean ? new TrueLabels() : new PartiallyCorruptedLabels { Probability = NakkiranScale.Noise },
            Network = new Mlp { Hidden = [width] },
            Recipe = new Recipe
            {
                BatchSize = BatchSize,
                LearningRate = LearningRate,
                Schedule = new ConstantSchedule(),
                Epochs = Scale.Epochs,
                EvaluateEvery = Scale.EvaluateEvery,
                HoldOut = NakkiranScale.HeldOut,
                Precision = precision,
            },
            Seed = seed,
            Threads = 1,
        };
    }
}

/// <summary>What networks of all widths are trained on.</summary>
internal enum WidthKind
{
    /// <summary>n examples with their labels.</summary>
    Clean,

    /// <summary>n examples, a share of whose labels is drawn anew.</summary>
    Noisy,

    /// <summary>Half as many, with the same share.</summary>
    HalfNoisy,
}
