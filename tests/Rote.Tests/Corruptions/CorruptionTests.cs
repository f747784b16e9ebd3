using Rote.Corruptions;
using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Corruptions;

[NoTensorLeaks]
public sealed class CorruptionTests
{
    private static readonly Corruption[] All =
    [
        new TrueLabels(),
        new RandomLabels(),
        new RandomLabels { Among = 3 },
        new PartiallyCorruptedLabels { Probability = 0.4 },
        new PairFlippedLabels { Probability = 0.4 },
        new ShuffledPixels(),
        new RandomPixels(),
        new GaussianPixels(),
    ];

    public static TheoryData<int> EveryKind => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Test_labels_and_the_truth_are_kept_and_the_mask_tells_what_changed(int kind)
    {
        using var data = Samples.Noise(200, 50);
        using var corrupted = All[kind].Apply(data, new Seeds(3));
        Assert.Equal(Labels(data.Test), Labels(corrupted.Images.Test));
        Assert.Equal(Labels(data.Train), corrupted.TrueLabels);
        Assert.Equal(Labels(corrupted.Images.Train).Zip(corrupted.TrueLabels, (given, truth) => given != truth), corrupted.LabelChanged);
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void The_result_depends_on_the_seed_alone(int kind)
    {
        using var data = Samples.Noise(100, 20);
        using var first = All[kind].Apply(data, new Seeds(3));
        using var again = All[kind].Apply(data, new Seeds(3));
        Assert.Equal(Bytes(first.Images.Train), Bytes(again.Images.Train));
        Assert.Equal(Bytes(first.Images.Test), Bytes(again.Images.Test));
        Assert.Equal(Labels(first.Images.Train), Labels(again.Images.Train));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0.3)]
    [InlineData(1, 1)]
    public void A_flipped_label_is_the_next_class(double probability, double share)
    {
        using var data = Samples.Noise(2000, 1);
        using var corrupted = new PairFlippedLabels { Probability = probability }.Apply(data, new Seeds(1));
        Assert.All(
            Labels(corrupted.Images.Train).Zip(corrupted.TrueLabels),
            pair => Assert.Contains(pair.First, new[] { pair.Second, (pair.Second + 1) % 10 })
        );
        Assert.Equal(share, corrupted.LabelChanged.Count(changed => changed) / 2000.0, 0.03);
    }

    // Sequential code, one image after the other: what the parallel code must equal on any number of threads.
    [Fact]
    public void Random_pixels_equal_a_sequential_loop()
    {
        using var data = Samples.Noise(64, 8);
        using var corrupted = new RandomPixels().Apply(data, new Seeds(5));
        var expected = Bytes(data.Train);
        var size = expected.Length / data.Train.Count;
        for (var i = 0; i < data.Train.Count; i++)
        {
            new Seeds(5).Stream("pixels/train", i).Shuffle(expected.AsSpan(i * size, size));
        }

        Assert.Equal(expected, Bytes(corrupted.Images.Train));
    }

    [Fact]
    public void The_changed_share_is_nine_tenths_of_p_within_its_error()
    {
        using var data = Samples.Noise(4000, 1, side: 1, channels: 1);

        // From p = 0.05 on, where 180 changes or more are expected and the binomial count is near enough to normal.
        Gen.Select(Gen.Double[0.05, 1], Gen.Long)
            .Sample(
                (p, seed) =>
                {
                    using var corrupted = new PartiallyCorruptedLabels { Probability = p }.Apply(data, new Seeds(seed));
                    var expected = 0.9 * p;
                    var error = Math.Sqrt(expected * (1 - expected) / 4000);
                    var share = corrupted.LabelChanged.Count(changed => changed) / 4000.0;
                    return Math.Abs(share - expected) <= (5 * error) + 1e-12; // 5 standard errors: once in 1.7 million
                },
                iter: 200
            );
    }

    [Fact]
    public void Nothing_changes_at_p_0()
    {
        using var data = Samples.Noise(500, 1, side: 1, channels: 1);
        using var corrupted = new PartiallyCorruptedLabels { Probability = 0 }.Apply(data, new Seeds(1));
        Assert.DoesNotContain(true, corrupted.LabelChanged);
    }

    [Fact]
    public void Labels_corrupted_at_a_small_p_are_corrupted_alike_at_a_larger_one()
    {
        using var data = Samples.Noise(2000, 1, side: 1, channels: 1);
        using var few = new PartiallyCorruptedLabels { Probability = 0.2 }.Apply(data, new Seeds(1));
        using var many = new PartiallyCorruptedLabels { Probability = 0.7 }.Apply(data, new Seeds(1));
        var (fewLabels, manyLabels) = (Labels(few.Images.Train), Labels(many.Images.Train));
        Assert.All(Enumerable.Range(0, 2000).Where(i => few.LabelChanged[i]), i => Assert.Equal(fewLabels[i], manyLabels[i]));
    }

