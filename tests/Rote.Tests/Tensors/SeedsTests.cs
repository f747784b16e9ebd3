using Rote.Tensors;

namespace Rote.Tests.Tensors;

public sealed class SeedsTests
{
    [Fact]
    public void A_permutation_visits_every_item_once() =>
        Gen.Select(Gen.Long, Gen.Int[0, 20], Gen.Int[0, 200])
            .Sample(
                (root, epoch, count) =>
                    new Seeds(root)
                        .Permutation("order", epoch, count)
                        .Order()
                        .SequenceEqual(Enumerable.Range(0, count).Select(i => (long)i))
            );

    [Fact]
    public void The_same_name_gives_the_same_numbers_and_another_name_others()
    {
        var seeds = new Seeds(7);
        Assert.Equal(seeds.Number("order", 3), new Seeds(7).Number("order", 3));
        Assert.Equal(
            4,
            new[] { seeds.Number("order", 3), seeds.Number("order", 4), seeds.Number("labels", 3), new Seeds(8).Number("order", 3) }
                .Distinct()
                .Count()
        );
    }

    // Pinned, because a stored result names only its seed. Computed apart from this code, in Python:
    // s = struct.unpack("<4Q", hashlib.sha256(b"0/order/0").digest()); rotl(s[1] * 5, 7) * 9 >> 1, modulo 2**64.
    [Fact]
    public void Streams_are_the_same_in_every_version() => Assert.Equal(7052965856673810820, new Seeds(0).Number("order"));
}
