using System.Numerics;
using Rote.Tensors;
using Rote.Theory.Representation;

namespace Rote.Tests.Theory.Representation;

public sealed class DirectionTests
{
    [Fact]
    public void The_projection_of_bytes_is_exact() =>
        Gen.Select(Gen.Long, Gen.Byte.Array[1, 5_000])
            .Sample(
                (seed, point) =>
                {
                    var direction = Direction.Draw(point.Length, new Seeds(seed), 0);
                    BigInteger sum = 0;
                    for (var i = 0; i < point.Length; i++)
                    {
                        sum += (BigInteger)direction.Entries[i] * point[i];
                    }

                    var projection = direction.Project(point.AsSpan());
                    return (Exact.Of(projection) - new Exact(sum, -51)).IsZero && Math.Abs(projection) < 1;
                },
                iter: 200
            );

    // The largest that entries and bytes can be: it stays below 2⁵¹, so a quarter of a difference is exact in float64's 53 bits.
    [Theory]
    [InlineData(1)]
    [InlineData(784)]
    [InlineData(3072)]
    [InlineData(1 << 20)]
    public void No_sum_leaves_the_exact_range(int dimension) =>
        Assert.True(((BigInteger)dimension * 255) << Direction.Draw(dimension, new Seeds(1), 0).Bits < BigInteger.One << 51);

    [Fact]
    public void Another_attempt_is_another_direction()
    {
        var (first, second) = (Direction.Draw(9, new Seeds(1), 0), Direction.Draw(9, new Seeds(1), 1));
        Assert.False(first.Entries.SequenceEqual(second.Entries));
        Assert.True(first.Entries.SequenceEqual(Direction.Draw(9, new Seeds(1), 0).Entries));
        Assert.Contains(first.Entries.ToArray(), entry => entry < 0);
        Assert.Contains(first.Entries.ToArray(), entry => entry > 0);
    }

    [Fact]
    public void Floats_are_projected_as_bytes_are() =>
        Assert.Equal(
            Direction.Draw(3, new Seeds(1), 0).Project((ReadOnlySpan<byte>)[1, 2, 3]),
            Direction.Draw(3, new Seeds(1), 0).Project((ReadOnlySpan<float>)[1f, 2f, 3f])
        );
}
