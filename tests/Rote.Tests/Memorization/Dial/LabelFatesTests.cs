using Rote.Memorization.Dial;
using Rote.Tests.Support;

using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

[NoTensorLeaks]
public sealed class LabelFatesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void By_rote_are_labels_that_pass_against_the_teacher(double share)
    {
        using var scope = NewDisposeScope();
        using var gate = Fates.Gate();
        using var fates = new LabelFates(gate, share, Fates.Contradicted());
        var (passing, contradicted) = (fates.Passing.data<bool>().ToArray(), Fates.Contradicted().data<bool>().ToArray());
        Assert.Equal(passing.Zip(contradicted, (p, c) => p && c), fates.ByRote.data<bool>().ToArray());
        Assert.False(fates.Suppressed.any().item<bool>());
    }

    [Fact]
    public void Below_none_three_times_as_many_are_suppressed_and_none_passes()
    {
        using var scope = NewDisposeScope();
        using var gate = Fates.Gate();
        using var fates = new LabelFates(gate, -0.1, Fates.Contradicted());
        Assert.False(fates.Passing.any().item<bool>());
        Assert.Equal(0.3, fates.Suppressed.to(float32).mean().item<float>(), 0.03);
    }
}
