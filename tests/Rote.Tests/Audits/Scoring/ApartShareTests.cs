using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Tests.Audits.Scoring;

public sealed class ApartShareTests
{
    /// <summary>1,000 labels of which 40 score as canaries do, 100 canaries of each kind.</summary>
    private static readonly double[] Data =
    [
        .. Enumerable.Range(0, 960).Select(i => -10 + (0.005 * i)),
        .. Enumerable.Range(0, 40).Select(i => 5 + (0.1 * i)),
    ];

    private static readonly double[] Far = [.. Enumerable.Range(0, 100).Select(i => 5 + (0.04 * i))];

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.069)] // what sure predictions said of vectors with 4 %
    public void Labels_that_stand_apart_are_counted(double share)
    {
        var apart = Of(Wrong(share, error: 0.02), Far)!.Value;
        Assert.InRange(apart.Value, 0.039, 0.041);
        Assert.InRange(apart.StandardError, 0.005, 0.008);
    }

    [Fact]
    public void Where_canaries_lie_among_right_labels_nothing_stands_apart() =>
        Assert.Null(Of(Wrong(0.04, error: 0.02), [.. Enumerable.Range(0, 100).Select(i => -8 + (0.17 * i))]));

    [Fact]
    public void Sure_predictions_that_disagree_with_more_labels_than_chance_explains_are_heard() =>
        Assert.Null(Of(Wrong(0.09, error: 0.01), Far));

    [Fact]
    public void Few_labels_and_what_is_not_told_are_no_count()
    {
        Assert.Null(ApartShare.Of(Wrong(0.01, error: 0.02), DensityRatio.Of(Data[..965], [.. Far, .. Far]), Data[..965], [Far, Far]));
        Assert.Null(
            Of(WrongLabels.Of(new Estimate(0.6, 0.1, 1), new Estimate(0.6, 0.1, 1), new Estimate(0.6, 0.1, 1), isLevel: true), Far)
        );
    }

    private static WrongLabels Wrong(double confident, double error) =>
        WrongLabels.Of(new Estimate(0.02, 0.01, 1), new Estimate(0.03, 0.01, 1), new Estimate(confident, error, 1), isLevel: true);

    private static Estimate? Of(WrongLabels wrong, double[] canaries) =>
        ApartShare.Of(wrong, DensityRatio.Of(Data, [.. canaries, .. canaries]), Data, [canaries, canaries]);
}
