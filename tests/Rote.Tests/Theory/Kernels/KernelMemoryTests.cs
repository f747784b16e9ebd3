using Rote.Theory.Kernels;

namespace Rote.Tests.Theory.Kernels;

public sealed class KernelMemoryTests
{
    private static readonly KernelMemory FashionMnist = new(Test: 10_000, Dimension: 784, Classes: 10);

    // Half of 60,000² and 10,000 × 60,000 numbers of 4 bytes: 7.3 with the diagonal's tiles, and 2.4 GB; 4,096 × 60,000 of the
    // preconditioner: 1.0; its square matrices of 8 bytes: 0.7.
    [Fact]
    public void Half_a_matrix_and_the_test_examples_are_most_of_it() => Assert.InRange(FashionMnist.Bytes(60_000) / 1e9, 11.3, 11.6);

    [Fact]
    public void What_fits_is_let_through() => FashionMnist.Require(60_000, available: 13_000_000_000);

    [Fact]
    public void What_does_not_fit_is_refused_with_the_largest_number_that_does()
    {
        var error = Assert.Throws<MachineException>(() => FashionMnist.Require(60_000, available: 4_000_000_000));
        var most = long.Parse(error.Message.Split("set the number of examples to ")[1].TrimEnd('.'));
        Assert.Contains("needs 11.44 GB", error.Message, StringComparison.Ordinal);
        Assert.True(FashionMnist.Bytes(most) <= 0.9 * 4e9 && FashionMnist.Bytes(most + 1) > 0.9 * 4e9);
        Assert.Contains(
            "not even one fits",
            Assert.Throws<MachineException>(() => FashionMnist.Require(10, available: 1000)).Message,
            StringComparison.Ordinal
        );
    }
}
