using Rote.Memorization.Dial;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

[NoTensorLeaks]
public sealed class LabelTargetsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void By_rote_are_labels_that_pass_against_the_teacher(double share)
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var targets = new LabelTargets(selector, share, DialTargets.Contradicted());
        var (passing, contradicted) = (targets.Released.data<bool>().ToArray(), DialTargets.Contradicted().data<bool>().ToArray());
        Assert.Equal(passing.Zip(contradicted, (p, c) => p && c), targets.ByRote.data<bool>().ToArray());
        Assert.False(targets.Suppressed.any().item<bool>());
    }

    [Fact]
    public void Below_none_three_times_as_many_are_suppressed_and_none_passes()
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var targets = new LabelTargets(selector, -0.1, DialTargets.Contradicted());
        Assert.False(targets.Released.any().item<bool>());
        Assert.Equal(0.3, targets.Suppressed.to(float32).mean().item<float>(), 0.03);
    }
}
