using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Tests.Audits.Scoring;

public sealed class WrongLabelsTests
{
    private static readonly Estimate Unknown = new(double.NaN, double.NaN, 0);

    [Fact]
    public void The_largest_of_three_counts_with_a_wider_interval_than_sampling()
    {
        var wrong = WrongLabels.Of(new Estimate(0.07, 0.01, 1), new Estimate(0.1, 0.01, 1), new Estimate(0.08, 0.01, 1), isLevel: true);
        Assert.Equal(0.1, wrong.Share);
        Assert.Equal(0.1 - 0.0196 - 0.02 - 0.005, wrong.Low, 12);
        Assert.Equal(0.1 + 0.0196 + 0.02 + 0.005, wrong.High, 12);
    }

    [Fact]
    public void Where_surer_predictions_disagree_less_the_canaries_give_a_lower_bound_and_nothing_an_upper_one()
    {
        var wrong = WrongLabels.Of(new Estimate(0.02, 0.01, 1), new Estimate(0.05, 0.01, 1), new Estimate(0.4, 0.02, 1), isLevel: false);
        Assert.Equal((0.05, true, 1), (wrong.Share, wrong.IsAtLeast, wrong.High));
        Assert.Equal(0.05 - 0.0196 - 0.01 - 0.005, wrong.Low, 12);
        Assert.Equal(0.4 + 0.0392 + 0.08 + 0.005, wrong.Reach, 12);
    }

    // 30,000 vectors of 300 classes, 5.3 % of whose labels were drawn anew: random labels are easier to find there than confusable
    // canaries.
    [Fact]
    public void Confusable_canaries_that_are_harder_to_find_than_random_errors_do_not_count()
    {
        var (uniform, confusable, confident) = (
            new Estimate(0.0463, 0.0042, 900),
            new Estimate(0.0928, 0.0104, 326),
            new Estimate(0.0570, 0.0043, 26_989)
        );
        var wrong = WrongLabels.Of(uniform, confusable, confident, isLevel: true);

        Assert.True(wrong.IsConfusableTooHigh);
        Assert.Equal(0.0570, wrong.Share);
        var half = (1.96 * 0.0043) + (0.2 * 0.0570) + 0.005;
        Assert.Equal((0.0570 - half, 0.0570 + half), (wrong.Low, wrong.High));
        Assert.InRange(0.053, wrong.Low, wrong.High);

        // Where errors may follow the examples or the classes, they may be as hard to find as these canaries.
        Assert.Equal(0.0928, WrongLabels.Of(uniform, confusable, confident, isLevel: false).Share);
        Assert.Equal(0.0928, WrongLabels.Of(uniform, confusable, confident, isLevel: true, isEven: false).Share);
    }

    [Fact]
    public void Confusable_canaries_count_while_chance_explains_that_they_say_more()
    {
        // CIFAR-10, 10 % symmetric errors, seed 2.
        var wrong = WrongLabels.Of(
            new Estimate(0.100, 0.0137, 300),
            new Estimate(0.132, 0.0172, 300),
            new Estimate(0.123, 0.0088, 10_000),
            isLevel: true
        );

        Assert.Equal(0.132, wrong.Share);
        Assert.False(wrong.IsConfusableTooHigh);
    }

    [Fact]
    public void Errors_that_follow_the_classes_have_no_upper_bound()
    {
        var tenth = new Estimate(0.1, 0.01, 1);
        var wrong = WrongLabels.Of(tenth, tenth, tenth, isLevel: true, isEven: false);
        Assert.Equal((0.1, true, 1), (wrong.Share, wrong.IsAtLeast, wrong.High));
        Assert.Equal(0.1 - 0.0196 - 0.02 - 0.005, wrong.Low, 12);
    }

    // 500 pictures of CIFAR-10, 19.4 % of the labels wrong: "27.9 to 69.3" was said.
    [Fact]
    public void Weak_networks_that_disagree_everywhere_do_not_count_wrong_labels()
    {
        var wrong = WrongLabels.Of(
            new Estimate(0.169, 0.089, 40),
            new Estimate(0.117, 0.089, 40),
            new Estimate(0.486, 0.053, 500),
            isLevel: true
        );
        Assert.Equal((0, true, false), (wrong.Low, wrong.IsAtLeast, wrong.IsLevel));
        Assert.Equal(0.169, wrong.Share);
    }

    // The agreement of three views decides single labels where only a lower bound is known: up to 0.1 and twice 0.08 more.
    [Theory]
    [InlineData(false, 0.18, 0.18)]
    [InlineData(false, 0.4, 0.26)]
    [InlineData(false, 0.05, 0.1)]
    [InlineData(true, 0.18, 0.1)]
    public void Agreement_moves_single_labels_and_never_the_bounds(bool isEven, double agreement, double likely)
    {
        var tenth = new Estimate(0.1, 0.01, 1);
        var wrong = WrongLabels.Of(tenth, tenth, tenth, isLevel: true, isEven);
        var with = wrong.With(new AgreementRates(new Estimate(agreement, 0.01, 1), [agreement], [0]));
        Assert.Equal(wrong.Share, wrong.Likely);
        Assert.Equal(likely, with.Likely, 12);
        Assert.Equal((wrong.Share, wrong.Low, wrong.High), (with.Share, with.Low, with.High));
        Assert.Equal(agreement, with.Agreement!.Value.Value);
    }

