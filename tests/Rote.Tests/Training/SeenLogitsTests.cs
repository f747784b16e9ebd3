using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class SeenLogitsTests
{
    private const int Examples = 23;
    private const int Classes = 4;

    [Theory]
    [InlineData(1_000, new[] { 23 })]
    [InlineData(92, new[] { 23 })]
    [InlineData(91, new[] { 20, 3 })] // room for 22, and batches of 5 stay whole
    [InlineData(40, new[] { 10, 10, 3 })]
    [InlineData(1, new[] { 5, 5, 5, 5, 3 })] // never less than a batch
    public void Parts_are_the_rows_in_their_order_and_never_too_many(long most, int[] sizes)
    {
        using var scope = NewDisposeScope();
        var (order, labels, logits) = Draw();
        var (rows, values, found) = (new List<long>(), new List<float>(), new List<int>());
        using var seen = new SeenLogits(
            order,
            labels,
            (part, given) =>
            {
                found.Add((int)part.shape[0]);
                rows.AddRange(part.data<long>());
                values.AddRange(given.data<float>());
            },
            most
        );
        var (loss, accuracy) = Run(seen, logits);
        Assert.Equal(sizes, found);
        Assert.Equal(order.data<long>().ToArray(), rows);
        Assert.Equal(logits.data<float>().ToArray(), values);
        Assert.Equal(nn.functional.cross_entropy(logits, labels).item<float>(), loss, 5); // float32
        Assert.Equal((double)logits.argmax(1).eq(labels).sum(0L).item<long>() / Examples, accuracy);
    }

    // What is stored of runs that were made before there were parts.
    [Fact]
    public void Of_one_part_the_loss_has_the_bits_of_the_mean_over_all()
    {
        using var scope = NewDisposeScope();
        var (order, labels, logits) = Draw();
        using var seen = new SeenLogits(order, labels, (_, _) => { });
        Assert.Equal((double)nn.functional.cross_entropy(logits, labels).item<float>(), Run(seen, logits).Loss);
    }

    private static (double Loss, double Accuracy) Run(SeenLogits seen, Tensor logits)
    {
        for (var start = 0; start < Examples; start += 5)
        {
            seen.Add(logits.narrow(0, start, Math.Min(5, Examples - start)));
        }

        return seen.Finish();
    }

    private static (Tensor Order, Tensor Labels, Tensor Logits) Draw()
    {
        var random = new Seeds(1).Stream("test");
        return (
            tensor(Enumerable.Range(0, Examples).Select(i => (long)((i * 7) % Examples)).ToArray()),
            tensor(Enumerable.Range(0, Examples).Select(_ => (long)random.NextInt(Classes)).ToArray()),
            tensor(Enumerable.Range(0, Examples * Classes).Select(_ => (float)random.NextDouble() * 6).ToArray(), [Examples, Classes])
        );
    }
}
