using Rote.Data;
using Rote.Data.Catalog;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Catalog;

[NoTensorLeaks]
public sealed class IdxSetTests
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 11, 12, 13, 14];

    [Fact]
    public void Images_and_labels_become_grey_images()
    {
        using var scope = NewDisposeScope();
        using var images = Combine([0, 0, 8, 1, 0, 0, 0, 2, 1, 0]);
        Assert.Equal([2, 1, 2, 1], images.Pixels.shape);
        Assert.Equal([11, 12, 13, 14], images.Pixels.data<byte>().ToArray());
        Assert.Equal([1, 0], images.Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1 }, "labels has 1 labels and images has 2 images, expected as many of each.")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 1, 2 }, "labels: the label of example 1 is 2, expected 0 to 1.")]
    public void Labels_that_do_not_fit_are_refused(byte[] labels, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => Combine(labels)).Message);

    private static Dataset Combine(byte[] labels) =>
        IdxSet.Combine(("images", Images), ("labels", labels), ["a", "b"], Split.Train, new Provenance("test", "made here", ""));
}
