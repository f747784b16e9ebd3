using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings;
using Rote.Embeddings.Onnx;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>What the built-in encoder of pictures costs and gives at each side, on CIFAR-10: its speed against ONNX Runtime's own loop over
/// tensors that are prepared already, and the accuracy of a closed-form ridge regression on its vectors.</summary>
internal static class FeatureExtraction
{
    private const int Timed = 64;

    private static readonly int[] Sides = [64, 96, 128, 160, 224];

    public static void Run(int rounds, int train, int test)
    {
        using var data = DatasetLoader.Load("cifar10", DataFolder.Default());
        using var some = new DatasetSplits(data.Data.Train.Take(train), data.Data.Test.Take(test));
        using var timed = data.Data.Train.Take(Timed);
        Console.WriteLine($"resnet18, {Environment.ProcessorCount} threads; median (least to most) of {rounds} interleaved rounds");
        Console.WriteLine($"accuracy: ridge regression, {train} training and {test} test pictures of CIFAR-10");
        var encoders = Sides.Select(side => OnnxEncoders.ResNet18(side)).ToList();
        var loops = encoders.Select(encoder => new BareLoop(encoder.PictureSide!.Value)).ToList();
        var figures = Interleaved.Run(
            rounds,
            [.. encoders.Zip(loops).SelectMany(pair => new[] { () => Seconds(pair.First, timed), pair.Second.Seconds })]
        );
        for (var i = 0; i < Sides.Length; i++)
        {
            var (own, bare) = (figures[2 * i], figures[(2 * i) + 1]);
            var clock = Stopwatch.StartNew();
            using var vectors = Encoded.Of(some, encoders[i], DataFolder.Default());
            Console.WriteLine($"side {Sides[i]}");
            Console.WriteLine($"  seconds per 1,000 pictures      {Interleaved.Text(own.Select(s => s * 1000 / Timed), "F1")}");
            Console.WriteLine($"  of ONNX Runtime's own loop      {Interleaved.Text(own.Zip(bare, (o, b) => b / o), "P0")}");
            Console.WriteLine(
                $"  test accuracy                   {RidgeAccuracy(vectors):P1}   ({clock.Elapsed.TotalSeconds:F0} s, less where kept)"
            );
            encoders[i].Dispose();
            loops[i].Dispose();
        }

        Console.WriteLine($"largest memory of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
    }

    private static double Seconds(IEncoder encoder, Dataset pictures)
    {
        var clock = Stopwatch.StartNew();
        encoder.Encode(pictures).Dispose();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Standardized vectors, one output a class; the penalty that is best on a fifth of the training examples.</summary>
    private static double RidgeAccuracy(DatasetSplits vectors)
    {
        using var scope = NewDisposeScope();
        using var scaled = vectors.Map(VectorFeatures.Of(vectors.Train).Standardize);
        var (x, y) = (scaled.Train.Pixels, scaled.Train.Labels);
        var kept = x.shape[0] * 4 / 5;
        var penalty = Enumerable
            .Range(-3, 8)
            .Select(power => Math.Pow(10, power / 2.0))
            .MaxBy(p => Accuracy(x[..(int)kept], y[..(int)kept], x[(int)kept..], y[(int)kept..], p));
        return Accuracy(x, y, scaled.Test.Pixels, scaled.Test.Labels, penalty);
    }

    /// <summary>[N, D], [N] → accuracy on others; W = (XᵀX + λN I)⁻¹ Xᵀ(Y − mean).</summary>
    private static double Accuracy(Tensor x, Tensor y, Tensor testX, Tensor testY, double penalty)
    {
        using var scope = NewDisposeScope();
        var targets = nn.functional.one_hot(y, 10).to(float64);
        var means = targets.mean([0L]);
        var wide = x.to(float64);
        var gram = wide.t().mm(wide) + (eye(x.shape[1], dtype: float64) * (penalty * x.shape[0]));
        var weights = linalg.solve(gram, wide.t().mm(targets - means));
        return (testX.to(float64).mm(weights) + means).argmax(1).eq(testY).to(float64).mean().item<double>();
    }

    /// <summary>InferenceSession.Run over one prepared batch, as often as the pictures need.</summary>
    private sealed class BareLoop : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtValue _input;
        private readonly int _runs;

        public BareLoop(int side)
        {
            using var options = new SessionOptions { IntraOpNumThreads = Environment.ProcessorCount };
            _session = new InferenceSession(OnnxGraph.OfAnySize(BuiltInModels.ResNet18()), options);
            var batch = Math.Min(Timed, Math.Clamp(16 * 224 * 224 / (side * side), 1, 128));
            _runs = Timed / batch;

            _input = OrtValue.CreateTensorValueFromMemory(
                [.. Enumerable.Range(0, batch * 3 * side * side).Select(i => (float)((i * 37 % 256) - 115))],
                [batch, 3, side, side]
            );
            Remainder = Timed - (_runs * batch);
        }

        /// <summary>Pictures of the last, smaller batch, for which time is added in proportion.</summary>
        private int Remainder { get; }

        public double Seconds()
        {
            using var options = new RunOptions();
            var clock = Stopwatch.StartNew();
            for (var run = 0; run < _runs; run++)
            {
                using var results = _session.Run(options, ["Input247"], [_input], ["Pooling395_Output_0"]);
            }

            return clock.Elapsed.TotalSeconds * Timed / (Timed - Remainder);
        }

        public void Dispose()
        {
            _input.Dispose();
            _session.Dispose();
        }
    }
}
