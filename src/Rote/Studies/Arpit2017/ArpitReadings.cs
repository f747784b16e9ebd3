using Rote.Data;
using Rote.Measurement;
using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017;

/// <summary>Reads numbers from the draws: means with standard errors. All networks of a draw share its examples, so that differences and
/// ratios are taken per draw.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class ArpitReadings(ArpitPlan plan, Evidence evidence)
{
    private ArpitDraw[]? _draws;

    /// <summary>The number of draws of all seeds.</summary>
    public int Count => plan.Scale.Draws * plan.Seeds;

    /// <summary>Returns the mean of a number over draws.</summary>
    /// <param name="read">Reads the number from a draw.</param>
    /// <exception cref="NoEvidenceException">No calculations are available, or a network did not get to what is read.</exception>
    public Estimate Mean(Func<ArpitDraw, double> read) => Estimate.Mean([.. Draws().Select(read)]);

    /// <summary>Whether something holds of every draw.</summary>
    /// <param name="holds">Looks at a draw.</param>
    public bool All(Func<ArpitDraw, bool> holds) => evidence.Calculations is not null && Draws().All(holds);

    private ArpitDraw[] Draws()
    {
        var calculations =
            evidence.Calculations ?? throw new NoEvidenceException("Nothing is calculated in closed form here.", isOfTheNetwork: false);
        return _draws ??= [
            .. from seed in Enumerable.Range(1, plan.Seeds)
            from draw in Enumerable.Range(0, plan.Scale.Draws)
            select new ArpitDraw(plan.Scale, calculations, seed, draw),
        ];
    }
}

/// <summary>The results of one draw, calculated on first use, each with its own file.</summary>
/// <param name="scale">The sizes.</param>
/// <param name="calculations">Where results are kept.</param>
/// <param name="seed">The seed.</param>
/// <param name="draw">The index of the draw.</param>
internal sealed class ArpitDraw(ArpitScale scale, Calculations calculations, long seed, int draw)
{
    internal const string EasyName = "easy-examples";
    internal const string SensitivityName = "loss-sensitivity";
    internal const string CapacityName = "capacity-sweep";
    internal const string CourseName = "learning-course";
    internal const string RegularizerName = "regularizer-sweep";

    // The name of a result's file is a hash that takes longer than reading a number, and a figure reads a hundred of them.
    private EasyResult? _easy;
    private SensitivityResult? _sensitivity;
    private CapacityResult? _capacity;
    private CourseResult? _course;
    private RegularizerResult? _regularizers;

    /// <summary>Whether the networks of one epoch are counted.</summary>
    public bool HasEasy => calculations.Has(EasyName, scale.Easy(seed, draw));

    /// <summary>Whether the loss-sensitivities are measured.</summary>
    public bool HasSensitivity => calculations.Has(SensitivityName, scale.Sensitivity(seed, draw));

    /// <summary>Whether widths and sizes are swept over.</summary>
    public bool HasCapacity => calculations.Has(CapacityName, scale.Capacity(seed, draw));

    /// <summary>Whether the courses are followed.</summary>
    public bool HasCourse => calculations.Has(CourseName, scale.Course(seed, draw));

    /// <summary>Whether regularizers are swept over.</summary>
    public bool HasRegularizers => calculations.Has(RegularizerName, scale.Regularized(seed, draw));

    /// <summary>How often each example of a kind of data is right after an epoch.</summary>
    public EasyCounts Easy(NoiseLevel noise) =>
        (_easy ??= Make(EasyName, scale.Easy(seed, draw), EasyExamples.Run)).Kinds.Single(kind => kind.Noise == noise);

    /// <summary>The loss-sensitivities on a kind of data.</summary>
    public SensitivityOf Sensitivity(NoiseLevel noise, bool unique = false) =>
        (_sensitivity ??= Make(SensitivityName, scale.Sensitivity(seed, draw), LossSensitivity.Run)).Networks.Single(network =>
            network.Noise == noise && network.Unique == unique
        );

    /// <summary>The network of a width on the examples that all widths share.</summary>
    public CapacityPoint Width(NoiseLevel noise, int units) => Capacity(noise, units, scale.Examples);

    /// <summary>The network on a number of examples.</summary>
    public CapacityPoint Size(NoiseLevel noise, int examples) => Capacity(noise, scale.SizeUnits, examples);

    /// <summary>The course of the network on a kind of data.</summary>
    public Course Course(NoiseLevel noise) =>
        (_course ??= Make(CourseName, scale.Course(seed, draw), LearningCourse.Run)).Courses.Single(course => course.Noise == noise);

    /// <summary>The effects of regularizers.</summary>
    public RegularizerResult Regularizers() => _regularizers ??= Make(RegularizerName, scale.Regularized(seed, draw), RegularizerSweep.Run);

    private CapacityPoint Capacity(NoiseLevel noise, int units, int examples) =>
        (_capacity ??= Make(CapacityName, scale.Capacity(seed, draw), CapacitySweep.Run)).Points.Single(point =>
            point.Noise == noise && point.Units == units && point.Examples == examples
        );

    private TResult Make<TKey, TResult>(string name, TKey key, Func<DatasetSplits, TKey, CancellationToken, TResult> run)
        where TResult : class => calculations.Of(name, key, (load, cancel) => run(load(new DataSpec { Name = scale.Data }), key, cancel));
}
