using Rote.Audits;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class AuditDataTests
{
    [Fact]
    public void A_class_with_one_example_is_left_out_and_said_and_the_others_keep_their_names()
    {
        using var data = Data([0, 1, 0, 2, 2, 1, 0], ["cat", "dog", "owl", "none"], lonely: 3);
        using var audited = AuditData.Of(data);
        Assert.Equal(["cat", "dog", "owl"], audited.Examples.ClassNames);
        Assert.Equal([0, 1, 0, 2, 2, 1, 0], audited.Examples.Labels.data<long>().ToArray());
        Assert.Null(audited.LeftOut); // a class without examples has nothing to leave out

        using var single = Data([0, 1, 0, 2, 0, 0], ["cat", "dog", "owl"]);
        using var left = AuditData.Of(single);
        Assert.Equal(
            "Left out of the audit: the one example of each of the classes dog, owl, because a network that is not trained on an example "
                + "must know its class from another one.",
            left.LeftOut
        );
        Assert.Equal(["t.csv[0]", "t.csv[2]", "t.csv[4]", "t.csv[5]"], left.Examples.ExampleNames);
    }

    [Fact]
    public void The_classes_after_one_that_is_left_out_move_up()
    {
        using var data = Data([2, 0, 2, 1, 0], ["ant", "bee", "cow"]);
        using var audited = AuditData.Of(data);
        Assert.Equal(["ant", "cow"], audited.Examples.ClassNames);
        Assert.Equal([1, 0, 1, 0], audited.Examples.Labels.data<long>().ToArray());
        Assert.Equal(
            "Left out of the audit: the one example of the class bee, because a network that is not trained on an example must know its "
                + "class from another one.",
            audited.LeftOut
        );
    }

    [Fact]
    public void Whole_data_is_audited_as_it_is()
    {
        using var data = Data([0, 1, 0, 1], ["cat", "dog"]);
        using var audited = AuditData.Of(data);
        Assert.Same(data.Train, audited.Examples);
        Assert.Null(audited.LeftOut);
    }

    private static DatasetSplits Data(long[] labels, string[] names, int lonely = 0)
    {
        using var scope = NewDisposeScope();
        var from = new Provenance("d", "the test", new string('a', 64));
        return new DatasetSplits(
            new Dataset(
                zeros([labels.Length, 2, 2, 1], uint8),
                tensor(labels),
                names,
                Split.Train,
                from,
                SourceRows.Of("t.csv", labels.Length)
            ),
            new Dataset(zeros([1, 2, 2, 1], uint8), tensor(new long[] { lonely }), names, Split.Test, from, SourceRows.Of("test.csv", 1))
        );
    }
}
