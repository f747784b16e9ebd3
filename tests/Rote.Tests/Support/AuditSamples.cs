using Rote.Audits;
using Rote.Audits.Checks;
using Rote.Audits.Members;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;
using Rote.Networks;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>An audit's result made by hand: no training, so that pages and tables can be pinned on every machine.</summary>
internal static class AuditSamples
{
    public const int Count = 12;

    public static readonly string[] Names = ["cat", "dog", "<b>cow</b>"];

    public static AuditResult Result() =>
        new()
        {
            Plan = new AuditPlan
            {
                Data = new DataSpec { Name = "farm" },
                Network = new Mlp { Hidden = [16] },
                Recipe = new Recipe { Epochs = 10 },
                Threads = 1,
                Canaries = 30,
            },
            Members = 6,
            ClassNames = Names,
            Examples = [.. Enumerable.Range(0, Count).Select(Example)],
            Wrong = new WrongLabels(
                new Estimate(0.08, 0.01, 30),
                new Estimate(0.11, 0.015, 30),
                new Estimate(0.09, 0.012, 12),
                true,
                0.11,
                0.0536,
                0.1614
            ),
            Canaries =
            [
                new CanaryQuality(CanaryKind.Uniform, 30, 0, Estimate.Share(27, 30), new Estimate(0.97, 0.01, 42)),
                new CanaryQuality(CanaryKind.Confusable, 28, 2, Estimate.Share(21, 28), new Estimate(0.91, 0.02, 40)),
            ],
            Weights = [("selfConfidence", -0.42), ("aum", -0.66), ("neighbours", -0.31)],
            Joint = new ConfidentJoint(
                [
                    [4, 1, 0],
                    [0, 4, 0],
                    [1, 0, 2],
                ],
                [
                    [0.3, 0.05, 0],
                    [0, 0.35, 0],
                    [0.1, 0, 0.2],
                ],
                [0.7, 0.7, 0.6]
            ),
            OutOfBagAccuracy = Estimate.Share(9, Count),
            Duplicates = new Duplicates([new Twins(1, 5, 1)], [new Twins(2, 7, 0.973)], [new Twins(3, 40, 1)], 1),
            Checks = new DataChecks
            {
                Count = Count,
                Findings =
                [
                    new CheckFinding(
                        "repeated-examples",
                        "Examples that stand there twice",
                        "Twins of earlier examples: 1 equal, 1 nearly equal, 1 of them with another label.",
                        [5, 7]
                    ),
                    new CheckFinding("weak-groups", "Groups <that> networks do badly on", "Of the class <b>cow</b> 41.0\u00A0%.", []),
                ],
            },
        };

    /// <summary>Pictures of noise that the result may be of: as many, each class more than once.</summary>
    /// <param name="test">Test examples.</param>
    public static DatasetSplits Images(int test)
    {
        using var noise = Samples.Noise(Count, test, side: 4, classes: 3);
        var labels = tensor(Enumerable.Range(0, Count).Select(i => (long)(i % 3)).ToArray());
        return new DatasetSplits(noise.Train.With(labels: labels), noise.Test.With());
    }

    /// <summary>The same where the networks learned nothing.</summary>
    public static AuditResult Untold()
    {
        var unknown = new Estimate(double.NaN, double.NaN, 0);
        return Result() with
        {
            OutOfBagAccuracy = Estimate.Share(4, Count),
            Examples =
            [
                .. Result()
                    .Examples.Select(e =>
                        e with
                        {
                            WrongProbability = double.NaN,
                            SuggestedProbability = double.NaN,
                            Verdict = Verdicts.Of(double.NaN, e.Memorization, e.Consistency.Value),
                        }
                    ),
            ],
            Wrong = WrongLabels.Of(new Estimate(0.48, 0.2, 30), new Estimate(0.6, 0.5, 30), new Estimate(0.91, 0.04, 12), isLevel: true),
            Canaries = [.. Result().Canaries.Select(c => c with { Found = unknown, Auroc = new Estimate(0.55, 0.06, 42) })],
        };
    }

    /// <summary>The same of vectors that may know the labels.</summary>
    public static AuditResult Hidden() =>
        Result() with
        {
            OutOfBagAccuracy = Estimate.Share(995, 1000),
            Wrong = WrongLabels
                .Of(new Estimate(0, 0.004, 30), new Estimate(0, 0.004, 30), new Estimate(0, 0.01, 12), isLevel: true)
                .OfVectorsThatMayKnow(0.995),
            Examples =
            [
                .. Result().Examples.Select(e => e with { WrongProbability = 0, SuggestedProbability = 0, Verdict = Verdict.Rule }),
            ],
            Duplicates = new Duplicates([], [], [], 0),
        };

    private static AuditedExample Example(int i)
    {
        var wrong = i switch
        {
            0 => 0.98,
            1 => 0.71,
            2 => 0.3,
            _ => 0.01 * (Count - i),
        };
        var memorization = i switch
        {
            0 => 0.9,
            3 => 0.62,
            4 => 0.4,
            _ => 0.05,
        };
        return new AuditedExample
        {
            Id = i,
            Label = i % 3,
            Score = 5 - i,
            LikelihoodRatio = wrong / 0.11,
            WrongProbability = wrong,
            Verdict = Verdicts.Of(wrong, new Estimate(memorization, 0.06, 6), i == 6 ? 0.2 : 1),
            Suggested = (i + 1) % 3,
            SuggestedProbability = 0.9 * wrong,
            InBag = new Estimate(0.95, 0.02, 4),
            OutOfBag = new Estimate(0.95 - memorization, 0.05, 2),
            InBagAccuracy = 1,
            Consistency = new Estimate(i == 6 ? 0 : 1, 0, 2),
            Memorization = i == 11 ? new Estimate(double.NaN, double.NaN, 4) : new Estimate(memorization, 0.06, 6),
            NormalizedMargin = 0.9 - (2 * memorization),
            Dynamics = new Dictionary<string, double>
            {
                ["aum"] = 2 - i,
                ["confidence"] = 0.9 - (0.05 * i),
                ["variability"] = 0.02 * i,
            },
            Agreeing = ((i + 3) % Count, 0.9f),
            Contradicting = ((i + 1) % Count, 0.4f),
        };
    }
}
