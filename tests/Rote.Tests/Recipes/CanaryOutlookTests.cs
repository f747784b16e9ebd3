using Rote.Corruptions;
using Rote.Recipes;

namespace Rote.Tests.Recipes;

public sealed class CanaryOutlookTests
{
    // Wilson 1927 by hand: 45 canaries, chance 0.07, m = 0.5 is a share of 0.535, 24 hits; 0.390 to 0.670 of hits is m 0.345 to 0.645.
    [Fact]
    public void The_interval_is_what_the_certificate_will_say()
    {
        var outlook = CanaryOutlook.Of(Plan(45), 0.5, 10, 100);
        Assert.Equal((45, true), (outlook.Canaries, outlook.IsToldFromZero));
        Assert.InRange(outlook.Low, 0.34, 0.35);
        Assert.InRange(outlook.High, 0.64, 0.65);
    }

    [Fact]
    public void A_degree_that_few_canaries_do_not_tell_from_zero_is_said_with_the_number_needed()
    {
        var outlook = CanaryOutlook.Of(Plan(20), 0.05, 10, 100);
        Assert.Equal((false, 0.0), (outlook.IsToldFromZero, outlook.Low));
        var needed = outlook.NeededFromZero!.Value;
        Assert.InRange(needed, 100, 300);
        Assert.True(CanaryOutlook.Of(Plan(needed), 0.05, 10, 100).IsToldFromZero);
        Assert.False(CanaryOutlook.Of(Plan(needed / 2), 0.05, 10, 100).IsToldFromZero);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    public void Nothing_is_needed_where_nothing_would_do(double degree)
    {
        var outlook = CanaryOutlook.Of(Plan(20), degree, 10, 100);
        Assert.Equal((false, null), (outlook.IsToldFromZero, outlook.NeededFromZero));
    }

    [Fact]
    public void Two_classes_know_less_than_ten()
    {
        var (two, ten) = (CanaryOutlook.Of(Plan(45), 0.5, 2, 100), CanaryOutlook.Of(Plan(45), 0.5, 10, 100));
        Assert.True(two.High - two.Low > 1.5 * (ten.High - ten.Low));
    }

    private static CanaryPlan Plan(int each) => new() { Steering = each, HeldOut = each };
}
