using Rote.Training.Schedules;

namespace Rote.Tests.Training.Schedules;

public sealed class ScheduleTests
{
    private static readonly Schedule[] Kinds =
    [
        new ConstantSchedule(),
        new CosineSchedule(),
        new ExponentialSchedule { Decay = 0.97 },
        new StepSchedule { Every = 3 },
    ];

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
        Gen.Select(Gen.Int[0, 3].Select(i => Kinds[i]), Gen.Int[2, 500], Gen.Int[0, 498])
            .Sample(
                (schedule, epochs, at) =>
                {
                    var epoch = at % (epochs - 1);
                    var (now, next) = (schedule.Factor(epoch, epochs), schedule.Factor(epoch + 1, epochs));
                    return now is >= 0 and <= 1 && next <= now;
                }
            );

    // PyTorch's documentation of StepLR: 0.05 for epochs below 30, 0.005 below 60, 0.0005 below 90.
    [Fact]
    public void Steps_are_those_of_pytorchs_example() =>
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], new[] { 0, 29.9, 30, 59.9, 60 }.Select(e => Math.Round(new StepSchedule().Factor(e, 90), 12)));

    [Fact]
    public void One_cycle_rises_in_a_straight_line_to_1_and_falls_in_one_to_0()
    {
        var cycle = new OneCycleSchedule { WarmUp = 0.25, Start = 0.2 };
        Assert.Equal([0.2, 0.6, 1, 0.5, 0], new[] { 0, 2.5, 5, 12.5, 20 }.Select(e => Math.Round(cycle.Factor(e, 20), 12)));
    }

    [Theory]
    [InlineData("constant", "")]
    [InlineData("cosine", "falling to 0 on a half cosine")]
    [InlineData("exponential", "× 0.95 per epoch")]
    [InlineData("exponential=0.9", "× 0.9 per epoch")]
    [InlineData("step=5", "× 0.1 every 5 epochs")]
    [InlineData("one-cycle=0.5", "in one cycle: from 0.2 of it up for 50 % of the epochs, then down to 0")]
    public void A_schedule_is_found_by_its_name(string name, string title) => Assert.Equal(title, ScheduleCatalog.Find(name).Title);

    [Theory]
    [InlineData("cosin", "did you mean cosine")]
    [InlineData("", "schedule")]
    [InlineData("step=1.5", "step=1.5")]
    [InlineData("step=0", "every 0 epochs")]
    [InlineData("step=x", "'x' where a number is expected")]
    [InlineData("constant=1", "constant=1")]
    [InlineData("one-cycle=1", "rises is 1")]
    [InlineData("exponential=NaN", "NaN")]
    [InlineData("exponential=0.9=2", "'0.9=2'")]
    public void A_schedule_that_is_not_known_is_named(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => ScheduleCatalog.Find(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_decay_outside_0_to_1_is_refused(double decay) =>
        Assert.Throws<InputException>(() => new ExponentialSchedule { Decay = decay });
}
