using Rote.Data;
using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Everything that determines the loss-sensitivities of a draw.</summary>
internal sealed record SensitivityOptions
{
    /// <summary>The pictures.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>How each network is trained.</summary>
    public required SmallRecipe Recipe { get; init; }

    /// <summary>Numbers of epochs, ascending, after which the loss is differentiated.</summary>
    public required IReadOnlyList<int> Horizons { get; init; }
}

/// <summary>The loss-sensitivities of one network.</summary>
/// <param name="Noise">The kind of data.</param>
/// <param name="Unique">Whether every example has a class of its own.</param>
/// <param name="TrainAccuracy">Share of the given labels that are predicted at the end.</param>
/// <param name="Gini">Gini coefficients of the sensitivity over examples, of each horizon alone.</param>
/// <param name="Unrolled">Of each example, ‖∂L/∂x‖₁ through all steps, averaged over the horizons.</param>
/// <param name="Direct">The same with the weights held fixed.</param>
/// <param name="Untrained">The same before the first step.</param>
/// <param name="Classes">[C][C], of the C classes that have examples: the mean over the examples of given class j (column) of ‖∂Lᵢ/∂x‖₁
/// through the steps, Lᵢ the loss of class i (row), at the last horizon; empty where every example has a class of its own.</param>
internal sealed record SensitivityOf(
    NoiseLevel Noise,
    bool Unique,
    double TrainAccuracy,
    IReadOnlyList<double> Gini,
    IReadOnlyList<double> Unrolled,
    IReadOnlyList<double> Direct,
    IReadOnlyList<double> Untrained,
    IReadOnlyList<IReadOnlyList<double>> Classes
)
{
    /// <summary>The mean of a row's other classes over its own, averaged over rows: how much a class's loss depends on the examples of
    /// other classes.</summary>
    public double Mixing() => Classes.Select((row, own) => (row.Sum() - row[own]) / (row.Count - 1) / row[own]).Average();
}

/// <summary>The loss-sensitivities of a draw.</summary>
/// <param name="Networks">Real data, random labels and random inputs; then real data and random inputs with a class for each
/// example.</param>
internal sealed record SensitivityResult(IReadOnlyList<SensitivityOf> Networks);

/// <summary>Loss-sensitivity: how much does the training loss depend on each example? Arpit et al. 2017 (arXiv:1706.05394), section
/// 3.2.</summary>
internal static class LossSensitivity
{
    private static readonly (NoiseLevel Noise, bool Unique)[] Kinds =
    [
        (NoiseLevel.Real, true), // the slowest first
        (NoiseLevel.RandomInputs, true),
        (NoiseLevel.Real, false),
        (NoiseLevel.RandomLabels, false),
        (NoiseLevel.RandomInputs, false),
    ];

    /// <summary>Trains the networks and measures.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two epochs, and between two horizons.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static SensitivityResult Run(DatasetSplits data, SensitivityOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(data, options.Pictures);
        var found = NetworkPool.Run(Kinds, kind => Measure(pictures, kind.Noise, kind.Unique, options, cancel), cancel);
        return new SensitivityResult([.. found.OrderBy(network => network.Unique)]); // a stable order
    }

    private static SensitivityOf Measure(
        Pictures pictures,
        NoiseLevel noise,
        bool unique,
        SensitivityOptions options,
        CancellationToken cancel
    )
    {
        var set = unique ? Pictures.Unique(pictures.With(noise)) : pictures.With(noise);
        var training = new UnrolledTraining(set, options.Recipe, pictures.Seeds, cancel);
        var (unrolled, direct) = (Lengths(through: true), Lengths(through: false));
        return new SensitivityOf(
            noise,
            unique,
            training.TrainAccuracy,
            [.. unrolled.Select(Dispersion.Gini)],
            Average(unrolled),
            Average(direct),
            Length(training, 0, null, through: false, cancel),
            unique ? [] : ByClass(training, set, options, cancel)
        );

        double[][] Lengths(bool through) =>
            [.. options.Horizons.Select(epochs => Length(training, training.StepsAnEpoch * epochs, null, through, cancel))];
    }

    private static double[][] ByClass(UnrolledTraining training, TrainingSet set, SensitivityOptions options, CancellationToken cancel)
    {
        var given = set.Labels.data<long>().ToArray();
        var classes = given.Distinct().Order().ToArray();
        return
        [
            .. classes.Select(own =>
            {
                var examples = tensor(Enumerable.Range(0, given.Length).Where(i => given[i] == own).Select(i => (long)i).ToArray(), int64);
                var lengths = Length(training, training.StepsAnEpoch * options.Horizons[^1], examples, through: true, cancel);
                return classes.Select(other => lengths.Where((_, i) => given[i] == other).Average()).ToArray();
            }),
        ];
    }

    /// <summary>Of each example, the sum of the absolute values of the gradient by its input.</summary>
    private static double[] Length(UnrolledTraining training, int steps, Tensor? of, bool through, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        return training.Gradient(steps, of, through).to(float64).abs().sum([1L]).data<double>().ToArray();
    }

    private static double[] Average(double[][] horizons) =>
        [.. Enumerable.Range(0, horizons[0].Length).Select(example => horizons.Average(lengths => lengths[example]))];
}
