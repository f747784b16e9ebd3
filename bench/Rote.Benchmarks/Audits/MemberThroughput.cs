using System.Diagnostics;
using Rote.Audits;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Benchmarks.Audits;

/// <summary>Members of an audit at the same time, one a core, against one after the other on all cores. Whole training steps with the
/// audit's own recipe, augmentation included.</summary>
internal static class MemberThroughput
{
    private const int Examples = 1280;
    private const int Batch = 128;

    public static void Run(int rounds)
    {
        var cores = Environment.ProcessorCount;
        Console.WriteLine($"Images a second of all members, median (least to most) of {rounds} interleaved rounds");
        foreach (var width in new[] { 8, 16, 32 })
        {
            var shape = new TaskShape(32, 32, 3, 10);
            using var images = TrainingLoop.RandomImages(Examples, shape);
            using var alone = new Member(images, width);
            var together = Enumerable.Range(0, cores).Select(_ => new Member(images, width)).ToArray();
            var figures = Interleaved.Run(rounds, () => Speed(cores, alone), () => Speed(1, alone), () => Speed(1, together));
            Console.WriteLine(
                $"width {width, 2}: one on {cores} threads {Interleaved.Text(figures[0], "F0")}, one on 1 thread "
                    + $"{Interleaved.Text(figures[1], "F0")}, "
                    + $"{cores} on 1 thread each {Interleaved.Text(figures[2], "F0")}, times as fast as the first "
                    + $"{Interleaved.Text(figures[2].Zip(figures[0], (a, b) => a / b), "F2")}"
            );
            Array.ForEach(together, member => member.Dispose());
        }
    }

    private static double Speed(int threads, params Member[] members)
    {
        set_num_threads(threads);
        var begun = Stopwatch.GetTimestamp();
        var running = members.Select(member => new Thread(member.Epoch)).ToArray();
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return Examples * members.Length / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private sealed class Member : IDisposable
    {
        private readonly TrainingData _data;
        private readonly TrainingState _state;
        private readonly Trainer _trainer;

        public Member(Dataset images, int width)
        {
            var network = new SmallResNet { Width = width };
            var shape = TaskShape.Of(images);
            var recipe = AuditDefaults.RecipeFor(network, shape, 10_000) with
            {
                Precision = PrecisionSupport.Auto(),
                LearningRate = 0.001,
                BatchSize = Batch,
            };
            using var whole = new DatasetSplits(images.With(), images.Take(1));
            _data = TrainingData.From(whole, null, recipe, rows: null);
            _state = new TrainingState(() => network.Build(shape, recipe.Precision, new Seeds(1)), recipe);
            _trainer = new Trainer(recipe, _data, new Seeds(1));
        }

        public void Epoch() => _trainer.TrainEpoch(_state, epoch: 1, CancellationToken.None);

        public void Dispose()
        {
            _state.Dispose();
            _data.Dispose();
        }
    }
}
