using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Optimizers;

[NoTensorLeaks]
public sealed class SgdUpdateTests
{
    [Theory]
    [InlineData(0.0, 0.0, false)]
    [InlineData(0.9, 0.0, false)]
    [InlineData(0.9, 0.01, false)]
    [InlineData(0.9, 0.0, true)]
    [InlineData(0.8, 0.01, true)]
    public void Steps_equal_those_of_the_librarys_optimizer(double momentum, double weightDecay, bool nesterov)
    {
        using var scope = NewDisposeScope();
        var start = randn(5, 3);
        using var ours = new Parameter(start.clone());
        using var theirs = new Parameter(start.clone());
        using var sgd = Update(
            [("w", ours)],
            new Recipe
            {
                Momentum = momentum,
                WeightDecay = weightDecay,
                Nesterov = nesterov,
            }
        );
        using var library = optim.SGD([theirs], 0.1, momentum, weight_decay: weightDecay, nesterov: nesterov);
        for (var step = 0; step < 5; step++)
        {
            sgd.ZeroGradients();
            library.zero_grad();
            ours.pow(3).sum([0L, 1L]).backward();
            theirs.pow(3).sum([0L, 1L]).backward();
            sgd.Step(0.1 / (step + 1));
            foreach (var group in library.ParamGroups)
            {
                group.LearningRate = 0.1 / (step + 1);
            }

            library.step();
        }

        // Ours rounds once where the library rounds twice (μv + g): a few units in the last of 24 bits after five steps.
        Assert.All(
            theirs.data<float>().ToArray().Zip(ours.data<float>().ToArray()),
            w => Assert.Equal(w.First, w.Second, Math.Abs(w.First) * 2e-6 + 1e-7)
        );
    }

    [Fact]
    public void Gradients_are_clipped_by_the_norm_of_all_of_them_together()
    {
        using var scope = NewDisposeScope();
        using var first = new Parameter(zeros(2));
        using var second = new Parameter(zeros(1));
        using var sgd = Update([("a", first), ("b", second)], new Recipe { Momentum = 0, ClipNorm = 1 });
        Step(tensor(new[] { 3f, 0f }), tensor(new[] { 4f })); // norm 5: scaled to 1
        Assert.Equal([-0.6f, 0f, -0.8f], Weights(), (a, b) => Math.Abs(a - b) < 1e-5);
        Step(tensor(new[] { 0.3f, 0f }), tensor(new[] { 0.4f })); // norm 0.5: left alone
        Assert.Equal([-0.9f, 0f, -1.2f], Weights(), (a, b) => Math.Abs(a - b) < 1e-5);

        float[] Weights() => [.. first.data<float>().ToArray(), .. second.data<float>().ToArray()];

        void Step(Tensor a, Tensor b)
        {
            sgd.ZeroGradients();
            ((first * a).sum(0L) + (second * b).sum(0L)).backward();
            sgd.Step(1);
        }
    }

    private static ParameterUpdate Update((string, Parameter)[] parameters, Recipe recipe) => recipe.Optimizer.Create(parameters, recipe);
}
