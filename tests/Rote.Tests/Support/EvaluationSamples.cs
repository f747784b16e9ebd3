using Rote.Data;
using Rote.Evaluation;
using Rote.Measurement;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Results of evaluations made up on the spot, without training.</summary>
internal static class EvaluationSamples
{
    /// <summary>Examples whose pictures are grey levels; example i has the label i mod K.</summary>
    public static Dataset Images(int count, string[] names, int side = 4)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            (arange(count, int64) * 10 % 256).to(uint8).reshape(count, 1, 1, 1).expand(count, side, side, 1).contiguous(),
            arange(count, int64) % names.Length,
            names,
            Split.Test,
            new Provenance("animals", "a folder", new string('d', 64))
        );
    }

    /// <summary>A result on those examples in which every fourth prediction is wrong.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="names">Class names.</param>
    public static NetworkEvaluation Of(int count, string[] names)
    {
        var logits = Enumerable.Range(0, count).Select(i => Logits(i, names.Length)).ToArray();
        return Of(FixedLogits.Predict(logits, [.. Enumerable.Range(0, count).Select(i => (long)(i % names.Length))]), names);
    }

    public static NetworkEvaluation Of(Predictions predictions, string[] names) =>
        new()
        {
            Run = new FinishedRun(
                "/runs/0123456789ab-animals-mlp-1x8-true-labels",
                TinyRuns.Experiment(),
                Summary(),
                [
                    new EpochMetrics
                    {
                        Epoch = 0,
                        LearningRate = 0,
                        Seconds = 0,
                    },
                ]
            ),
            Data = "animals",
            Provenance = new Provenance("animals", "a folder", new string('d', 64)),
            Part = EvaluationPart.Test,
            IsOwn = true,
            ClassNames = names,
            Rows = SourceRows.Of("", predictions.Count),
            Predictions = predictions,
            Summary = PredictionSummary.Of(predictions),
        };

    private static float[] Logits(int example, int classes)
    {
        var chosen = (example % 4 == 3 ? example + 1 : example) % classes;
        return [.. Enumerable.Range(0, classes).Select(k => k == chosen ? 1 + (example % 5) : 0f)];
    }

    private static RunSummary Summary() =>
        new()
        {
            Experiment = new string('e', 64),
            Epochs = 3,
            TrainCorrect = 1,
            TrainCount = 2,
            TestCorrect = 1,
            TestCount = 2,
            RunningLoss = 1,
            Parameters = 10,
            WeightsSha256 = new string('f', 64),
        };
}
