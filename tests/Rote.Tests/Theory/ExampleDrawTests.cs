using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory;
using static TorchSharp.torch;

namespace Rote.Tests.Theory;

[NoTensorLeaks]
public sealed class ExampleDrawTests
{
    [Fact]
    public void Equal_examples_are_passed_over_and_the_order_stays()
    {
        using var data = Given([1, 2, 1, 3, 2, 4]);
        using var scope = NewDisposeScope();
        var order = new Seeds(3).Permutation("order", 0, 6);
        var (rows, labels) = ExampleDraw.Rows(data, 4, "order", new Seeds(3), 0, distinct: true);
        float[] values = [1, 2, 1, 3, 2, 4];
        Assert.Equal(order.Select(i => (double)values[i]).Distinct(), rows.mul(255).data<double>().ToArray().Select(v => Math.Round(v)));
        Assert.Equal(4, labels.shape[0]);
    }

    [Fact]
    public void Too_few_examples_are_said_with_their_number()
    {
        using var data = Given([1, 2, 1, 3, 2, 4]);
        var few = Assert.Throws<InputException>(() => ExampleDraw.Rows(data, 7, "order", new Seeds(1), 0));
        Assert.StartsWith("There are 6 training examples, expected at least 7:", few.Message, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        var equal = Assert.Throws<InputException>(() => ExampleDraw.Rows(data, 5, "order", new Seeds(1), 0, distinct: true));
        Assert.StartsWith("There are 4 different training examples, expected at least 5:", equal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_noise_contains_less_and_a_share_of_the_labels_is_drawn_anew()
    {
        using var scope = NewDisposeScope();
        var labels = zeros(20_000, int64);
        var (some, more) = (Drawn(0.1), Drawn(0.3));
        var changed = some.ne(0);
        Assert.True(more.masked_select(changed).eq(some.masked_select(changed)).all().item<bool>());

        // Of ten classes nine are wrong: 0.09 ± 0.002.
        Assert.InRange(changed.to(float64).mean().item<double>(), 0.082, 0.098);
        Assert.True(Drawn(0).eq(0).all().item<bool>());

        Tensor Drawn(double share) => ExampleDraw.Relabelled(labels, share, 10, "labels", new Seeds(1), 0);
    }

    private static Dataset Given(float[] values) =>
        new(
            tensor(values, [values.Length, 1], float32),
            zeros(values.Length, int64),
            ["a", "b"],
            Split.Train,
            new Provenance("given", "a test", "")
        );
}
