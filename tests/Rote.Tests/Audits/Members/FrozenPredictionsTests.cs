using Rote.Audits.Members;
using Rote.Measurement;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.Members;

[NoTensorLeaks]
public sealed class FrozenPredictionsTests
{
    private const int Count = 700;
    private const int Classes = 3;

    [Fact]
    public void Votes_and_neighbours_from_one_product_are_those_from_two()
    {
        using var scope = NewDisposeScope();
        var rows = FeatureRows.Of(randn([Count, 16], generator: new Generator(5)));
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i * i % Classes)];
        var (kept, shares) = (KeptClasses.All(Count, Classes), new List<double>());
        var two = FrozenPredictions.LookAround(rows, labels, kept, Told, default);
        Assert.Equal([0.25, 0.5, 0.75, 1], shares.Order());
        shares.Clear();
        var one = FrozenPredictions.LookAround(rows, labels, kept, Told, default, many: Count - 1);
        Assert.Equal([0.5, 1], shares.Order());
        Assert.Equal(two.Neighbours.Row, one.Neighbours.Row);
        Assert.Equal(two.Neighbours.Similarity, one.Neighbours.Similarity);
        Assert.All(two.Votes.Values.Zip(one.Votes.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        void Told(double share)
        {
            lock (shares)
            {
                shares.Add(share);
            }
        }
    }
}
