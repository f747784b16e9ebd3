using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017.Claims;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Studies.Zhang2017;

/// <summary>Turns the paper's terms into experiments, at one scale.</summary>
public sealed class ZhangPlan : StudyPlan
{
    private readonly Dictionary<string, Tolerance> _tolerances;
    private readonly Precision _precision;

    /// <summary>Creates a plan.</summary>
    /// <param name="file">The sizes and tolerances.</param>
    /// <param name="scale">Name of the scale.</param>
    /// <param name="seeds">Number of seeds, 1 to 1000; the seeds are 1 to this number.</param>
    /// <param name="precision">The number format of the layers' computation.</param>
    /// <exception cref="InputException">The scale is unknown, or the number of seeds is out of range.</exception>
    public ZhangPlan(ScaleFile file, string scale, int seeds, Precision precision)
        : base(scale, seeds)
    {
        (Scale, _precision) = (file.Find(scale), precision);
        _tolerances = file.Tolerances.Where(t => !Scale.Tolerances.ContainsKey(t.Key)).Concat(Scale.Tolerances).ToDictionary();
    }

    /// <summary>The scale.</summary>
    public StudyScale Scale { get; }

    /// <inheritdoc/>
    public override string Purpose => Scale.Purpose;

    /// <inheritdoc/>
    public override string Data => Scale.Data;

    /// <inheritdoc/>
    public override bool IsRehearsal => Name == "smoke";

    /// <inheritdoc/>
    public override int CriticalExamples => Scale.CriticalExamples;

    /// <inheritdoc/>
    public override CriticalSearch CriticalSearch => new() { Radius = Tolerance("critical-radius").Value };

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Differences => ZhangWords.Differences(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Thing, string Sentence)> Sizes => ZhangWords.Sizes(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims()
    {
        var make = new ClaimFactory(this);
        Claim[] claims =
        [
            .. Figure1Claims.Of(make),
            .. SpeedClaims.Of(make),
            .. ParameterClaims.Of(make),
            .. TableClaims.Of(make),
            .. RegularizerClaims.Of(make),
            .. ComplexityClaims.Of(make),
            .. TheoryClaims.Of(make),
            .. ImageNetClaims.Of(make),
        ];
        return
        [
            .. claims.Select(claim =>
                claim with
                {
                    Extra = Scale.Extra.FirstOrDefault(extra => ClaimSelection.Fits(claim, extra.Key)).Value,
                }
            ),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyFigure> Figures(Evidence evidence) => new StudyFigures(this, evidence).All();

    /// <inheritdoc/>
    public override IReadOnlyList<FittingRow> FittingTimes(Evidence evidence) => new StudyFigures(this, evidence).FittingTimes();

    /// <inheritdoc/>
    public override string TitleOf(Experiment experiment) => ZhangWords.TitleOf(experiment);

    /// <summary>Returns a number by which claims are judged.</summary>
    /// <param name="name">A name of <see cref="ScaleFile.Tolerances"/>.</param>
    /// <returns>The scale's own number, else that of all scales.</returns>
    public Tolerance Tolerance(string name) => _tolerances[name];

    /// <summary>Whether a network uses all of the paper's data, so that its numbers are comparable with the paper's.</summary>
    /// <param name="network">A name of <see cref="StudyScale.Networks"/>.</param>
    /// <returns>True for all training and test examples of CIFAR-10.</returns>
    public bool IsWhole(string network) =>
        Scale.Data == "cifar10" && Scale.Networks[network] is { Examples: null, TestExamples: Paper.TestExamples };

    /// <summary>Returns why a network's numbers are not compared with the paper's; null if they are.</summary>
    /// <param name="network">A name of <see cref="StudyScale.Networks"/>.</param>
    /// <returns>A sentence.</returns>
    public string? WhyNotCompared(string network) =>
        IsWhole(network) ? null
        : Scale.Data != "cifar10" ? $"The paper's number is for CIFAR-10, this scale trains on {Scale.Data}."
        : $"The paper's number is for 50,000 training examples, this scale trains {StudyNames.Network(network)} on "
            + $"{Scale.Networks[network].Examples:N0}.";

    /// <summary>Returns the experiments of a cell, one per seed.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>From seed 1 on.</returns>
    public IReadOnlyList<Experiment> Experiments(StudyCell cell) => Experiments(cell, Seeds);

    /// <summary>Returns the experiments of a cell for a given number of seeds.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <returns>From seed 1 on.</returns>
    public IReadOnlyList<Experiment> Experiments(StudyCell cell, int seeds) =>
        [.. Enumerable.Range(1, seeds).Select(seed => Of(cell, seed))];

    private Experiment Of(StudyCell cell, int seed)
    {
        var plan = Scale.Networks[cell.Network];
        return new Experiment
        {
            Data = new DataSpec
            {
                Name = Scale.Data,
                Examples = plan.Examples,
                TestExamples = plan.TestExamples,
                CropSide = Paper.Side,
            },
            Corruption = cell.Corruption,
            Network = NetworkCatalog.Find(plan.Network),
            Recipe = Variations.Apply(cell.Variation, Recipe(cell, plan)),
            Seed = seed,
            Threads = 1, // same bits for any number of workers; two such workers are as fast as one with two threads
        };
    }

    private Recipe Recipe(StudyCell cell, NetworkPlan plan) =>
        new()
        {
            LearningRate = plan.LearningRate,
            Schedule = new ExponentialSchedule { Decay = plan.Decay },
            WeightDecay = cell.WeightDecay ? plan.WeightDecay : 0,
            Augmentation =
                cell.Crop ? new Augmentation { CropPadding = 0 }
                : cell.Augment ? new Augmentation { HorizontalFlip = true, RotationDegrees = 25 }
                : null,
            BatchSize = plan.Batch,
            Epochs = plan.Epochs,
            TestEvery = cell.WithTestCurve ? plan.TestEvery : plan.Epochs,
            StopAtTrainAccuracy = Tolerance("fitted").Value,
            Precision = _precision,
        };
}
