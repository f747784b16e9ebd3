using System.Globalization;
using Rote.Corruptions;
using Rote.Data;
using Rote.Data.Shapes;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Interop;

/// <summary>interop/rote_networks.py reads a run's weights in PyTorch and gives the same logits; docs/guide/pytorch.md quotes that
/// file.</summary>
[NoTensorLeaks]
public sealed class PyTorchTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("linear", 28)]
    [InlineData("mlp-1x512", 28)]
    [InlineData("mlp-256-128", 28)]
    [InlineData("small-inception", 28)]
    [InlineData("small-inception-no-bn", 16)]
    [InlineData("small-alexnet", 28)]
    [InlineData("resnet", 32)]
    [InlineData("small-inception", 17)] // windows of stride 2 are padded on both sides where a side is odd, at its end where it is even
    [InlineData("small-alexnet", 18)]
    [InlineData("resnet", 21)]
    [InlineData("inception-v3", 107)] // larger than the shapes are, and slow: on few pictures of noise
    public void PyTorch_gives_the_same_logits(string network, int side)
    {
        Python.Run("--version"); // skips before the work
        using var data = side > 32 ? Samples.Noise(train: 32, test: 32, side: side + 2) : ShapeImages.Generate(train: 192, test: 256);
        var run = Flow.Run(
            new Experiment
            {
                Data = new DataSpec { Name = "shapes", CropSide = side },
                Network = NetworkCatalog.Find(network),
                Recipe = new Recipe
                {
                    LearningRate = 0.02,
                    Epochs = 3,
                    EvaluateEvery = 3,
                    BatchSize = 32,
                    Precision = Precision.Float32,
                },
                Threads = 1,
            },
            new RunStore(_folder.File("runs"), TimeProvider.System),
            _ => data
        );

        var examples = _folder.File("examples.safetensors");
        WriteExamples(run, data.Test, examples);
        var (code, found, error) = Python.Run(Path.Combine(Repository.Root, "interop", "check.py"), run.Folder, examples);
        output.WriteLine(found);
        Assert.True(code == 0, found + error);
    }

    [Fact]
    public void PyTorch_gives_the_same_logits_at_a_degree()
    {
        Python.Run("--version");
        using var data = Samples.Noise(train: 600, test: 64);
        var run = Flow.Run(
            new Experiment
            {
                Data = new DataSpec { Name = "sample" },
                Control = new AdjustableMemorization(),
                Canaries = new CanaryPlan { Steering = 15, HeldOut = 15 },
                Network = new Mlp { Hidden = [256] },
                Recipe = new Recipe
                {
                    Epochs = 60,
                    BatchSize = 32,
                    AverageDecay = 0.97,
                    HoldOut = 0.1,
                    Schedule = new ConstantSchedule(),
                    Precision = Precision.Float32,
                },
                Threads = 1,
            },
            new RunStore(_folder.File("runs"), TimeProvider.System),
            _ => data
        );
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var prepared = PreparedData.From(data.Test, Precision.Float32);
        foreach (var degree in new[] { "0.5", "0.5037" }) // in the table, and between two of its rows
        {
            using var network = TrainedNetwork.Load(run, degree: double.Parse(degree, CultureInfo.InvariantCulture));
            var examples = _folder.File($"examples-{degree}.safetensors");
            using (var stream = File.Create(examples))
            {
                Safetensors.Write(
                    stream,
                    [("pixels", data.Test.Pixels), ("logits", network.Module.forward(prepared.Inputs))],
                    new Dictionary<string, string>()
                );
            }

            var (code, found, error) = Check(examples, degree);
            output.WriteLine(found);
            Assert.True(code == 0, found + error);
            var (refused, _, reason) = Check(examples, "1.004");
            Assert.NotEqual(0, refused);
            Assert.Contains("cannot be set to a degree of 1.004: it reaches", reason, StringComparison.Ordinal);
        }

        (int Code, string Output, string Error) Check(string examples, string degree) =>
            Python.Run(Path.Combine(Repository.Root, "interop", "check.py"), run.Folder, examples, degree);
    }

    [Fact]
    public void The_page_quotes_the_file_that_is_tested()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "interop"), "*.py").Select(File.ReadAllText));
        var quotes = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "pytorch.md"))
            .Split("```python\n")
            .Skip(1)
            .Select(part => part.Split("```")[0])
            .ToArray();
        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote => Assert.Contains(quote.Trim('\n'), source, StringComparison.Ordinal));
    }

    /// <summary>The images as the network is given them before whitening, and the final network's logits in both precisions.</summary>
    private static void WriteExamples(FinishedRun run, Dataset test, string path)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var images = test.CenterCrop(run.Experiment.Data.CropSide!.Value);
        using var weights = Safetensors.Read(Path.Combine(run.Folder, "weights.safetensors"));
        using var stream = File.Create(path);
        Safetensors.Write(
            stream,
            [("pixels", images.Pixels), ("logits", Logits(Precision.Float32)), ("logits_bfloat16", Logits(Precision.BFloat16))],
            new Dictionary<string, string>()
        );

        Tensor Logits(Precision precision)
        {
            var shape = new TaskShape(images.Height, images.Width, images.Channels, images.Classes);
            using Module<Tensor, Tensor> network = run.Experiment.Network.Build(shape, precision, new Seeds(1));
            foreach (var (name, value) in network.state_dict())
            {
                value.copy_(weights.Tensors[name]);
            }

            network.eval();
            using var data = PreparedData.From(images, precision);
            return network.forward(data.Inputs);
        }
    }
}
