using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

public sealed class HitBitsTests
{
    [Fact]
    public void What_is_packed_comes_out_again() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int)
            .Sample(
                (train, test, networks, seed) =>
                {
                    var random = new Rote.Tensors.Seeds(seed).Stream("test");
                    var (known, unknown) = (Flags(train), Flags(test));
                    var bits = HitBits.Of(known, unknown);
                    Assert.Equal(known, bits.TrainHits());
                    Assert.Equal(unknown, bits.TestHits());

                    bool[][] Flags(int count) =>
                        [
                            .. Enumerable
                                .Range(0, networks)
                                .Select(_ => Enumerable.Range(0, count).Select(_ => random.NextInt(2) == 1).ToArray()),
                        ];
                }
            );
}
