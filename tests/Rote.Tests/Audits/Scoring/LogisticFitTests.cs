using Rote.Audits.Scoring;
using Rote.Tensors;

namespace Rote.Tests.Audits.Scoring;

public sealed class LogisticFitTests
{
    [Fact]
    public void At_the_fit_the_gradient_is_zero()
    {
        var stream = new Seeds(1).Stream("rows");
        var rows = Enumerable
            .Range(0, 200)
            .Select(_ => new[] { stream.NextDouble() - 0.5, stream.NextDouble() - 0.5, stream.NextDouble() })
            .ToArray();
        var isKind = rows.Select(r => r[0] - r[1] + stream.NextDouble() > 0.6).ToArray();
        const double Ridge = 0.5;
        var fit = LogisticFit.Of(rows, isKind, Ridge);

        // Each kind weighs half of all rows, as the fit promises.
        double ofKind = isKind.Count(k => k);
        double Weight(bool kind) => kind ? 100 / ofKind : 100 / (200 - ofKind);
        double Error(int i) => Weight(isKind[i]) * ((isKind[i] ? 1 : 0) - (1 / (1 + Math.Exp(-fit.Score(rows[i])))));
        Assert.Equal(0, Enumerable.Range(0, 200).Sum(Error), 6);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(Ridge * fit.Weights[k], Enumerable.Range(0, 200).Sum(i => Error(i) * rows[i][k]), 6);
        }
    }

    [Fact]
    public void A_strong_ridge_holds_the_weights_at_the_prior()
    {
        var fit = LogisticFit.Of(
            [
                [-2.0, 1],
                [-1.0, 0],
                [1.0, 1],
                [2.0, 0],
            ],
            [false, false, true, true],
            ridge: 1e9,
            [0.25, -0.5]
        );
        Assert.Equal(0.25, fit.Weights[0], 6);
        Assert.Equal(-0.5, fit.Weights[1], 6);
    }

    [Fact]
    public void Rows_that_can_be_told_apart_without_error_give_finite_weights()
    {
        var fit = LogisticFit.Of(
            [
                [-2.0],
                [-1.0],
                [1.0],
                [2.0],
            ],
            [false, false, true, true],
            ridge: 1
        );
        Assert.InRange(fit.Weights[0], 0.1, 10);
        Assert.Equal(0, fit.Intercept, 9);
    }
}
