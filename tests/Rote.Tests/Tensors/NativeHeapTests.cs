using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Tensors;

[NoTensorLeaks]
public sealed class NativeHeapTests
{
    [Fact]
    public void Giving_pages_back_leaves_what_is_in_use_alone()
    {
        using var scope = NewDisposeScope();
        var kept = Enumerable.Range(0, 50).Select(i =>
        {
            full([1 << 19], (float)i, float32).Dispose(); // a hole of 2 MiB beside what is kept
            return full([1000], (float)i, float32);
        }).ToArray();
        Assert.True(NativeHeap.Trim());
        Assert.All(kept.Index(), pair => Assert.Equal(1000f * pair.Index, pair.Item.sum([0]).item<float>()));
    }
}
