using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Claims;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Studies.Feldman2020;

/// <summary>Turns kinds of networks into experiments, at one scale.</summary>
internal sealed class FeldmanPlan(FeldmanScale scale, int seeds, Precision precision) : StudyPlan(scale.Name, seeds)
{
    /// <summary>Larger than the number of networks of a kind, so that no two seeds share a network's randomness.</summary>
    private const long SeedStep = 100_000;

    private const int Batch = 50;

    private readonly Dictionary<string, IReadOnlyList<Experiment>> _known = [];

    /// <summary>The sizes.</summary>
    public FeldmanScale Scale { get; } = scale;

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => FeldmanWords.Differences;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => FeldmanWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims()
    {
        var make = new ClaimFactory(this);
        return
        [
            .. MemorizedClaims.Of(make),
            .. AgreementClaims.Of(make),
            .. UtilityClaims.Of(make),
            .. PairClaims.Of(make),
            .. LinearClaims.Of(make),
            .. ArchitectureClaims.Of(make),
            .. ControlClaims.Of(make),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new FeldmanFigures(this, evidence).All();

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) =>
        experiment.Half is { } half
            ? $"{experiment.Network.Title}, half {half.Number}{(experiment.Corruption is TrueLabels ? "" : ", wrong labels")}"
            : $"{experiment.Network.Title}, {(experiment.Forget is null ? "all examples" : "other examples")}";

    /// <summary>The networks of a kind, of all seeds.</summary>
    public IReadOnlyList<Experiment> Experiments(FeldmanKind kind) =>
        Known(kind.Name, () => [.. Enumerable.Range(1, Seeds).SelectMany(seed => Halves(kind, seed))]);

    /// <summary>The networks whose features are fixed, of all seeds.</summary>
    public IReadOnlyList<Experiment> Experiments(FixedFeatures features) =>
        Known($"{features}", () => [.. Enumerable.Range(1, Seeds).Select(seed => Source(features, seed))]);

    /// <summary>The networks of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="seed">The seed of halves and wrong labels.</param>
    /// <returns>In the order of their number.</returns>
    public IReadOnlyList<Experiment> Halves(FeldmanKind kind, long seed) =>
        [.. Enumerable.Range(0, kind.Networks).Select(number => Half(kind, seed, number))];

    /// <summary>A network of a kind, trained on a random half of the examples.</summary>
    public Experiment Half(FeldmanKind kind, long seed, int number) =>
        Whole(kind.Hidden, Scale.Examples, (seed * SeedStep) + number) with
        {
            Corruption = kind.Redrawn > 0 ? new PartiallyCorruptedLabels { Probability = kind.Redrawn } : new TrueLabels(),
            Half = new RandomHalf { Seed = seed, Number = number },
        };

    /// <summary>The network whose features are fixed.</summary>
    public Experiment Source(FixedFeatures features, long seed) =>
        features == FixedFeatures.OfAllExamples
            ? Whole(Scale.Hidden, Scale.Examples, seed * SeedStep)
            : Whole(Scale.Hidden, 2 * Scale.Examples, seed * SeedStep) with
            {
                Forget = new ForgottenRows { Rows = [.. Enumerable.Range(0, Scale.Examples).Select(row => (long)row)] },
            };

    /// <summary>A usual network that is trained without some examples.</summary>
    /// <param name="rows">The rows that are left out, ascending; none: it is trained on all.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="repetition">Which of the networks with these rows, from 0.</param>
    public Experiment Without(IReadOnlyList<long> rows, long seed, int repetition) =>
        Whole(Scale.Hidden, Scale.Examples, (seed * SeedStep) + repetition) with
        {
            Forget = rows.Count == 0 ? null : new ForgottenRows { Rows = rows },
        };

    private Experiment Whole(IReadOnlyList<int> hidden, int examples, long seed) =>
        new()
        {
            Data = new DataSpec
            {
                Name = Scale.Data,
                Examples = examples,
                TestExamples = Scale.TestExamples,
            },
            Network = new Mlp { Hidden = hidden },
            Recipe = new Recipe
            {
                BatchSize = Batch,
                Epochs = Scale.Epochs,
                Schedule = new OneCycleSchedule(),
                EvaluateEvery = Scale.Epochs,
                Precision = precision,
            },
            Seed = seed,
            Threads = 1,
        };

    /// <summary>Claims share their networks: made once, a thousand of them are not made for every claim.</summary>
    private IReadOnlyList<Experiment> Known(string name, Func<IReadOnlyList<Experiment>> make)
    {
        if (!_known.TryGetValue(name, out var experiments))
        {
            _known[name] = experiments = make();
        }

        return experiments;
    }
}

/// <summary>Where the fixed features of a linear model come from.</summary>
internal enum FixedFeatures
{
    /// <summary>A usual network that was trained on all examples, as in the paper: it has seen those that the linear model has
    /// not.</summary>
    OfAllExamples,

    /// <summary>A usual network that was trained on as many other examples.</summary>
    OfOtherExamples,
}
