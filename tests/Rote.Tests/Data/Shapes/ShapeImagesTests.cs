using Rote.Data;
using Rote.Data.Shapes;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Shapes;

[NoTensorLeaks]
public sealed class ShapeImagesTests
{
    [Fact]
    public void The_threads_do_not_matter()
    {
        var (one, oneLabels) = ShapeImages.Draw(205, Split.Train, 3, threads: 1);
        var (many, manyLabels) = ShapeImages.Draw(205, Split.Train, 3, threads: 7);
        Assert.Equal(one, many);
        Assert.Equal(oneLabels, manyLabels);
    }

    [Fact]
    public void The_first_images_do_not_depend_on_how_many_follow()
    {
        var (few, fewLabels) = ShapeImages.Draw(33, Split.Test, 3, threads: 2);
        var (many, manyLabels) = ShapeImages.Draw(100, Split.Test, 3, threads: 2);
        Assert.Equal(few, many[..few.Length]);
        Assert.Equal(fewLabels, manyLabels[..33]);
    }

    [Fact]
    public void Every_run_of_ten_holds_every_class_in_varying_order()
    {
        var (_, labels) = ShapeImages.Draw(100, Split.Train, 0, threads: 2);
        Assert.All(labels.Chunk(10), run => Assert.Equal(Enumerable.Range(0, 10).Select(c => (long)c), run.Order()));
        Assert.True(labels.Chunk(10).Select(run => string.Join(',', run)).Distinct().Count() > 5);
    }

    [Fact]
    public void Splits_and_seeds_differ()
    {
        var images = new[]
        {
            ShapeImages.Draw(1, Split.Train, 0, 1),
            ShapeImages.Draw(1, Split.Test, 0, 1),
            ShapeImages.Draw(1, Split.Train, 1, 1),
        };
        Assert.Equal(3, images.Select(i => Convert.ToHexString(i.Pixels)).Distinct().Count());
    }

    // Pinned: a stored result names only the seed. Only IEEE-exact operations are used, so it holds on every machine.
    // A change here needs another name for the set, or the old results no longer belong to it.
    [Fact]
    public void The_catalogs_images_never_change()
    {
        using var data = ShapeImages.Generate(100, 100);
        Assert.Equal("a0ab077aedaa91de0d42e37d12c9bfbb4d527952b5901456c7405db5c0794d02", data.Train.Provenance.Sha256);
        Assert.Equal("b875355297caf3bb0377f0696c106da96b8d754f2805d250b634ace94e966390", data.Test.Provenance.Sha256);
        Assert.Equal([100, 32, 32, 3], data.Train.Pixels.shape);
    }

    [Fact]
    public void The_mean_of_a_class_shows_no_form()
    {
        // Colour and contrast are drawn alike for all classes, so class means differ by chance alone: what keeps a linear model near
        // guessing.
        // 200 images a class of standard deviation about 80 give a mean an error of about 6; the largest of 10 · 3072 stays below 6 of
        // those.
        var (pixels, labels) = ShapeImages.Draw(2000, Split.Train, 0, threads: 2);
        var all = new double[3072];
        var each = new double[10, 3072];
        for (var i = 0; i < pixels.Length; i++)
        {
            all[i % 3072] += pixels[i] / 2000.0;
            each[labels[i / 3072], i % 3072] += pixels[i] / 200.0;
        }

        var largest = Enumerable.Range(0, 30_720).Max(i => Math.Abs(each[i / 3072, i % 3072] - all[i % 3072]));
        Assert.InRange(largest, 1, 36);
    }

    [Fact]
    public void A_number_below_1_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ShapeImages.Generate(1, 0));
}
