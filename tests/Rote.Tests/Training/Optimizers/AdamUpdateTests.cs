using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = Rote.Training.Optimizers.Adam;

namespace Rote.Tests.Training.Optimizers;

[NoTensorLeaks]
public sealed class AdamUpdateTests
{
    [Theory]
    [InlineData(0.9, 0.999, 1e-8, 0.0)]
    [InlineData(0.9, 0.999, 1e-8, 0.01)]
    [InlineData(0.0, 0.9, 1e-3, 0.0)]
    [InlineData(0.5, 0.0, 1e-8, 0.1)]
    public void Steps_equal_those_of_the_librarys_optimizer(double beta1, double beta2, double epsilon, double weightDecay)
    {
        using var scope = NewDisposeScope();
        var start = randn(5, 3);
        using var ours = new Parameter(start.clone());
        using var theirs = new Parameter(start.clone());
        using var adam = Update(
            [("w", ours)],
            new Recipe
            {
                Optimizer = new Adam
                {
                    Beta1 = beta1,
                    Beta2 = beta2,
                    Epsilon = epsilon,
                },
                WeightDecay = weightDecay,
            }
        );
        using var library = optim.Adam([theirs], 0.1, beta1, beta2, epsilon, weightDecay);
        for (var step = 0; step < 20; step++)
        {
            adam.ZeroGradients();
            library.zero_grad();
            ours.pow(3).sum([0L, 1L]).backward();
            theirs.pow(3).sum([0L, 1L]).backward();
            adam.Step(0.1 / (step + 1));
            foreach (var group in library.ParamGroups)
            {
                group.LearningRate = 0.1 / (step + 1);
            }

            library.step();
        }

        // The library multiplies the step size and the corrections in another order: units in the last of 24 bits a step.
        Assert.All(
            theirs.data<float>().ToArray().Zip(ours.data<float>().ToArray()),
            w => Assert.Equal(w.First, w.Second, Math.Abs(w.First) * 5e-6 + 1e-6)
        );
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(1.0)]
    public void Steps_with_decoupled_decay_equal_those_of_the_librarys_AdamW(double weightDecay)
    {
        using var scope = NewDisposeScope();
        var start = randn(5, 3);
        using var ours = new Parameter(start.clone());
        using var theirs = new Parameter(start.clone());
        using var adam = Update([("w", ours)], new Recipe { Optimizer = new Rote.Training.Optimizers.AdamW(), WeightDecay = weightDecay });
        using var library = optim.AdamW([theirs], 0.1, weight_decay: weightDecay);
        for (var step = 0; step < 20; step++)
        {
            adam.ZeroGradients();
            library.zero_grad();
            ours.pow(3).sum([0L, 1L]).backward();
            theirs.pow(3).sum([0L, 1L]).backward();
            adam.Step(0.1);
            library.step();
        }

        Assert.All(
            theirs.data<float>().ToArray().Zip(ours.data<float>().ToArray()),
            w => Assert.Equal(w.First, w.Second, (Math.Abs(w.First) * 5e-6) + 1e-6)
        );
    }

    // Kingma and Ba 2015, section 2.1: |Δ| ≤ α, and equal to it in the first step, whatever the gradient's size.
    [Fact]
    public void The_first_step_has_the_learning_rates_size()
    {
        using var scope = NewDisposeScope();
        using var weights = new Parameter(zeros(4));
        using var adam = Update([("w", weights)], new Recipe { Optimizer = new Adam() });
        (weights * tensor(new[] { 1e-3f, -2f, 300f, 0f })).sum(0L).backward();
        adam.Step(0.01);
        Assert.Equal([-0.01f, 0.01f, -0.01f, 0f], weights.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void What_it_remembers_is_named_as_in_PyTorch_and_counts_the_steps()
    {
        using var scope = NewDisposeScope();
        using var weights = new Parameter(zeros(2));
        using var adam = Update([("w", weights)], new Recipe { Optimizer = new Adam() });
        for (var step = 0; step < 3; step++)
        {
            adam.ZeroGradients();
            (weights * 2).sum(0L).backward();
            adam.Step(0.1);
        }

        var state = adam.Tensors.ToDictionary(t => t.Name, t => t.Value);
        Assert.Equal(["step", "w.exp_avg", "w.exp_avg_sq"], state.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, state["step"].item<long>());
        Assert.Equal(2 * (1 - Math.Pow(0.9, 3)), state["w.exp_avg"][0].item<float>(), 1e-6);
        Assert.Equal(4 * (1 - Math.Pow(0.999, 3)), state["w.exp_avg_sq"][0].item<float>(), 1e-6);
    }

    private static ParameterUpdate Update((string, Parameter)[] parameters, Recipe recipe) => recipe.Optimizer.Create(parameters, recipe);
}
