using Rote.Data;
using Rote.Measurement;
using Rote.Studies;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Reports.Quickstarts;

/// <summary>Invented results of a quickstart, as large as is needed to fill every part of a report. The caller owns them.</summary>
internal static class QuickstartSamples
{
    private static readonly string[] Names = ["cat", "dog"];

    /// <summary>What is expected of an MLP: true labels and their shuffled control alike, random labels slower, noise faster, noise at
    /// chance.</summary>
    public static QuickstartResult Expected() =>
        new()
        {
            Data = "cifar10",
            TrainCount = 50_000,
            TestCount = 10_000,
            Classes = 10,
            Network = "MLP 1×512",
            Parameters = 1_209_866,
            IgnoresPixelOrder = true,
            FitTarget = 0.995,
            Recipe = "SGD, momentum 0.9",
            Variants =
            [
                Variant("true-labels", "True labels", [0.1, 0.55, 0.8, 0.996], 0.512),
                Variant("random-labels", "Random labels", [0.1, 0.12, 0.3, 0.6, 0.9, 0.9955], 0.1012, given: 0),
                Variant("shuffled-pixels", "Shuffled pixels", [0.1, 0.54, 0.8, 0.9958], 0.509),
                Variant("random-pixels", "Random pixels", [0.1, 0.7, 0.997], 0.1012),
                Variant("gaussian-pixels", "Gaussian pixels", [0.1, 0.997], 0.0987, gaussian: true),
            ],
            Provenance = [("Command", "./rote quickstart --seed 1"), ("Seed", "1"), ("Machine", "2 cores")],
        };

    /// <summary>A network that has learned every wrong sum at epoch 100, and ends as said at epoch 200.</summary>
    public static RuleCourse Rule(double rule, double rote)
    {
        return new RuleCourse
        {
            Modulus = 41,
            Network = "MLP 2×128",
            Recipe = "AdamW",
            TrainCount = 1118,
            TestCount = 504,
            Canaries = 28,
            Wrong = 108,
            Epochs = [At(0, 0.02, 0, 0.02), At(100, 1, 1, 0.01), At(200, 0.95, rote, rule)],
            RunFolder = "runs/rule",
        };

        static EpochMetrics At(int epoch, double train, double memorization, double test) =>
            new()
            {
                Epoch = epoch,
                LearningRate = 0.003,
                TrainAccuracy = train,
                Memorization = memorization,
                TestAccuracy = test,
                Seconds = epoch,
            };
    }

    /// <summary>The expected result with one variant replaced.</summary>
    public static QuickstartResult With(string id, Func<VariantResult, VariantResult> change)
    {
        var expected = Expected();
        return expected with { Variants = [.. expected.Variants.Select(variant => variant.Id == id ? change(variant) : variant)] };
    }

    /// <summary>A variant that stopped before it fitted.</summary>
    public static VariantResult Unfitted(VariantResult variant, double train) =>
        variant with
        {
            TrainAccuracy = new Estimate(train, Math.Sqrt(train * (1 - train) / 50_000), 50_000),
            EpochsToFit = null,
            SecondsToFit = null,
            EpochsRelativeToTrueLabels = null,
        };

    /// <summary>A test accuracy on 10,000 examples.</summary>
    public static Estimate Test(double share) => Estimate.Share((long)Math.Round(10_000 * share), 10_000);

    public static VariantResult Variant(string id, string title, double[] train, double test, int given = 1, bool gaussian = false) =>
        new()
        {
            Id = id,
            Title = title,
            Explanation = $"What was done for {title}.",
            Epochs = [.. train.Select((share, epoch) => Epoch(epoch, share))],
            TrainAccuracy = Estimate.Share((long)Math.Round(50_000 * train[^1]), 50_000),
            TestAccuracy = Test(test),
            EpochsToFit = train.Length - 1,
            SecondsToFit = 1.25 * (train.Length - 1),
            EpochsRelativeToTrueLabels = (train.Length - 1) / 3.0,
            Examples = Images(given, gaussian),
            TrueLabels = [1, 1],
            RunFolder = $"runs/0123456789ab-{id}",
        };

    public static EpochMetrics Epoch(int epoch, double? train) =>
        new()
        {
            Epoch = epoch,
            LearningRate = 0.05,
            RunningLoss = 1,
            RunningAccuracy = train ?? double.NaN,
            TrainAccuracy = train,
            Seconds = epoch,
        };

    private static Dataset Images(int given, bool gaussian)
    {
        using var scope = NewDisposeScope();
        var values = Enumerable.Range(0, 2 * 2 * 2 * 3).Select(i => 10f * i).ToArray();
        var pixels = tensor(values).reshape(2, 2, 2, 3);
        return new Dataset(
            gaussian ? pixels - 60 : pixels.to(uint8),
            tensor(new long[] { given, 1 }),
            Names,
            Split.Train,
            new Provenance("cifar10", "a test", "")
        );
    }
}
