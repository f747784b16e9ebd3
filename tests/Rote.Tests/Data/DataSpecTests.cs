using Rote.Audits;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data;

[NoTensorLeaks]
public sealed class DataSpecTests
{
    private static readonly DataSpec Own = new()
    {
        Name = "pets",
        Sha256 = new string('a', 64),
        ImageSize = 32,
    };

    [Fact]
    public void A_catalog_name_is_written_as_before_and_own_data_by_its_content()
    {
        Assert.Equal("""{"name":"cifar10"}""", RoteJson.Canonical(new DataSpec { Name = "cifar10" }));
        Assert.Equal($$"""{"imageSize":32,"name":"pets","sha256":"{{Own.Sha256}}"}""", RoteJson.Canonical(Own));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../etc/pass")]
    public void What_is_no_checksum_is_refused(string value) =>
        Assert.Equal(
            $"The SHA-256 of the data is \"{value}\", expected 64 lower-case hexadecimal digits.",
            Assert.Throws<InputException>(() => Own with { Sha256 = value }).Message
        );

    [Fact]
    public void The_first_test_example_is_0_where_it_is_left_out()
    {
        var error = Assert.Throws<InputException>(() => Own with { TestFrom = 0 });
        Assert.EndsWith("; leave it out for 0.", error.Message, StringComparison.Ordinal);
        using var data = Sorted();
        using var all = Own.Cut(data);
        using var fewer = (Own with { TestFrom = 1 }).Cut(data);
        Assert.Equal((9, 8), (all.Test.Count, fewer.Test.Count));
    }

    [Fact]
    public void A_part_of_sorted_rows_holds_every_class_and_of_a_catalog_set_it_is_the_first()
    {
        using var data = Sorted();
        using var part = (Own with { Examples = 3 }).Cut(data);
        Assert.Equal([0, 1, 2], part.Train.Labels.data<long>().ToArray());
        using var all = Own.Cut(data);
        Assert.Equal(9, all.Train.Count);
        using var first = new DataSpec { Name = "catalog", Examples = 3 }.Cut(data);
        Assert.Equal([0, 0, 0], first.Train.Labels.data<long>().ToArray());
        using var audited = AuditData.Of(data, 3);
        Assert.Equal([0, 1, 2], audited.Examples.Labels.data<long>().ToArray());
    }

    private static DatasetSplits Sorted()
    {
        using var scope = NewDisposeScope();
        return new DatasetSplits(Images(Split.Train), Images(Split.Test));

        static Dataset Images(Split split) =>
            new(
                zeros([9, 2, 2, 1], uint8),
                tensor(new long[] { 0, 0, 0, 1, 1, 1, 2, 2, 2 }),
                ["a", "b", "c"],
                split,
                new Provenance("pets", "", "")
            );
    }

    [Fact]
    public void What_a_network_sees_is_what_the_crop_leaves()
    {
        using var whole = Samples.Noise(2, 2, side: 9);
        foreach (var side in new int?[] { null, 1, 8, 9, 10 })
        {
            var spec = new DataSpec { Name = "noise", CropSide = side };
            using var cut = spec.Cut(whole);
            Assert.Equal((cut.Train.Height, cut.Train.Width), spec.Seen(9, 9));
        }

        Assert.Equal((4, 4), new DataSpec { Name = "noise", CropSide = 4 }.Seen(9, 5));
        Assert.Equal((9, 3), new DataSpec { Name = "noise", CropSide = 4 }.Seen(9, 3));
    }
}
