using Rote.Measurement;

namespace Rote.Memorization;

/// <summary>A degree of memorization with its 95 % interval, all in [0, 1].</summary>
/// <param name="Memorization">The degree m: canaries fitted beyond chance, as a share of all that can be beyond chance.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Hits">Canaries whose planted label is predicted.</param>
/// <param name="Canaries">Canaries that it was read off.</param>
public sealed record CertifiedDegree(double Memorization, double Low, double High, int Hits, int Canaries)
{
    internal static CertifiedDegree Of(MemorizationReading reading)
    {
        var (low, high) = reading.Interval;
        return new CertifiedDegree(reading.Value, low, high, reading.Hits, reading.Count);
    }
}

/// <summary>The privacy claims that a run rules out.</summary>
/// <param name="EpsilonAtLeast">With 95 % confidence this training is not ε-differentially private for any smaller ε; 0: nothing is ruled
/// out. It is no guarantee.</param>
/// <param name="Guesses">Canaries for which an attack guessed whether they were trained on.</param>
/// <param name="Right">Guesses that were right.</param>
/// <param name="LeftOut">Canaries that were left out of training.</param>
public sealed record CertifiedPrivacy(double EpsilonAtLeast, int Guesses, int Right, int LeftOut);

/// <summary>What a run of the dial certifies about the network that it kept; <c>certificate.json</c> in the run's folder.</summary>
public sealed record Certificate
{
    /// <summary>The degree asked for, in [0, 1]; null: none, the canaries were only watched.</summary>
    public double? Asked { get; init; }

    /// <summary>Whether the interval on the held-out canaries holds the degree asked for; null where none was.</summary>
    public bool? IsReached { get; init; }

    /// <summary>On the held-out canaries. They are trained on like every example, and steer no more than any other: only by the training
    /// accuracy, which decides when the learning phase ends.</summary>
    public required CertifiedDegree HeldOut { get; init; }

    /// <summary>On the canaries that steered training.</summary>
    public required CertifiedDegree Steering { get; init; }

    /// <summary>Share of canaries that is hit by chance, without memorization, in [0, 1].</summary>
    public required double Chance { get; init; }

    /// <summary>Agreement with the given labels of the examples held out.</summary>
    public required Estimate HeldOutAccuracy { get; init; }

    /// <summary>What is ruled out about privacy; null where no canaries were left out of training.</summary>
    public CertifiedPrivacy? Privacy { get; init; }

    /// <summary>Number of labels that the dial did not trust; null where there is no dial.</summary>
    public int? Distrusted { get; init; }

    /// <summary>SHA-256 of the weights that it is about.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Writes one.</summary>
    /// <param name="summary">The canaries.</param>
    /// <param name="weightsSha256">Of the network's data.</param>
    /// <param name="distrusted">Labels that were not trusted; null where nothing distrusts.</param>
    /// <returns>The certificate.</returns>
    public static Certificate Of(CanarySummary summary, string weightsSha256, int? distrusted)
    {
        var heldOut = CertifiedDegree.Of(summary.HeldOut);
        return new Certificate
        {
            Asked = summary.Asked,
            IsReached = summary.Asked is { } asked ? heldOut.Low <= asked && asked <= heldOut.High : null,
            HeldOut = heldOut,
            Steering = CertifiedDegree.Of(summary.Steering),
            Chance = summary.HeldOut.Chance,
            HeldOutAccuracy = Estimate.Share(summary.HeldOutCorrect, summary.HeldOutCount),
            Privacy = summary.Privacy is { } privacy
                ? new CertifiedPrivacy(privacy.EpsilonAtLeast, privacy.Guesses, privacy.Right, summary.LeftOutCount!.Value)
                : null,
            Distrusted = distrusted,
            WeightsSha256 = weightsSha256,
        };
    }
}
