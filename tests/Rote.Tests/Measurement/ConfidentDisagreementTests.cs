using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class ConfidentDisagreementTests
{
    private const int Classes = 4;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void The_share_is_found_where_sure_predictions_are_right(double share)
    {
        // The surer a prediction, the likelier it is right: a network that is wrong for a sixth of the examples, those it is unsure of.
        var (outOfBag, labels) = Draw(share, doubt => 0.5 * doubt * doubt);
        var found = ConfidentDisagreement.Of(ClassProbabilities.Whole(outOfBag, Classes), labels);
        Assert.InRange(found.Value - share, -3 * found.StandardError, 3 * found.StandardError);
        Assert.True(ConfidentDisagreement.IsLevel(ClassProbabilities.Whole(outOfBag, Classes), labels));
    }

    [Fact]
    public void A_network_that_is_wrong_where_it_is_sure_is_recognized()
    {
        var (outOfBag, labels) = Draw(0, doubt => 0.2 + (0.5 * doubt));
        Assert.False(ConfidentDisagreement.IsLevel(ClassProbabilities.Whole(outOfBag, Classes), labels));
    }

    // 500 examples of which a tenth is wrong: 50 of the surest tenth, and chance is as large as what is looked for.
    [Fact]
    public void A_test_without_power_is_not_passed()
    {
        var (outOfBag, labels) = Draw(0.1, _ => 0);
        Assert.True(ConfidentDisagreement.CanTell(ClassProbabilities.Whole(outOfBag, Classes), labels));
        Assert.False(ConfidentDisagreement.CanTell(ClassProbabilities.Whole(outOfBag[..(500 * Classes)], Classes), labels[..500]));
    }

    // Of 20 predictions a class half as sure and twice as sure are the same ones: nothing says that a weak network is weak.
    [Theory]
    [InlineData(50, false)]
    [InlineData(20_000, true)]
    public void Where_classes_have_few_predictions_sureness_is_not_known(int examples, bool isLevel)
    {
        var (outOfBag, labels) = Draw(0, _ => 0);
        Assert.Equal(
            isLevel,
            ConfidentDisagreement.IsLevel(ClassProbabilities.Whole(outOfBag[..(examples * Classes)], Classes), labels[..examples])
        );
    }

    [Fact]
    public void Of_a_handful_of_predictions_the_share_is_that_of_all()
    {
        float[] outOfBag = [.. Enumerable.Repeat(new[] { 0.9f, 0.1f }, 12).SelectMany(row => row)];
        int[] labels = [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0];
        Assert.Equal(0.4, ConfidentDisagreement.Of(ClassProbabilities.Whole(outOfBag, 2), labels).Value, 9); // the surest ten: four others
        Assert.Equal(0.4, ConfidentDisagreement.Pairs(ClassProbabilities.Whole(outOfBag, 2), labels)[1].Value, 9);
    }

    [Fact]
    public void All_ways_that_labels_can_be_wrong_are_the_whole()
    {
        var (outOfBag, labels) = Draw(0.2, doubt => 0.5 * doubt * doubt);
        var pairs = ConfidentDisagreement.Pairs(ClassProbabilities.Whole(outOfBag, Classes), labels);
        var predicted = Enumerable
            .Range(0, Classes)
            .Select(j =>
                (double)
                    Enumerable
                        .Range(0, labels.Length)
                        .Count(i =>
                            outOfBag.AsSpan(i * Classes, Classes).IndexOf(outOfBag.AsSpan(i * Classes, Classes).ToArray().Max()) == j
                        )
            )
            .ToArray();
        var whole = Enumerable.Range(0, Classes * Classes).Sum(pair => predicted[pair / Classes] / labels.Length * pairs[pair].Value);
        Assert.Equal(ConfidentDisagreement.Of(ClassProbabilities.Whole(outOfBag, Classes), labels).Value, whole, tolerance: 1e-12);

        // 0.2 of the labels, spread over three other classes.
        Assert.All(
            Enumerable.Range(0, Classes * Classes),
            pair =>
                Assert.InRange(
                    pairs[pair].Value - (pair / Classes == pair % Classes ? 0 : 0.2 / (Classes - 1)),
                    -4 * pairs[pair].StandardError,
                    4 * pairs[pair].StandardError
                )
        );
    }

    [Fact]
    public void What_no_network_was_asked_about_is_left_out()
    {
        var found = ConfidentDisagreement.Of(ClassProbabilities.Whole([0.9f, 0.1f, float.NaN, float.NaN], 2), [0, 1]);
        Assert.Equal((0, 1), (found.Value, found.Samples));
    }

    /// <summary>Predictions of examples with a doubt that is uniform in [0, 1), and labels.</summary>
    private static (float[] OutOfBag, int[] Labels) Draw(double wrongLabels, Func<double, double> wrongPredictions)
    {
        var stream = new Seeds(1).Stream("predictions");
        const int Examples = 20_000;
        var (outOfBag, labels) = (new float[Examples * Classes], new int[Examples]);
        for (var i = 0; i < Examples; i++)
        {
            var (truth, doubt) = (stream.NextInt(Classes), stream.NextDouble());
            var predicted = stream.NextDouble() < wrongPredictions(doubt) ? (truth + 1) % Classes : truth;
            for (var k = 0; k < Classes; k++)
            {
                outOfBag[(i * Classes) + k] = (float)(k == predicted ? 1 - (0.6 * doubt) : 0.2 * doubt);
            }

            labels[i] = stream.NextDouble() < wrongLabels ? (truth + 1 + stream.NextInt(Classes - 1)) % Classes : truth;
        }

        return (outOfBag, labels);
    }
}
