using System.Diagnostics;
using Rote.Data;
using Rote.Data.Packing;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using SkiaSharp;

namespace Rote.Benchmarks;

/// <summary>Packing against the decoder alone, an epoch of a packed set against one in memory, and what the order of chunks costs in
/// accuracy.</summary>
internal static class PackedData
{
    private const int Photos = 1500;
    private const int PhotoWidth = 500;
    private const int PhotoHeight = 375;
    private const int Side = 64;
    private const int Batch = 256;

    /// <summary>Runs all of it in a temporary folder.</summary>
    public static void Run(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("rote-bench-").FullName;
        try
        {
            Packing(folder, rounds);
            Epochs(folder, rounds);
            Accuracy(folder, seeds: 5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Packing(string folder, int rounds)
    {
        var photos = Path.Combine(folder, "photos");
        for (var i = 0; i < Photos; i++)
        {
            var path = Path.Combine(photos, $"{i % 10}", $"{i}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Photo(i));
        }

        var files = Directory.GetFiles(photos, "*.jpg", SearchOption.AllDirectories);
        var options = new PackOptions { Reading = new UserDataOptions { ImageSize = Side } };
        var found = Interleaved.Run(
            rounds,
            () => Rate(Decode),
            () => Rate(() => Pack(options)),
            () => Rate(() => Pack(options with { DecodeWhole = true }))
        );
        Console.WriteLine(
            $"{Photos} JPEG files of {PhotoWidth}×{PhotoHeight} to {Side}×{Side}, pictures a second, {Environment.ProcessorCount} threads:"
        );
        Console.WriteLine($"  the decoder alone, scaled  {Interleaved.Text(found[0], "F0")}");
        Console.WriteLine($"  packing                    {Interleaved.Text(found[1], "F0")}");
        Console.WriteLine($"  packing, decoded whole     {Interleaved.Text(found[2], "F0")}");
        Console.WriteLine($"  packing / decoder          {Interleaved.Text(found[1].Zip(found[0], (a, b) => a / b), "F2")}");

        void Decode() =>
            Parallel.For(
                0,
                files.Length,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                i =>
                {
                    using var codec = SKCodec.Create(files[i]);
                    var size = codec.GetScaledDimensions(1 / 4f); // 125×94: the smallest that Side fits into
                    using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
                    codec.GetPixels(bitmap.Info, bitmap.GetPixels());
                }
            );

        void Pack(PackOptions how) => Packer.Pack(photos, Path.Combine(folder, "photos.rote"), new DataFolder(folder), how);
    }

    private static double Rate(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Photos / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Hills of colour with noise on them: as large when encoded as a photograph.</summary>
    private static byte[] Photo(int seed)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(PhotoWidth, PhotoHeight, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var stream = new Seeds(seed).Stream("photo");
        var (across, down) = (0.01 + (0.05 * stream.NextDouble()), 0.01 + (0.05 * stream.NextDouble()));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i / 4 % PhotoWidth, i / 4 / PhotoWidth);
            pixels[i] = i % 4 == 3 ? (byte)255 : (byte)(128 + (90 * Math.Sin((x * across) + (y * down) + (i % 4))) + stream.NextInt(24));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }

    private static void Epochs(string folder, int rounds)
    {
        var path = Path.Combine(folder, "shapes.rote");
        Packer.Pack("shapes", path, DataFolder.Default());
        using var packed = DatasetLoader.Load(path, DataFolder.Default());
        var train = packed.Data.Train;
        using var memory = InMemory(train);
        foreach (
            var network in new NetworkSpec[]
            {
                new Mlp { Hidden = [512] },
                new Mlp { Hidden = [2048, 2048] },
                new SmallResNet { Width = 8 },
            }
        )
        {
            var count = network is SmallResNet ? 5000 : train.Count;
            using var some = memory.Take(count);
            using var few = train.Take(count);
            var chunks = new ChunkedOrder { Chunk = 341, Window = 16_384 };
            using var full = new Loop(some, network, null, staysInFile: null);
            using var inFile = new Loop(few, network, chunks, staysInFile: true);
            using var held = new Loop(few, network, chunks, staysInFile: false);
            var found = Interleaved.Run(rounds, full.Seconds, inFile.Seconds, held.Seconds);
            Console.WriteLine($"{network.Title}, an epoch of {count:N0} pictures of 32×32×3, seconds:");
            Console.WriteLine($"  in memory, all shuffled           {Interleaved.Text(found[0], "F2")}");
            Console.WriteLine($"  packed, whitened batch by batch   {Interleaved.Text(found[1], "F2")}");
            Console.WriteLine($"  packed, whitened once             {Interleaved.Text(found[2], "F2")}");
            Console.WriteLine($"  batch by batch / in memory        {Interleaved.Text(found[1].Zip(found[0], (a, b) => a / b), "F2")}");
            Console.WriteLine($"  once / in memory                  {Interleaved.Text(found[2].Zip(found[0], (a, b) => a / b), "F2")}");
        }
    }

    private static void Accuracy(string folder, int seeds)
    {
        using var packed = DatasetLoader.Load(Path.Combine(folder, "shapes.rote"), DataFolder.Default());
        using var train = packed.Data.Train.Take(20_000);
        using var test = packed.Data.Test.Take(5_000);
        Estimate[] found =
        [
            .. new[]
            {
                null,
                new ChunkedOrder { Chunk = 128, Window = 1024 },
            }.Select(order => Estimate([.. Enumerable.Range(1, seeds).Select(seed => Trained(train, test, order, seed))])),
        ];
        Console.WriteLine($"MLP 1×512 after 8 epochs of {train.Count:N0} shapes, test accuracy over {seeds} seeds, mean ± standard error:");
        Console.WriteLine($"  all shuffled                      {found[0].Mean:P2} ± {found[0].Error:P2}");
        Console.WriteLine($"  windows of 1,024 (8 chunks)       {found[1].Mean:P2} ± {found[1].Error:P2}");

        static Estimate Estimate(double[] values)
        {
            var mean = values.Average();
            return new Estimate(mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length));
        }
    }

    private static double Trained(Dataset train, Dataset test, ChunkedOrder? order, int seed)
    {
        var recipe = new Recipe
        {
            Epochs = 8,
            BatchSize = Batch,
            Order = order,
            LearningRate = 0.01,
        };
        var spec = new Mlp { Hidden = [512] };
        using var data = new TrainingData(PreparedData.From(train, recipe.Precision), PreparedData.From(test, recipe.Precision));
        using var state = new TrainingState(() => spec.Build(TaskShape.Of(train), recipe.Precision, new Seeds(seed)), recipe);
        var trainer = new Trainer(recipe, data, new Seeds(seed));
        for (var epoch = 1; epoch <= recipe.Epochs; epoch++)
        {
            trainer.TrainEpoch(state, epoch, CancellationToken.None);
        }

        return (double)Evaluator.CountCorrect(state.Evaluated, data.Test) / test.Count;
    }

    private static Dataset InMemory(Dataset train) => train.With(train.Pixels.clone());

    private readonly record struct Estimate(double Mean, double Error);

    /// <summary>One epoch after the other, each the first.</summary>
    private sealed class Loop : IDisposable
    {
        private readonly TrainingData _data;
        private readonly TrainingState _state;
        private readonly Trainer _trainer;

        public Loop(Dataset images, NetworkSpec network, ChunkedOrder? order, bool? staysInFile)
        {
            var recipe = new Recipe
            {
                BatchSize = Batch,
                LearningRate = 0.001,
                Order = order,
            };
            var prepared = PreparedData.Of(images, recipe.Precision, trueLabels: null, rows: null, staysInFile);
            _data = new TrainingData(prepared, prepared);
            _state = new TrainingState(() => network.Build(TaskShape.Of(images), recipe.Precision, new Seeds(1)), recipe);
            _trainer = new Trainer(recipe, _data, new Seeds(1));
        }

        public double Seconds()
        {
            var start = Stopwatch.GetTimestamp();
            _trainer.TrainEpoch(_state, epoch: 1, CancellationToken.None);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void Dispose()
        {
            _state.Dispose();
            _data.Dispose();
        }
    }
}
