using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class AgreementRatesTests
{
    private const int Classes = 10;

    // Both predictors are wrong for up to four in ten of the hardest examples, and labels for up to `hardest` of them.
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.05, 0.3)]
    [InlineData(0.3, 0.0)]
    public void Predictors_that_err_independently_find_the_share_whatever_difficulty_does_to_all_three(double easiest, double hardest)
    {
        var draw = Draw(50_000, doubt => easiest + ((hardest - easiest) * doubt), doubt => 0.4 * doubt, _ => 0);
        var found = AgreementRates.Of(
            ClassProbabilities.Whole(draw.First, Classes),
            ClassProbabilities.Whole(draw.Second, Classes),
            draw.Sureness,
            draw.Labels
        )!;
        var truth = draw.IsWrong.Count(wrong => wrong) / 50_000.0;

        // Random mistakes meet in one of nine other classes: at most 0.4² / 9 of the hardest.
        Assert.InRange(found.Wrong.Value - truth, -4 * found.Wrong.StandardError, (4 * found.Wrong.StandardError) + 0.01);
        Assert.Equal(10, found.ByStratum.Count);
        Assert.InRange(found.ByStratum[0], easiest - 0.02, easiest + (0.1 * Math.Abs(hardest - easiest)) + 0.02);
    }

    // Differences of predictors gather where they are unsure together: that is less, and never more, than by the true difficulty.
    [Fact]
    public void By_joint_sureness_independent_predictors_find_too_little()
    {
        var draw = Draw(50_000, _ => 0.1, doubt => 0.4 * doubt, _ => 0);
        var sureness = AgreementRates.JointSureness(
            ClassProbabilities.Whole(draw.First, Classes),
            ClassProbabilities.Whole(draw.Second, Classes)
        );
        Assert.InRange(
            AgreementRates
                .Of(ClassProbabilities.Whole(draw.First, Classes), ClassProbabilities.Whole(draw.Second, Classes), sureness, draw.Labels)!
                .Wrong.Value,
            0.06,
            0.09
        );
    }

    [Fact]
    public void Predictors_that_make_the_same_mistakes_take_them_for_wrong_labels()
    {
        var draw = Draw(20_000, _ => 0, _ => 0, _ => 0.2);
        Assert.InRange(
            AgreementRates
                .Of(
                    ClassProbabilities.Whole(draw.First, Classes),
                    ClassProbabilities.Whole(draw.Second, Classes),
                    draw.Sureness,
                    draw.Labels
                )!
                .Wrong.Value,
            0.18,
            0.22
        );
    }

    [Fact]
    public void The_error_is_that_of_many_draws()
    {
        var found = Enumerable
            .Range(0, 60)
            .Select(seed =>
            {
                var draw = Draw(1_000, _ => 0.15, doubt => 0.3 * doubt, _ => 0, seed);
                return AgreementRates
                    .Of(
                        ClassProbabilities.Whole(draw.First, Classes),
                        ClassProbabilities.Whole(draw.Second, Classes),
                        draw.Sureness,
                        draw.Labels
                    )!
                    .Wrong;
            })
            .ToArray();
        var mean = found.Average(estimate => estimate.Value);
        var spread = Math.Sqrt(found.Average(estimate => Math.Pow(estimate.Value - mean, 2)));
        Assert.InRange(found.Average(estimate => estimate.StandardError) / spread, 0.75, 1.35);
    }

    [Fact]
    public void Fewer_than_fifty_examples_with_both_say_nothing()
    {
        var draw = Draw(60, _ => 0.1, _ => 0.1, _ => 0);
        for (var i = 0; i < 11; i++)
        {
            draw.Second.AsSpan(i * Classes, Classes).Fill(float.NaN);
        }

        Assert.Null(
            AgreementRates.Of(
                ClassProbabilities.Whole(draw.First, Classes),
                ClassProbabilities.Whole(draw.Second, Classes),
                draw.Sureness,
                draw.Labels
            )
        );
        var all = AgreementRates.Of(
            ClassProbabilities.Whole(draw.First, Classes),
            ClassProbabilities.Whole(draw.First, Classes),
            draw.Sureness,
            draw.Labels
        )!;
        Assert.All(all.Stratum, stratum => Assert.Equal(0, stratum));
        draw.Second.AsSpan(10 * Classes, Classes).Fill(0.1f);
        var some = AgreementRates.Of(
            ClassProbabilities.Whole(draw.First, Classes),
            ClassProbabilities.Whole(draw.Second, Classes),
            draw.Sureness,
            draw.Labels
        )!;
        Assert.Equal([.. Enumerable.Repeat(-1, 10), .. Enumerable.Repeat(0, 50)], some.Stratum);
    }

    private sealed record Drawn(float[] First, float[] Second, double[] Sureness, int[] Labels, bool[] IsWrong);

    private static Drawn Draw(
        int examples,
        Func<double, double> label,
        Func<double, double> alone,
        Func<double, double> together,
        long seed = 1
    )
    {
        var stream = new Seeds(seed).Stream("views");
        var drawn = new Drawn(
            new float[examples * Classes],
            new float[examples * Classes],
            new double[examples],
            new int[examples],
            new bool[examples]
        );
        for (var i = 0; i < examples; i++)
        {
            var (truth, doubt) = (stream.NextInt(Classes), stream.NextDouble());
            int Other(double share) => stream.NextDouble() < share ? (truth + 1 + stream.NextInt(Classes - 1)) % Classes : truth;
            var common = Other(together(doubt));
            int Predict() => Other(alone(doubt)) is var own && own != truth ? own : common;
            foreach (var (view, said) in new[] { (drawn.First, Predict()), (drawn.Second, Predict()) })
            {
                view.AsSpan(i * Classes, Classes).Fill((float)(0.05 * doubt));
                view[(i * Classes) + said] = (float)(1 - (0.45 * doubt));
            }

            drawn.Sureness[i] = -doubt;
            drawn.Labels[i] = Other(label(doubt));
            drawn.IsWrong[i] = drawn.Labels[i] != truth;
        }

        return drawn;
    }
}
