using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;

namespace Rote.Studies;

/// <summary>The options of a quickstart.</summary>
public sealed record QuickstartOptions
{
    /// <summary>The data set as a whole; <see cref="Examples"/> takes a part of it.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>Number of training examples, taken from the start; null: all.</summary>
    public int? Examples { get; init; }

    /// <summary>Side in pixels of the centre crop that the network sees (<see cref="NetworkSpec.CropFor"/>); null: the whole
    /// image.</summary>
    public int? CropSide { get; init; }

    /// <summary>The network.</summary>
    public NetworkSpec Network { get; init; } = new Mlp();

    /// <summary>The seed of all randomness.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Maximum number of epochs of every variant.</summary>
    public int Epochs { get; init; } = Quickstart.DefaultEpochs;

    /// <summary>Epochs of the second figure's network (<see cref="RuleCourse"/>), at least 0; 0 skips it.</summary>
    /// <exception cref="InputException">The value is negative.</exception>
    public int RuleEpochs
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new InputException($"The number of epochs of the second picture is {value}, expected 0 or more.");
    } = RuleCourse.DefaultEpochs;

    /// <summary>Number of libtorch threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The number format of the layers' computation.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Where networks are trained. Default: the processor.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>Why the data is not the requested one, in one sentence; null if it is.</summary>
    public string? Substitution { get; init; }
}

/// <summary>The progress of a quickstart.</summary>
/// <param name="Variant">Index of the variant in training; the second figure's network follows the last variant.</param>
/// <param name="Training">Progress of its training; null while it is prepared.</param>
/// <param name="Finished">Its run, once finished.</param>
public sealed record QuickstartProgress(int Variant, TrainingProgress? Training, FinishedRun? Finished);

/// <summary>The main demonstration: one network and one recipe on five kinds of data, from real images to pure noise.</summary>
/// <remarks>
/// Zhang et al. 2017, section 2.1 and Figure 1a, with a network that fits in a minute. The recipe is not the paper's: with learning rate
/// 0.01, × 0.95 per epoch, the 1×512 network stalls near 99 % on random labels. It was chosen by training accuracy and time alone.
/// </remarks>
public static class Quickstart
{
    /// <summary>Training accuracy at which a variant counts as fitted.</summary>
    public const double FitTarget = 0.995;

    /// <summary>Maximum number of epochs: about twice what the slowest variant needs on CIFAR-10.</summary>
    public const int DefaultEpochs = 120;

    private const int ShownExamples = 10;

    private static readonly (string Id, string Title, string Explanation, Corruption Corruption)[] Variants =
    [
        ("true-labels", "True labels", "The data as it is.", new TrueLabels()),
        (
            "random-labels",
            "Random labels",
            "The images as they are; every training label is replaced by a class drawn at random.",
            new RandomLabels()
        ),
        (
            "shuffled-pixels",
            "Shuffled pixels",
            "One fixed permutation of the pixel values, the same for every image.",
            new ShuffledPixels()
        ),
        ("random-pixels", "Random pixels", "A fresh permutation of the pixel values for every image.", new RandomPixels()),
        (
            "gaussian-pixels",
            "Gaussian pixels",
            "Every pixel value is Gaussian noise with the mean and variance of the data.",
            new GaussianPixels()
        ),
    ];

    /// <summary>The variants' displayed names, in order.</summary>
    public static IReadOnlyList<string> Titles { get; } = [.. Variants.Select(v => v.Title)];

    /// <summary>The experiments, true labels first.</summary>
    /// <param name="options">What is asked.</param>
    /// <returns>One experiment per variant; they differ only in the corruption.</returns>
    public static IReadOnlyList<Experiment> Experiments(QuickstartOptions options) =>
        [
            .. Variants.Select(variant => new Experiment
            {
                Data = options.Data with { Examples = options.Examples, CropSide = options.CropSide },
                Corruption = variant.Corruption,
                Network = options.Network,
                Recipe = new Recipe
                {
                    Epochs = options.Epochs,
                    StopAtTrainAccuracy = FitTarget,
                    Precision = options.Precision,
                    Device = options.Device,
                },
                Seed = options.Seed,
                Threads = options.Threads,
            }),
        ];

    /// <summary>Runs the unfinished experiments and collects the result.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="load">Loads the whole data set (<see cref="DataSpec.Whole()"/>), and keeps owning it.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <param name="progress">Receives a report when a variant begins, about ten times a second while it trains, and when it ends.</param>
    /// <param name="cancel">Stops; the same call resumes later.</param>
    /// <returns>The result, which the caller owns.</returns>
    /// <exception cref="RoteException">Data, folder or training failed; the message is one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered.</exception>
    public static QuickstartResult Run(
        QuickstartOptions options,
        RunStore store,
        Func<DataSpec, DatasetSplits> load,
        IReadOnlyList<(string Name, string Value)> provenance,
        IProgress<QuickstartProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var runs = new List<FinishedRun>();
        foreach (var experiment in Experiments(options))
        {
            runs.Add(Report(runs.Count, inner => Flow.Run(experiment, store, load, inner, cancel)));
        }

        var rule = options.RuleEpochs == 0 ? null : Report(runs.Count, inner => RuleCourse.Run(options, store, load, inner, cancel));
        var reference = EpochsToFit(runs[0]);
        return new QuickstartResult
        {
            Data = options.Data.Name,
            Substitution = options.Substitution,
            TrainCount = runs[0].Summary.TrainCount,
            TestCount = runs[0].Summary.TestCount,
            Classes = load(options.Data).Train.Classes,
            Network = options.Network.Title,
            Parameters = runs[0].Summary.Parameters,
            IgnoresPixelOrder = options.Network.IgnoresPixelOrder,
            FitTarget = FitTarget,
            Recipe = runs[0].Experiment.Recipe.Describe(),
            Variants = [.. runs.Select((run, i) => Result(run, i, reference, load))],
            Rule = rule is null ? null : RuleCourse.Of(rule),
            Provenance = provenance,
        };

        FinishedRun Report(int index, Func<IProgress<TrainingProgress>?, FinishedRun> work)
        {
            progress?.Report(new QuickstartProgress(index, null, null));
            var run = work(progress is null ? null : new Relay(training => progress.Report(new QuickstartProgress(index, training, null))));
            progress?.Report(new QuickstartProgress(index, null, run));
            return run;
        }
    }

    private static VariantResult Result(FinishedRun run, int index, int? reference, Func<DataSpec, DatasetSplits> load)
    {
        var epochs = EpochsToFit(run);
        using var inputs = RunInputs.Prepare(run.Experiment, load);
        return new VariantResult
        {
            Id = Variants[index].Id,
            Title = Variants[index].Title,
            Explanation = Variants[index].Explanation,
            Epochs = run.History,
            TrainAccuracy = run.Summary.TrainAccuracy(),
            TestAccuracy = run.Summary.TestAccuracy(),
            EpochsToFit = epochs,
            SecondsToFit = epochs is null ? null : run.History[^1].Seconds,
            EpochsRelativeToTrueLabels = (double?)epochs / reference,
            Examples = inputs.Data.Images.Train.Take(ShownExamples),
            TrueLabels = [.. inputs.Data.TrueLabels.Take(ShownExamples)],
            RunFolder = run.Folder,
        };
    }

    private static int? EpochsToFit(FinishedRun run) => run.Summary.Fitted == true ? run.Summary.Epochs : null;

    /// <summary>Reports synchronously on the training thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Relay(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
