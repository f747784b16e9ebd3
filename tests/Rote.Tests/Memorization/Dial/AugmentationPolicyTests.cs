using Rote.Memorization.Dial;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

[NoTensorLeaks]
public sealed class AugmentationPolicyTests
{
    private static bool[] Plain(LabelTargets targets, int epoch, double target, double released, double least = 0)
    {
        var rows = arange(DialTargets.Count, int64);
        return AugmentationPolicy
            .Plain(new TrainingBatch(epoch, 0, rows, rows), targets, DialTargets.Contradicted(), target, released, least)
            .data<bool>()
            .ToArray();
    }

    [Fact]
    public void What_is_to_be_memorized_or_suppressed_is_always_shown_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var some = new LabelTargets(selector, 0.5, DialTargets.Contradicted());
        using var none = new LabelTargets(selector, -0.1, DialTargets.Contradicted());
        for (var epoch = 10; epoch < 14; epoch++)
        {
            Assert.All(
                Plain(some, epoch, 0.5, 0.1).Zip(some.ByRote.data<bool>().ToArray()),
                pair => Assert.True(pair.First || !pair.Second)
            );
            Assert.All(
                Plain(none, epoch, 0, 0.1).Zip(none.Suppressed.data<bool>().ToArray()),
                pair => Assert.True(pair.First || !pair.Second)
            );
        }
    }

    [Fact]
    public void At_first_what_the_teacher_says_too_is_shown_changed_and_what_it_contradicts_every_other_epoch()
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var targets = new LabelTargets(selector, 0, DialTargets.Contradicted());
        var shown = Enumerable.Range(20, 10).Select(epoch => Plain(targets, epoch, 0.75, 0.4)).ToArray();
        Assert.All(shown, plain => Assert.DoesNotContain(true, plain.Skip(DialTargets.Count / 2)));
        Assert.All(Enumerable.Range(0, DialTargets.Count / 2), row => Assert.InRange(shown.Count(plain => plain[row]), 4, 6));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0.5, 0.5, 0.25)]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(1, 0.6, 1)]
    public void Later_a_share_of_all_is_shown_as_it_is_that_grows_to_the_degree(double target, double released, double share)
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var targets = new LabelTargets(selector, 0, DialTargets.Contradicted());
        var plain = Plain(targets, 30, target, released);
        Assert.Equal(share, plain.Skip(DialTargets.Count / 2).Average(p => p ? 1.0 : 0), 0.02);
        Assert.Equal(Math.Max(share, 0.5), plain.Take(DialTargets.Count / 2).Average(p => p ? 1.0 : 0), 0.02);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void A_least_share_holds_for_all_from_the_start(double released)
    {
        using var scope = NewDisposeScope();
        using var selector = DialTargets.Selector();
        using var targets = new LabelTargets(selector, 0, DialTargets.Contradicted());
        Assert.Equal(0.7, Plain(targets, 30, 0.1, released, least: 0.7).Average(p => p ? 1.0 : 0), 0.02);
        Assert.All(Plain(targets, 30, 0.1, released, least: 1), Assert.True);
    }
}
