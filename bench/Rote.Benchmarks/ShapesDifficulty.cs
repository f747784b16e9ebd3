using System.Diagnostics;
using Rote.Data.Shapes;
using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Benchmarks;

/// <summary>How hard the shapes set is: test accuracy of a linear classifier, an MLP and a small convolutional network.
/// docs/reference/shapes.md quotes it.</summary>
internal static class ShapesDifficulty
{
    private const int Train = 10_000;
    private const int Test = 10_000;

    public static void Run()
    {
        set_num_threads(1);
        var clock = Stopwatch.StartNew();
        ShapeImages.Generate(50_000, 10_000).Dispose();
        Console.WriteLine($"50,000 + 10,000 images drawn in {clock.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} cores.");

        using var data = ShapeImages.Generate(Train, Test);
        using var train = PreparedData.From(data.Train, Precision.Float32);
        using var test = PreparedData.From(data.Test, Precision.Float32);
        Console.WriteLine(
            $"{Train:N0} training examples, {Test:N0} test examples, seed 0, 1 thread, float32; error: binomial, of the test set"
        );
        Console.WriteLine("network                  parameters  epochs  train %  test % ± error  seconds");
        var shape = new TaskShape(32, 32, 3, 10);
        Measure(new Mlp { Hidden = [] }.Build(shape, Precision.Float32, new Seeds(0)), "linear softmax", 0.002, 10, train, test);
        Measure(new Mlp { Hidden = [512] }.Build(shape, Precision.Float32, new Seeds(0)), "MLP 1×512", 0.02, 20, train, test);
        manual_seed(new Seeds(0).Number("network"));
        Measure(new SmallConvnet(), "3 convolutions + linear", 0.05, 12, train, test);
    }

    private static void Measure(Module<Tensor, Tensor> network, string name, double rate, int epochs, PreparedData train, PreparedData test)
    {
        using var scope = NewDisposeScope();
        var recipe = new Recipe
        {
            LearningRate = rate,
            Schedule = new CosineSchedule(),
            BatchSize = 64,
            Epochs = epochs,
            EvaluateEvery = epochs,
            Precision = Precision.Float32,
        };
        using var state = new TrainingState(() => network, recipe);
        new Trainer(recipe, new TrainingData(train, test), new Seeds(0)).Run(state);
        var last = state.History[^1];
        var right = Estimate.Share((long)Math.Round(last.TestAccuracy!.Value * test.Count), test.Count);
        Console.WriteLine(
            $"{name, -24} {state.Parameters, 10:N0}  {epochs, 6}  {100 * last.TrainAccuracy, 7:F1}  {100 * right.Value, 6:F1} ± "
                + $"{100 * right.StandardError, 5:F1}  {last.Seconds, 7:F0}"
        );
    }

    /// <summary>16, 32 and 64 filters of 3×3, each halved by pooling, and a linear layer.</summary>
    private sealed class SmallConvnet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _layers;

        public SmallConvnet()
            : base(nameof(SmallConvnet))
        {
            _layers = Sequential(
                Conv2d(3, 16, 3, padding: 1),
                ReLU(),
                MaxPool2d(2),
                Conv2d(16, 32, 3, padding: 1),
                ReLU(),
                MaxPool2d(2),
                Conv2d(32, 64, 3, padding: 1),
                ReLU(),
                MaxPool2d(2),
                Flatten(),
                Linear(64 * 4 * 4, 10)
            );
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _layers.forward(input.permute(0, 3, 1, 2)); // [B, H, W, C] → [B, K]
    }
}
