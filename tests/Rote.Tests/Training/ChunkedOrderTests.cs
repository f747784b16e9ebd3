using Rote.Tensors;
using Rote.Training;

namespace Rote.Tests.Training;

public sealed class ChunkedOrderTests
{
    [Fact]
    public void Every_epoch_visits_every_example_once() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 50], Gen.Int[1, 400], Gen.Int[1, 5])
            .Sample(
                (count, chunk, window, epoch) =>
                    ChunkedOrder
                        .Draw(new ChunkedOrder { Chunk = chunk, Window = window }, new Seeds(1), epoch, count)
                        .Order()
                        .SequenceEqual(Enumerable.Range(0, count).Select(i => (long)i))
            );

    [Fact]
    public void Examples_of_a_window_lie_in_as_few_chunks_as_can_be() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 8], Gen.Int[1, 6])
            .Sample(
                (chunk, windowChunks, windows) =>
                {
                    var order = new ChunkedOrder { Chunk = chunk, Window = chunk * windowChunks };
                    var rows = ChunkedOrder.Draw(order, new Seeds(2), 1, chunk * windowChunks * windows);
                    return rows.Chunk(order.Window).All(window => window.Select(row => row / chunk).Distinct().Count() == windowChunks);
                }
            );

    [Fact]
    public void Epochs_and_seeds_differ_and_equal_ones_are_equal()
    {
        var order = new ChunkedOrder { Chunk = 4, Window = 16 };
        var first = ChunkedOrder.Draw(order, new Seeds(1), 1, 100);
        Assert.Equal(first, ChunkedOrder.Draw(order, new Seeds(1), 1, 100));
        Assert.NotEqual(first, ChunkedOrder.Draw(order, new Seeds(1), 2, 100));
        Assert.NotEqual(first, ChunkedOrder.Draw(order, new Seeds(2), 1, 100));
    }

    [Fact]
    public void Without_one_all_examples_are_shuffled() =>
        Assert.Equal(new Seeds(3).Permutation(SeedStreams.Order, 2, 50), ChunkedOrder.Draw(null, new Seeds(3), 2, 50));

    [Theory]
    [InlineData(3072, 341, 87_381)]
    [InlineData(1, 1_048_576, 268_435_456)]
    [InlineData(2_000_000, 1, 134)]
    [InlineData(1_000_000_000, 1, 1)]
    public void A_window_has_256_MiB(long bytes, int chunk, int window) =>
        Assert.Equal(new ChunkedOrder { Chunk = chunk, Window = window }, ChunkedOrder.OfPictures(bytes));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -5)]
    public void Numbers_below_1_are_refused(int chunk, int window) =>
        Assert.Throws<InputException>(() => new ChunkedOrder { Chunk = chunk, Window = window });
}
