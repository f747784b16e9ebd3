using System.Runtime.InteropServices;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Training;

/// <summary>A step of training on libtorch's meta device, which has shapes and no numbers. It stands in for a GPU: an operation on tensors
/// of two devices is refused there too, so what was left on the processor is caught.</summary>
/// <remarks>libtorch 2.10 has no kernels there for index_select, where, roll, convolutions and batch norm, and its products of matrices do
/// not look. So the code of the hot folders is read too (<see cref="DeviceOfFactoriesTests"/>), and a GPU has tests of its
/// own (GpuTests).</remarks>
[NoTensorLeaks]
public sealed class DeviceNeutralityTests
{
    private const int Batch = 8;
    private const int Classes = 4;
    private static readonly TaskShape Shape = new(6, 6, 1, Classes);
    private static readonly Device Meta = new(DeviceType.META);

    public static TheoryData<string, Precision> Networks =>
        [.. from name in (string[])["linear", "mlp-16", "mlp-16-8"] from precision in Enum.GetValues<Precision>() select (name, precision)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_of_training_leaves_nothing_on_the_processor(string name, Precision precision)
    {
        foreach (var optimizer in (Optimizer[])[new Sgd(), new Sgd { Nesterov = true }, new Adam(), new AdamW()])
        {
            foreach (var loss in (Loss[])[new CrossEntropy(), new GeneralizedCrossEntropy()])
            {
                Step(
                    NetworkCatalog.Find(name),
                    new Recipe
                    {
                        Optimizer = optimizer,
                        Loss = loss,
                        Precision = precision,
                        ClipNorm = 1,
                    }
                );
            }
        }
    }

    [Fact]
    public void Dropout_and_label_smoothing_leave_nothing_on_the_processor() =>
        Step(new Mlp { Hidden = [16], Dropout = 0.3 }, new Recipe { LabelSmoothing = 0.1, WeightDecay = 1e-3 });

    [Fact]
    public void The_layers_between_convolutions_leave_nothing_on_the_processor()
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var scope = NewDisposeScope();
            var input = zeros([Batch, 6, 9, 9], precision.Type(), Meta).requires_grad_();
            var (padded, _) = SamePadding.Zeros(input, 3, 2);
            var values = Rote.Networks.LocalResponseNorm.Apply(SamePadding.MaxPool3x3Stride2(padded), radius: 2, alpha: 1e-4, beta: 0.75);
            values.sum([0, 1, 2, 3]).backward();
            Assert.Equal(DeviceType.META, input.grad!.device_type);
        }
    }

    [Fact]
    public void A_tensor_left_on_the_processor_is_caught()
    {
        using var scope = NewDisposeScope();
        using var network = new Forgetful();
        network.to(Meta);
        var error = Assert.ThrowsAny<ExternalException>(() => network.forward(zeros([Batch, 6], device: Meta)));
        Assert.Contains("same device", error.Message, StringComparison.Ordinal);
    }

    private static void Step(NetworkSpec spec, Recipe recipe)
    {
        using var scope = NewDisposeScope();
        using var network = Moved();
        using var update = recipe.Optimizer.Create(network.named_parameters().Select(p => (p.name, p.parameter)), recipe);
        using var average = new WeightEma(network, Moved(), 0.9);
        using var method = new PlainTraining(recipe, new Seeds(1), Batch, Classes);
        var batch = new TrainingBatch(1, 0, zeros([Batch], int64, Meta), zeros([Batch], int64, Meta));
        for (var step = 1; step <= 4; step++)
        {
            network.train();
            var logits = network.forward(method.Inputs(zeros([Batch, 6, 6, 1], recipe.Precision.Type(), Meta), batch));
            var loss = method.Loss(logits, batch);
            update.ZeroGradients();
            loss.backward();
            Assert.All(network.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.grad?.device_type));
            update.Step(0.1);
            average.Update(network, step);
        }

        average.Network.eval();
        Assert.Equal(DeviceType.META, average.Network.forward(zeros([1, 6, 6, 1], recipe.Precision.Type(), Meta)).device_type);
        var held = network.state_dict().Concat(average.Network.state_dict()).Select(t => (Name: t.Key, t.Value));
        Assert.All(
            held.Concat(update.Tensors.Where(t => t.Name != "step")), // Adam counts its steps on the processor
            tensor => Assert.Equal(DeviceType.META, tensor.Value.device_type)
        );

        Module<Tensor, Tensor> Moved()
        {
            var module = spec.Build(Shape, recipe.Precision, new Seeds(1));
            module.to(Meta);
            return module;
        }
    }

    /// <summary>The fault that is planted: a constant of the forward pass is made where nobody said.</summary>
    private sealed class Forgetful : Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear layer = Linear(6, Classes);

        public Forgetful()
            : base(nameof(Forgetful)) => RegisterComponents();

        public override Tensor forward(Tensor input) => layer.forward(input) + ones(Classes);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                layer.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
