using Rote.Tests.Support;
using Rote.Training;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class SgdTests
{
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.9, 0.0)]
    [InlineData(0.9, 0.01)]
    public void Steps_equal_those_of_the_librarys_optimizer(double momentum, double weightDecay)
    {
        using var scope = NewDisposeScope();
        var start = randn(5, 3);
        using var ours = new Parameter(start.clone());
        using var theirs = new Parameter(start.clone());
        using var sgd = new Sgd([("w", ours)], momentum, weightDecay);
        using var library = optim.SGD([theirs], 0.1, momentum, weight_decay: weightDecay);
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
        Assert.All(theirs.data<float>().ToArray().Zip(ours.data<float>().ToArray()), w => Assert.Equal(w.First, w.Second, Math.Abs(w.First) * 2e-6 + 1e-7));
    }
}
