using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data;

[NoTensorLeaks]
public sealed class DatasetTests
{
    private static readonly Provenance Nowhere = new("test", "made here", "");

    [Fact]
    public void The_middle_is_cut_out()
    {
        using var scope = NewDisposeScope();
        using var images = Numbered(count: 1, side: 4);
        using var middle = images.CenterCrop(2);

        // Rows of 0 1 2 3 / 4 5 6 7 / 8 9 10 11 / 12 13 14 15.
        Assert.Equal([5, 6, 9, 10], middle.Pixels.data<byte>().ToArray());
        Assert.Equal([1, 2, 2, 1], middle.Pixels.shape);
    }

    [Fact]
    public void An_odd_rest_is_cut_at_the_bottom_and_the_right()
    {
        using var scope = NewDisposeScope();
        using var images = Numbered(count: 1, side: 5);
        using var middle = images.CenterCrop(2);
        Assert.Equal([6, 7, 11, 12], middle.Pixels.data<byte>().ToArray());
    }

    [Fact]
    public void A_crop_that_is_too_large_is_refused()
    {
        using var images = Numbered(count: 1, side: 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.CenterCrop(5));
    }

    [Fact]
    public void Take_keeps_the_first_and_gives_all_where_there_are_fewer()
    {
        using var scope = NewDisposeScope();
        using var images = Numbered(count: 3, side: 2);
        using var two = images.Take(2);
        using var all = images.Take(9);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], two.Pixels.data<byte>().ToArray());
        Assert.Equal([0, 1], two.Labels.data<long>().ToArray());
        Assert.Equal(3, all.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_label_out_of_range_is_refused_by_example_and_value(long label)
    {
        using var scope = NewDisposeScope();
        var pixels = zeros(2, 2, 2, 1, dtype: uint8);
        var error = Assert.Throws<InputException>(() =>
            new Dataset(pixels, tensor(new[] { 0, label }), ["a", "b", "c"], Split.Train, Nowhere)
        );
        Assert.Equal($"test: the label of example 1 is {label}, expected 0 to 2.", error.Message);
    }

    [Fact]
    public void Another_shape_or_type_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros(2, 2, 2, dtype: uint8), zeros(2, dtype: int64), ["a"], Split.Train, Nowhere)
        );
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros(2, 2, 2, 1, dtype: uint8), zeros(3, dtype: int64), ["a"], Split.Train, Nowhere)
        );
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros(2, 2, 2, 1, dtype: int32), zeros(2, dtype: int64), ["a"], Split.Train, Nowhere)
        );
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros(2, 2, 2, 1, dtype: uint8), zeros(2, dtype: int32), ["a"], Split.Train, Nowhere)
        );
    }

    [Fact]
    public void A_pair_disposes_both()
    {
        var pair = new DatasetSplits(Numbered(1, 2), Numbered(1, 2));
        pair.Dispose();
        Assert.True(pair.Train.Pixels.IsInvalid && pair.Test.Labels.IsInvalid);
    }

    private static Dataset Numbered(int count, int side)
    {
        using var scope = NewDisposeScope();
        var pixels = arange(count * side * side, dtype: uint8).reshape(count, side, side, 1);
        return new Dataset(pixels, arange(count, dtype: int64), ["a", "b", "c"], Split.Train, Nowhere);
    }
}
