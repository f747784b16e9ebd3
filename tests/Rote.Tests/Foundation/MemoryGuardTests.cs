namespace Rote.Tests.Foundation;

public sealed class MemoryGuardTests
{
    [Fact]
    public void What_fits_exactly_is_let_through() => MemoryGuard.Require("d", "1×1×1", 8, 100, "use less", available: 1000);

    [Fact]
    public void What_does_not_fit_is_told_with_need_and_the_most_that_would() =>
        Assert.Equal(
            "d: 1,000,001 examples of 32×32×3 need 8.00 GB, and of 10.00 GB of available memory data may take 80 %; at most 1,000,000 "
                + "examples fit: use less.",
            Assert
                .Throws<MachineException>(() => MemoryGuard.Require("d", "32×32×3", 8000, 1_000_001, "use less", available: 10_000_000_000))
                .Message
        );

    [Fact]
    public void The_available_memory_is_more_than_a_test_uses_and_no_more_than_the_machine_has() =>
        Assert.InRange(MemoryGuard.Available(), 50_000_000, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