    [Fact]
    public void Random_labels_hit_every_class_equally_often()
    {
        using var data = Samples.Noise(20_000, 1, side: 1, channels: 1);
        using var corrupted = new RandomLabels().Apply(data, new Seeds(1));
        var counts = Labels(corrupted.Images.Train).CountBy(label => label).Select(c => c.Value).ToArray();
        Assert.Equal(10, counts.Length);
        Assert.True(counts.Sum(c => (c - 2000.0) * (c - 2000.0) / 2000.0) < 27.88); // chi-squared, 9 degrees of freedom: once in a thousand
    }

    [Fact]
    public void Random_labels_among_two_classes_are_fair_signs()
    {
        using var data = Samples.Noise(20_000, 1, side: 1, channels: 1);
        using var corrupted = new RandomLabels { Among = 2 }.Apply(data, new Seeds(1));
        var ones = Labels(corrupted.Images.Train).CountBy(label => label).ToDictionary();
        Assert.Equal([0, 1], ones.Keys.Order());
        Assert.Equal(10_000, ones[1], 5 * Math.Sqrt(20_000 / 4.0)); // 5 standard errors: once in 1.7 million
        Assert.Equal(10, corrupted.Images.Train.Classes);
    }

    [Fact]
    public void Random_labels_among_all_classes_are_those_of_before()
    {
        using var data = Samples.Noise(500, 1, side: 1, channels: 1);
        using var all = new RandomLabels().Apply(data, new Seeds(1));
        using var among = new RandomLabels { Among = 10 }.Apply(data, new Seeds(1));
        Assert.Equal(Labels(all.Images.Train), Labels(among.Images.Train));
        Assert.Contains(
            "the data has 10",
            Assert.Throws<InputException>(() => new RandomLabels { Among = 11 }.Apply(data, new Seeds(1))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InputException>(() => new RandomLabels { Among = 1 });
    }

    [Fact]
    public void Shuffled_pixels_use_one_permutation_for_train_and_test()
    {
        using var data = Samples.Noise(30, 10);
        using var corrupted = new ShuffledPixels().Apply(data, new Seeds(2));
        var order = new Seeds(2).Permutation("pixels", 0, 108);
        Assert.Equal(order.Order(), Enumerable.Range(0, 108).Select(i => (long)i));
        foreach (var (before, after) in new[] { (data.Train, corrupted.Images.Train), (data.Test, corrupted.Images.Test) })
        {
            var (source, found) = (Bytes(before), Bytes(after));
            Assert.All(Enumerable.Range(0, found.Length), i => Assert.Equal(source[(i / 108 * 108) + order[i % 108]], found[i]));
        }
    }

    [Fact]
    public void Random_pixels_keep_each_images_values_in_an_order_of_its_own()
    {
        using var data = Samples.Noise(20, 5);
        using var corrupted = new RandomPixels().Apply(data, new Seeds(2));
        var (before, after) = (Bytes(data.Train).Chunk(108).ToArray(), Bytes(corrupted.Images.Train).Chunk(108).ToArray());
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Order(), pair.Second.Order()));
        Assert.All(before.Zip(after), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Gaussian_pixels_have_the_mean_and_variance_of_the_data()
    {
        using var data = Samples.Noise(500, 5);
        using var corrupted = new GaussianPixels().Apply(data, new Seeds(2));
        using var scope = NewDisposeScope();
        var (before, after) = (data.Train.Pixels.to(float64), corrupted.Images.Train.Pixels.to(float64));
        Assert.Equal(ScalarType.Float32, corrupted.Images.Train.Pixels.dtype);
        Assert.Equal(before.mean().item<double>(), after.mean().item<double>(), 1.6); // 5 σ/√n, n = 54,000
        Assert.Equal(before.std().item<double>(), after.std().item<double>(), 1.2);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_probability_outside_0_to_1_is_refused_by_name(double p)
    {
        var error = Assert.Throws<InputException>(() => new PartiallyCorruptedLabels { Probability = p });
        Assert.Contains($"{p}", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new PartiallyCorruptedLabels { Probability = 0.5 } with { Probability = p });
    }

    private static long[] Labels(Dataset images) => images.Labels.data<long>().ToArray();

    private static byte[] Bytes(Dataset images) => images.Pixels.bytes.ToArray();
}
