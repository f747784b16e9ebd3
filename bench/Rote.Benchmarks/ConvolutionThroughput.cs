using System.Diagnostics;
using Rote.Networks;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Benchmarks;

/// <summary>Training throughput of the convolutional networks: bfloat16 on channels-last images, as trained, against float32 in libtorch's
/// default layout.</summary>
/// <remarks>
/// FLOP a training example: 2 a multiply-add forward, as much again for the gradient of the weights and for that of the input, which the
/// first layer does without. Multiply-adds are counted as the layers run; nothing but convolutions and fully connected layers counts.
/// </remarks>
internal static class ConvolutionThroughput
{
    // Batches a measurement: half a second and more even for the fastest. Side: what the network is made for, if not 32×32.
    private static readonly (string Name, int? Side, int Classes, int Batch, int Batches)[] Networks =
    [
        ("small-inception", null, 10, 128, 3),
        ("small-inception-no-bn", null, 10, 128, 3),
        ("small-alexnet", null, 10, 128, 16),
        ("resnet", null, 10, 128, 5),
        ("inception-v3", 299, 1000, 8, 2),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">Rounds of each measurement.</param>
    /// <param name="only">One network's name; null: all.</param>
    public static void Run(int rounds, string? only = null)
    {
        set_num_threads(Environment.ProcessorCount);
        Console.WriteLine(
            $"Whole training steps, {Environment.ProcessorCount} threads, median (least to most) of {rounds} " + $"interleaved rounds"
        );
        Console.WriteLine($"GLIBC_TUNABLES: {Environment.GetEnvironmentVariable("GLIBC_TUNABLES") ?? "not set"}");
        foreach (var (name, side, classes, batch, batches) in Networks.Where(network => only is null || network.Name == only))
        {
            var spec = NetworkCatalog.Find(name);
            var shape = new TaskShape(side ?? spec.CropSide ?? 32, side ?? spec.CropSide ?? 32, 3, classes);
            Measure(name, shape, batch, batches * batch, rounds);
        }
    }

    private static void Measure(string name, TaskShape shape, int batch, int examples, int rounds)
    {
        var spec = NetworkCatalog.Find(name);
        using var images = TrainingLoop.RandomImages(examples, shape);
        using var fast = new TrainingLoop(images, Build(Precision.BFloat16), batch, Precision.BFloat16);
        using var wide = new TrainingLoop(images, Build(Precision.Float32), batch, Precision.Float32);
        using var plain = new TrainingLoop(images, new DefaultLayout(Build(Precision.Float32)), batch, Precision.Float32);
        using var stock =
            spec is SmallAlexNet ? new TrainingLoop(images, new DefaultLayout(new StockAlexNet()), batch, Precision.Float32) : null;
        Func<double>[] measurements = [BestProductRate, fast.ImagesPerSecond, wide.ImagesPerSecond, plain.ImagesPerSecond];
        var figures = Interleaved.Run(rounds, stock is null ? measurements : [.. measurements, stock.ImagesPerSecond]);

        var (multiplyAdds, flop) = Cost(Build(Precision.Float32), shape);
        Console.WriteLine(
            $"{name} at batch {batch}: {fast.Parameters:N0} parameters, {multiplyAdds / 1e6:F1} M multiply-adds an image forward, "
                + $"{flop / 1e9:F3} GFLOP a training image"
        );
        var rate = batch < 100 ? "F2" : "F0"; // a slow network has a small batch
        Line("bfloat16, channels-last: images/s", figures[1], rate);
        Line("float32, channels-last: images/s", figures[2], rate);
        Line("float32, default layout: images/s", figures[3], rate);
        Line("bfloat16 / float32 in default layout", figures[1].Zip(figures[3], (a, b) => a / b), "F2");
        if (stock is not null)
        {
            Line("float32, libtorch's own layers: images/s", figures[4], "F0");
            Line("bfloat16 / float32 of libtorch's layers", figures[1].Zip(figures[4], (a, b) => a / b), "F2");
        }

        Line("best product: GFLOP/s", figures[0].Select(rate => rate / 1e9), "F0");
        Line("training: GFLOP/s", figures[1].Select(speed => speed * flop / 1e9), "F0");
        Line("share of the product rate", figures[1].Zip(figures[0], (speed, rate) => speed * flop / rate), "P0");

        Module<Tensor, Tensor> Build(Precision precision) => spec.Build(shape, precision, new Seeds(1));

        static void Line(string label, IEnumerable<double> values, string format) =>
            Console.WriteLine($"  {label, -42}{Interleaved.Text(values, format)}");
    }

    /// <summary>The best bfloat16 rate over two large square products, in FLOP/s.</summary>
    private static double BestProductRate()
    {
        using var scope = NewDisposeScope();
        return Math.Max(Rate(2048, 8), Rate(4096, 2));

        static double Rate(long side, int repeats)
        {
            var (left, right) = (randn(side, side).to(ScalarType.BFloat16), randn(side, side).to(ScalarType.BFloat16));
            left.mm(right).Dispose();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++)
            {
                left.mm(right).Dispose();
            }

            return 2.0 * side * side * side * repeats / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>Multiply-adds of an image forward, and FLOP of an image trained on.</summary>
    private static (double MultiplyAdds, double Flop) Cost(Module<Tensor, Tensor> network, TaskShape shape)
    {
        using var owned = network;
        using var scope = NewDisposeScope();
        var costs = new List<long>();
        foreach (var module in network.modules())
        {
            if (module is MixedConv2d or MixedLinear)
            {
                ((Module<Tensor, Tensor>)module).register_forward_hook(
                    (layer, _, output) =>
                    {
                        costs.Add(
                            layer.get_parameter("weight")!.numel() * output.shape.Skip(2).Aggregate(1L, (product, size) => product * size)
                        );
                        return output;
                    }
                );
            }
        }

        network.eval();
        network.call(zeros(1, shape.Height, shape.Width, shape.Channels));
        return (costs.Sum(), (6.0 * costs.Sum()) - (2.0 * costs[0]));
    }

    /// <summary>Copies a batch to libtorch's default layout first; every layer keeps the layout it is given.</summary>
    private sealed class DefaultLayout : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _network;

        public DefaultLayout(Module<Tensor, Tensor> network)
            : base(nameof(DefaultLayout))
        {
            _network = network;
            RegisterComponents();
        }

        // [B, H, W, C] → [B, K]; in between a [B, C, H, W] that is contiguous, seen as [B, H, W, C].
        public override Tensor forward(Tensor input) => _network.call(input.permute(0, 3, 1, 2).contiguous().permute(0, 2, 3, 1));
    }

    /// <summary>The small AlexNet from libtorch's own layers: what one would write first.</summary>
    private sealed class StockAlexNet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _layers;

        public StockAlexNet()
            : base(nameof(StockAlexNet))
        {
            _layers = Sequential(
                Conv2d(3, 64, 5, padding: 2),
                ReLU(),
                MaxPool2d(3, 2, ceil_mode: true),
                LocalResponseNorm(9, 0.001, 0.75, 1),
                Conv2d(64, 64, 5, padding: 2),
                ReLU(),
                MaxPool2d(3, 2, ceil_mode: true),
                LocalResponseNorm(9, 0.001, 0.75, 1),
                Flatten(),
                Linear(7 * 7 * 64, 384),
                ReLU(),
                Linear(384, 192),
                ReLU(),
                Linear(192, 10)
            );
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _layers.call(input.permute(0, 3, 1, 2)); // [B, H, W, C] → [B, K]
    }
}