    [Theory]
    [InlineData(1, 0.18)]
    [InlineData(5, 0.9)]
    [InlineData(10, 0.94)]
    [InlineData(18, 0.997)] // 18 times the lower end, 0.0554
    [InlineData(double.PositiveInfinity, 1)]
    public void What_nothing_bounds_is_never_sure(double ratio, double expected)
    {
        var tenth = new Estimate(0.1, 0.01, 1);
        var wrong = WrongLabels
            .Of(tenth, tenth, tenth, isLevel: true, isEven: false)
            .With(new AgreementRates(new Estimate(0.18, 0.01, 1), [0.18], [0]));
        Assert.Equal(expected, wrong.ProbabilityAt(ratio), tolerance: 0.001);
    }

    [Fact]
    public void Where_nothing_is_seen_agreement_makes_nothing_of_it()
    {
        var none = new Estimate(0.015, 0.001, 1);
        var wrong = WrongLabels.Of(none, none, none, isLevel: true, isEven: false);
        Assert.Equal(0.015, wrong.With(new AgreementRates(new Estimate(0.05, 0.01, 1), [0.05], [0])).Likely);
        var unknown = WrongLabels.Of(none, none, new Estimate(0.9, 0.01, 1), isLevel: true);
        Assert.Equal(double.NaN, unknown.With(new AgreementRates(new Estimate(0.05, 0.01, 1), [0.05], [0])).Likely);
    }

    [Fact]
    public void Where_none_need_be_wrong_nobody_knows_that_none_are()
    {
        var none = new Estimate(0.004, 0.001, 1);
        var wrong = WrongLabels.Of(none, none, none, isLevel: true);
        Assert.Equal((0, true, 1), (wrong.Low, wrong.IsAtLeast, wrong.High));
        Assert.True(wrong.With(new Estimate(0.005, 0.001, 20)).IsAtLeast);
        Assert.False(wrong.With(new Estimate(0.05, 0.001, 20)).IsAtLeast);
    }

    [Fact]
    public void Without_canaries_the_sure_predictions_are_all_there_is() =>
        Assert.Equal(0.3, WrongLabels.Of(Unknown, Unknown, new Estimate(0.3, 0.1, 1), isLevel: false).Share);

    [Theory]
    [InlineData(0.51, 0.1, 0.1)]
    [InlineData(0.1, 0.51, 0.1)]
    [InlineData(0.1, 0.1, 0.51)]
    public void More_than_half_is_not_told(double uniform, double confusable, double confident)
    {
        var wrong = WrongLabels.Of(
            new Estimate(uniform, 0.01, 1),
            new Estimate(confusable, 0.01, 1),
            new Estimate(confident, 0.01, 1),
            isLevel: true
        );
        Assert.False(wrong.IsTold);
        Assert.Equal((double.NaN, 0, 1), (wrong.Share, wrong.Low, wrong.High));
        Assert.Equal(double.NaN, WrongLabels.Probability(wrong.Share, 3));
    }

    [Theory]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0.1, double.PositiveInfinity, 1)]
    [InlineData(0.1, 3, 0.3)]
    [InlineData(0.5, 4, 1)]
    public void The_probability_is_the_share_times_the_ratio(double share, double ratio, double expected) =>
        Assert.Equal(expected, WrongLabels.Probability(share, ratio), 12);

    [Theory]
    [InlineData(0.0, 0.996, false, true)]
    [InlineData(0.005, 0.99, true, true)] // seven that stand apart show little
    [InlineData(0.02, 0.98, false, true)]
    [InlineData(0.02, 0.98, true, false)]
    [InlineData(0.04, 0.955, true, false)]
    [InlineData(0.0, 0.91, false, true)] // hardly trained networks
    [InlineData(0.0, 0.7, false, false)] // networks that agree with fewer do not look at vectors that know the labels
    public void Of_vectors_that_agree_with_nearly_every_label_no_upper_end_is_known(
        double share,
        double accuracy,
        bool isApart,
        bool mayBeHidden
    )
    {
        var wrong = WrongLabels.Of(
            new Estimate(share, 0.001, 1),
            new Estimate(share, 0.001, 1),
            new Estimate(share, 0.001, 1),
            isLevel: true
        );
        var told = (isApart ? wrong.With(new Estimate(share, 0.001, 20)) : wrong).OfVectorsThatMayKnow(accuracy);
        Assert.Equal(mayBeHidden, told.MayBeHidden);
        Assert.Equal(share, told.Share);
    }

    [Fact]
    public void What_is_not_told_is_not_hidden() =>
        Assert.False(
            WrongLabels
                .Of(new Estimate(0.6, 0.01, 1), Unknown, new Estimate(0.1, 0.1, 1), isLevel: true)
                .OfVectorsThatMayKnow(0.99)
                .MayBeHidden
        );
}
