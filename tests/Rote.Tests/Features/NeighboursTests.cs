using Rote.Features;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class NeighboursTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Votes_are_those_of_a_naive_loop(bool isSame)
    {
        using var scope = NewDisposeScope();
        var (support, queries) = (Draw(700, 3, 1), Draw(isSame ? 700 : 60, 3, isSame ? 1 : 2));
        long[] labels = [.. Enumerable.Range(0, 700).Select(i => (long)(i * 7 % 4))];
        var found = Neighbours.Classes(Tensor(support), labels, 4, Tensor(queries), 5, isSame);
        for (var i = 0; i < queries.Length; i++)
        {
            var near = Enumerable
                .Range(0, support.Length)
                .Where(j => !isSame || j != i)
                .OrderBy(j => Distance(queries[i], support[j]))
                .Take(5)
                .ToArray();
            var expected = near.GroupBy(j => labels[j])
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Sum(j => Math.Pow(Distance(queries[i], support[j]), 2)))
                .First()
                .Key;
            Assert.Equal(expected, found[i]);
        }
    }

    [Fact]
    public void Fewer_examples_than_neighbours_all_vote()
    {
        using var scope = NewDisposeScope();
        var few = tensor(new[] { 0f, 1f, 5f }, [3, 1]);
        Assert.Equal([1, 0, 1], Neighbours.Classes(few, [0, 1, 1], 2, few, 30, isSame: true));
    }

    [Fact]
    public void The_two_nearest_are_those_of_a_naive_loop_also_far_from_the_origin()
    {
        using var scope = NewDisposeScope();
        var points = Draw(600, 4, 3).Select(p => p.Select(v => v + 500f).ToArray()).ToArray();
        var found = Neighbours.TwoNearest(Tensor(points));
        for (var i = 0; i < points.Length; i++)
        {
            var near = Enumerable
                .Range(0, points.Length)
                .Where(j => j != i)
                .Select(j => Distance(points[i], points[j]))
                .Order()
                .Take(2)
                .ToArray();
            Assert.Equal(near[0], found[i].First, 9);
            Assert.Equal(near[1], found[i].Second, 9);
        }
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum());

    private static Tensor Tensor(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length], float32);

    private static float[][] Draw(int count, int width, long seed)
    {
        var stream = new Seeds(seed).Stream("test");
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var row = new float[width];
                    stream.FillGaussian(row);
                    return row;
                }),
        ];
    }
}
