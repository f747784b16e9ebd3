using Rote.Training;

namespace Rote.Tests.Training;

public sealed class ScheduleTests
{
    private static readonly Schedule[] Kinds = [new ConstantSchedule(), new CosineSchedule(), new ExponentialSchedule { Decay = 0.97 }];

    [Fact]
    public void The_papers_schedule_multiplies_by_0_95_an_epoch()
    {
        var schedule = new ExponentialSchedule();
        Assert.Equal([1, 0.95, 0.9025], Enumerable.Range(0, 3).Select(e => schedule.Factor(e, 100)).Select(f => Math.Round(f, 12)));
    }

    // Loshchilov and Hutter 2017, equation 5: 1 at the start, ½ half-way.
    [Fact]
    public void The_cosine_starts_at_1_and_is_half_way_down_in_the_middle()
    {
        Assert.Equal(1, new CosineSchedule().Factor(0, 10));
        Assert.Equal(0.5, new CosineSchedule().Factor(5, 10), 12);
    }

    [Fact]
    public void No_schedule_leaves_0_to_1_or_rises() =>
        Gen.Select(Gen.Int[0, 2].Select(i => Kinds[i]), Gen.Int[2, 500], Gen.Int[0, 498])
            .Sample((schedule, epochs, at) =>
            {
                var epoch = at % (epochs - 1);
                var (now, next) = (schedule.Factor(epoch, epochs), schedule.Factor(epoch + 1, epochs));
                return now is >= 0 and <= 1 && next <= now;
            });

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_decay_outside_0_to_1_is_refused(double decay) => Assert.Throws<InputException>(() => new ExponentialSchedule { Decay = decay });
}
