using System.Text.Json.Serialization;

namespace Rote.Theory.RandomFeatures;

/// <summary>What a random feature computes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureMap>))]
internal enum FeatureMap
{
    /// <summary>cos(w·x + b), w Gaussian: Rahimi and Recht 2007. In the limit a Gaussian kernel.</summary>
    [JsonStringEnumMemberName("fourier")]
    Fourier,

    /// <summary>max(0, w·x), w a direction: the hidden layer of a network that is not trained.</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,
}

/// <summary>So many examples fitted with so many features.</summary>
/// <param name="Examples">n, at least 1.</param>
/// <param name="Features">N, at least 1; the first N of all that are drawn, so that more features contain fewer.</param>
internal sealed record SweepCell(int Examples, int Features);

/// <summary>Everything that the result of a sweep depends on besides its data.</summary>
internal sealed record SweepOptions
{
    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>What a feature computes.</summary>
    public required FeatureMap Map { get; init; }

    /// <summary>What is fitted.</summary>
    public required IReadOnlyList<SweepCell> Cells { get; init; }

    /// <summary>Shares of the training labels, in [0, 1], that are drawn anew.</summary>
    public required IReadOnlyList<double> Noises { get; init; }

    /// <summary>Ridges λ ≥ 0 of ‖Φa − Y‖² + λ‖a‖²; 0 is the solution of least norm.</summary>
    public required IReadOnlyList<double> Ridges { get; init; }

    /// <summary>Test pictures that errors are measured on, and as many others that a ridge may be chosen on.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>Which draw of examples, labels and features.</summary>
    public required int Draw { get; init; }
}

/// <summary>What came of one fit.</summary>
/// <param name="Examples">n.</param>
/// <param name="Features">N.</param>
/// <param name="Noise">Share of the training labels drawn anew.</param>
/// <param name="Ridge">λ.</param>
/// <param name="TrainWrong">Share of the training examples whose given label it does not say.</param>
/// <param name="TestWrong">Share of the test examples whose true label it does not say.</param>
/// <param name="TestSquare">Mean squared distance from the one-hot label, over test examples and classes.</param>
/// <param name="ChoiceSquare">The same over the examples that a ridge is chosen on.</param>
/// <param name="Norm">‖a‖ over all classes; features have length about 1, so that it tends to the norm in the kernel's space.</param>
internal sealed record SweepPoint(
    int Examples,
    int Features,
    double Noise,
    double Ridge,
    double TrainWrong,
    double TestWrong,
    double TestSquare,
    double ChoiceSquare,
    double Norm
);

/// <summary>A sweep's fits.</summary>
/// <param name="Points">One a cell, noise and ridge.</param>
internal sealed record SweepResult(IReadOnlyList<SweepPoint> Points);
