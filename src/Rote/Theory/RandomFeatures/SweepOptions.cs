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

/// <summary>A number of examples, fitted with a number of features.</summary>
/// <param name="Examples">n, at least 1.</param>
/// <param name="Features">N, at least 1; the first N of all drawn features, so a larger set contains every smaller one.</param>
internal sealed record SweepCell(int Examples, int Features);

/// <summary>Everything that determines the result of a sweep besides its data.</summary>
internal sealed record SweepOptions
{
    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>What a feature computes.</summary>
    public required FeatureMap Map { get; init; }

    /// <summary>The cells to fit.</summary>
    public required IReadOnlyList<SweepCell> Cells { get; init; }

    /// <summary>Shares of the training labels to draw anew, in [0, 1].</summary>
    public required IReadOnlyList<double> Noises { get; init; }

    /// <summary>Ridges λ ≥ 0 of ‖Φa − Y‖² + λ‖a‖²; 0 is the solution of least norm.</summary>
    public required IReadOnlyList<double> Ridges { get; init; }

    /// <summary>The number of test pictures that errors are measured on, and of as many others for choosing a ridge.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The source of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>The number of the draw of examples, labels and features.</summary>
    public required int Draw { get; init; }
}

/// <summary>The result of one fit.</summary>
/// <param name="Examples">n.</param>
/// <param name="Features">N.</param>
/// <param name="Noise">Share of the training labels drawn anew.</param>
/// <param name="Ridge">λ.</param>
/// <param name="TrainWrong">Share of the training examples whose given label it does not predict.</param>
/// <param name="TestWrong">Share of the test examples whose true label it does not predict.</param>
/// <param name="TestSquare">Mean squared distance from the one-hot label, over test examples and classes.</param>
/// <param name="ChoiceSquare">The same over the examples for choosing a ridge.</param>
/// <param name="Norm">‖a‖ over all classes; features have norm about 1, so it tends to the norm in the kernel's space.</param>
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
/// <param name="Points">One per cell, noise and ridge.</param>
internal sealed record SweepResult(IReadOnlyList<SweepPoint> Points);
