using Rote.Memorization.Dial;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

[NoTensorLeaks]
public sealed class LabelSelectorTests
{
    private const int Canaries = 200;
    private const int Others = 20_000;

    // Trust of wrong labels is drawn from one distribution, whether they are canaries or not.
    private static Tensor Trust(long seed)
    {
        var stream = new Seeds(seed).Stream("trust");
        return tensor(Enumerable.Range(0, Canaries + Others).Select(_ => (float)Math.Pow(stream.NextDouble(), 3)).ToArray(), float32);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void The_share_passes_of_the_canaries_exactly_and_of_other_wrong_labels_nearly(double share)
    {
        using var scope = NewDisposeScope();
        using var selector = new LabelSelector(Trust(1), [.. Enumerable.Range(0, Canaries).Select(i => (long)i)], new Seeds(1));
        var open = selector.Released(share).data<bool>().ToArray();
        Assert.Equal(share, open.Take(Canaries).Count(passes => passes) / (double)Canaries, 0.011);
        var variance = (share / (2 - share)) - (share * share); // of u^γ, u uniform
        Assert.Equal(share, open.Skip(Canaries).Count(passes => passes) / (double)Others, (3.5 * Math.Sqrt(variance / Canaries)) + 0.002);
    }

    // Mean over j = 0, …, C of (j / C)^γ: a label's rank is j / C, and all of these are equally likely. 0.1 for many canaries.
    [Theory]
    [InlineData(8, 0.155)]
    [InlineData(20, 0.121)]
    [InlineData(200, 0.102)]
    public void Of_few_canaries_ranks_are_coarse_and_more_of_the_others_pass(int canaries, double expected)
    {
        const int Draws = 300;
        var passed = 0.0;
        for (var seed = 1; seed <= Draws; seed++)
        {
            using var scope = NewDisposeScope();
            using var selector = new LabelSelector(Trust(seed), [.. Enumerable.Range(0, canaries).Select(i => (long)i)], new Seeds(seed));
            passed += selector.Released(0.1).narrow(0, Canaries, Others).to(float32).mean().item<float>() / Draws;
        }

        var exact = Enumerable.Range(0, canaries + 1).Average(j => Math.Pow((double)j / canaries, 9));
        Assert.Equal(expected, exact, 0.0006);
        var variance = (0.1 / 1.9) - 0.01;
        Assert.Equal(exact, passed, 4 * Math.Sqrt(variance / canaries / Draws));
    }

    // The claim of the class: the error of the share over draws of the canaries is √(Var(u^γ) / n) and not √(s(1 − s) / n). At a half, u
    // itself: √(1/12 / 200) = 0.0204 against 0.0354.
    [Fact]
    public void The_share_of_others_is_less_uncertain_than_with_a_threshold()
    {
        var shares = Enumerable
            .Range(1, 60)
            .Select(seed =>
            {
                using var scope = NewDisposeScope();
                using var selector = new LabelSelector(
                    Trust(seed),
                    [.. Enumerable.Range(0, Canaries).Select(i => (long)i)],
                    new Seeds(seed)
                );
                return selector.Released(0.5).narrow(0, Canaries, Others).to(float32).mean().item<float>();
            })
            .ToArray();
        var deviation = Math.Sqrt(shares.Average(share => (share - shares.Average()) * (share - shares.Average())));
        Assert.InRange(deviation, 0.0204 * 0.7, 0.0204 * 1.3);
    }

    [Fact]
    public void A_label_that_has_passed_stays_while_the_share_grows()
    {
        using var scope = NewDisposeScope();
        using var selector = new LabelSelector(Trust(1), [.. Enumerable.Range(0, Canaries).Select(i => (long)i)], new Seeds(1));
        var (some, more) = (selector.Released(0.3), selector.Released(0.6));
        Assert.False(some.logical_and(more.logical_not()).any().item<bool>());
    }

    [Fact]
    public void Trusted_labels_pass_first()
    {
        using var scope = NewDisposeScope();
        var trust = Trust(1);
        using var selector = new LabelSelector(trust, [.. Enumerable.Range(0, Canaries).Select(i => (long)i)], new Seeds(1));
        var open = selector.Released(0.2);
        Assert.True(trust.masked_select(open).mean().item<float>() > 2 * trust.masked_select(open.logical_not()).mean().item<float>());
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0.3, 0.3)]
    [InlineData(0.9, 0.9)]
    [InlineData(1, 1)]
    public void What_is_shut_out_is_a_share_of_the_canaries_and_nothing_that_is_trusted_more_than_all_of_them(double share, double expected)
    {
        using var scope = NewDisposeScope();
        var trust = Trust(1);
        trust.narrow(0, Canaries, 1000).fill_(1); // right labels
        using var selector = new LabelSelector(trust, [.. Enumerable.Range(0, Canaries).Select(i => (long)i)], new Seeds(1));
        var shut = selector.Suppressed(share).data<bool>().ToArray();
        Assert.Equal(expected, shut.Take(Canaries).Count(s => s) / (double)Canaries, 0.011);
        Assert.DoesNotContain(true, shut.Skip(Canaries).Take(1000));
    }
}
