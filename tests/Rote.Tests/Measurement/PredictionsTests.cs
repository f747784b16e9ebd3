using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class PredictionsTests
{
    // ln 3 against 0 is 3 to 1.
    [Fact]
    public void Known_answers_of_two_and_three_classes()
    {
        var three = FixedLogits.Predict(
            [
                [0, MathF.Log(3)],
                [0, MathF.Log(3)],
                [0, 0],
            ],
            [1, 0, 0]
        );
        Assert.Equal([1, 1, 0], three.Predicted);
        Assert.Equal([0, 0, 1], three.Second);
        Near([0.75, 0.75, 0.5], three.PredictedProbability);
        Near([0.75, 0.25, 0.5], three.LabelProbability);
        Near([-Math.Log(0.75), -Math.Log(0.25), Math.Log(2)], three.Loss);
        Near([Math.Log(3), -Math.Log(3), 0], three.Margin);
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(three.IsRight));
        Assert.Null(three.Logits);

        var one = FixedLogits.Predict(
            [
                [1, 4, 2],
            ],
            [2]
        );
        Assert.Equal((1, 2), (one.Predicted[0], one.Second[0]));
        Assert.Equal(-2, one.Margin[0]);
    }

    [Fact]
    public void Logits_far_apart_give_finite_losses()
    {
        var far = FixedLogits.Predict(
            [
                [1000, 0],
                [-3e38f, 3e38f],
                [1000, 0],
            ],
            [1, 0, 0]
        );
        Near([1000, 6e38, 0], far.Loss, 1e-7);
        Assert.Equal([0, 0, 1], far.LabelProbability);
        Assert.Equal("0", far.Loss[2].ToString("R"));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_logit_that_is_not_finite_is_an_error_that_names_the_example(float value)
    {
        var error = Assert.Throws<InputException>(() =>
            FixedLogits.Predict(
                [
                    [0, 1, 2],
                    [value, value, 0],
                    [3, value, 2],
                ],
                [0, 0, 1]
            )
        );
        Assert.StartsWith("For 2 of 3 examples, the first of them number 1, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_is_nothing_to_tell_apart() =>
        Assert.Throws<ArgumentException>(() =>
            FixedLogits.Predict(
                [
                    [1],
                ],
                [0]
            )
        );

    [Fact]
    public void A_naive_loop_agrees() =>
        Gen.Select(Gen.Int[2, 7], Gen.Int[1, 40], Gen.Float[-50, 50].Array[280], Gen.Int[0, 1000].Array[40])
            .Sample(
                (classes, count, values, picks) =>
                {
                    var logits = Enumerable.Range(0, count).Select(i => values[(i * classes)..((i + 1) * classes)]).ToArray();
                    var labels = picks.Take(count).Select(p => (long)(p % classes)).ToArray();
                    var found = FixedLogits.Predict(logits, labels, keepLogits: true);
                    for (var i = 0; i < count; i++)
                    {
                        var order = Enumerable.Range(0, classes).OrderByDescending(k => logits[i][k]).ThenBy(k => k).ToArray();
                        var largest = (double)logits[i][order[0]];
                        var sum = logits[i].Sum(l => Math.Exp(l - largest));
                        var label = (int)labels[i];
                        Assert.Equal((order[0], order[1], label), (found.Predicted[i], found.Second[i], found.Labels[i]));
                        Assert.Equal(1 / sum, found.PredictedProbability[i], tolerance: 1e-12);
                        Assert.Equal(Math.Exp(logits[i][label] - largest) / sum, found.LabelProbability[i], tolerance: 1e-12);
                        Assert.Equal(Math.Log(sum) + largest - logits[i][label], found.Loss[i], tolerance: 1e-9);
                        Assert.Equal(
                            logits[i][label] - logits[i].Where((_, k) => k != label).Max(l => (double)l),
                            found.Margin[i],
                            tolerance: 1e-9
                        );
                    }

                    Assert.Equal(logits.SelectMany(l => l), found.Logits!);
                }
            );

    [Fact]
    public void Every_batch_is_told_and_a_cancellation_stops_between_two()
    {
        using var plain = new FixedLogits([]);
        using var data = Samples.Noise(1, Evaluator.BatchSize(plain) + 3, side: 1, channels: 1, classes: 2);
        using var prepared = PreparedData.From(data.Test, Precision.Float32);
        var rows = Enumerable.Range(0, prepared.Count).Select(_ => new float[] { 0, 1 }).ToArray();
        var told = new Listener();
        using var network = new FixedLogits(rows);
        Assert.Equal(prepared.Count, Predictions.Of(network, prepared, progress: told).Count);
        Assert.Equal([Evaluator.BatchSize(network), prepared.Count], told.Values);

        using var stop = new CancellationTokenSource();
        using var again = new FixedLogits(rows);
        Assert.Throws<OperationCanceledException>(() =>
            Predictions.Of(again, prepared, progress: new Listener { Then = stop.Cancel }, cancel: stop.Token)
        );
    }

    private static void Near(double[] expected, double[] found, double tolerance = 1e-7) =>
        Assert.All(
            expected.Zip(found),
            pair =>
                Assert.InRange(
                    pair.Second,
                    pair.First - (tolerance * Math.Max(1, Math.Abs(pair.First))),
                    pair.First + (tolerance * Math.Max(1, Math.Abs(pair.First)))
                )
        );

    private sealed class Listener : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public Action? Then { get; init; }

        public void Report(int value)
        {
            Values.Add(value);
            Then?.Invoke();
        }
    }
}
