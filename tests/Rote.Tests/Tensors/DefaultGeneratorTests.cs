using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Tensors;

[NoTensorLeaks]
public sealed class DefaultGeneratorTests
{
    [Fact]
    public void Networks_built_at_the_same_time_begin_as_networks_built_alone()
    {
        const int Networks = 24;
        var alone = Enumerable.Range(0, Networks).Select(First).ToArray();
        var together = new float[Networks];
        var threads = Enumerable
            .Range(0, 4)
            .Select(t => new Thread(() =>
            {
                for (var i = t; i < Networks; i += 4)
                {
                    together[i] = First(i);
                    DefaultGenerator.Seed(7); // as a trainer does at every epoch
                }
            }))
            .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(alone, together);
        Assert.Equal(Networks, alone.Distinct().Count());
    }

    /// <summary>The last weight that is drawn.</summary>
    private static float First(int seed)
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp { Hidden = [64, 64] }.Build(new TaskShape(8, 8, 3, 10), Precision.Float32, new Seeds(seed));
        return network.parameters().Last().sum([0]).item<float>();
    }
}
