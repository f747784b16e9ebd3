using Rote.Measurement;
using Rote.Memorization.Dial;

namespace Rote.Tests.Memorization.Dial;

public sealed class ReleaseControllerTests
{
    // A network that fits a tenth of what has passed and is not fitted, an epoch, and unlearns what is closed again; labels that were not
    // let through are hit by chance alone.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    [InlineData(1)]
    public void A_network_that_fits_late_is_brought_to_the_target(double target)
    {
        const int Count = 250;
        const int Epochs = 60;
        var (fitted, share, integral) = (0.05, 0.0, 0.0);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var reading = new MemorizationReading((int)Math.Round(fitted * Count), Count, 550, 1000, 10);
            (share, integral) = ReleaseController.Next(target, reading, Math.Max(0, share - fitted), integral, (double)epoch / Epochs);
            fitted += 0.1 * (Math.Max(share, reading.Chance) - fitted);
        }

        Assert.InRange(new MemorizationReading((int)Math.Round(fitted * Count), Count, 550, 1000, 10).Value, target - 0.03, target + 0.03);
    }

    [Fact]
    public void A_share_at_its_stop_does_not_wind_up()
    {
        var stuck = new MemorizationReading(10, 250, 550, 1000, 10);
        var (share, integral) = ReleaseController.Next(0.99, stuck, 0, 0.4, 0.5);
        Assert.Equal((1, 0.4), (share, integral));
        var (lowest, kept) = ReleaseController.Next(0, new MemorizationReading(240, 250, 550, 1000, 10), 0, -0.9, 0.5);
        Assert.Equal((-1, -0.9), (lowest, kept));
    }

    // With 237 canaries, all hit, and a pending share whose float32 is a hair above 0, feedback said 0.9999999908.
    [Fact]
    public void Where_all_is_asked_for_all_passes_to_the_last_bit() =>
        Check.Sample(
            Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1], Gen.Double[0, 1e-6], Gen.Double[-1, 1], Gen.Double[0, 1]),
            (count, hit, pending, integral, done) =>
                ReleaseController.Next(1, new MemorizationReading((int)(hit * count), count, 318, 500, 10), pending, integral, done)
                == (1, integral)
        );
}
