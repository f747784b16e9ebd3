using Rote.Theory;

namespace Rote.Tests.Theory;

/// <summary>Every operation against whole numbers of any length. The bounds are those of Joldes, Muller and Popescu 2017; u is
/// 2⁻⁵³.</summary>
public sealed class DoubleDoubleTests
{
    private static readonly double U = Math.ScaleB(1, -53);

    // Any sign, sizes from 2⁻¹⁰⁰ to 2¹⁰⁰: nothing overflows, and no error falls below float64's range.
    private static readonly Gen<double> Number = Gen.Select(Gen.Double[1, 2], Gen.Int[-100, 100], Gen.Bool)
        .Select((m, e, isNegative) => Math.ScaleB(isNegative ? -m : m, e));

    private static readonly Gen<DoubleDouble> Pair = Gen.Select(Number, Gen.Double[-1, 1])
        .Select((high, part) => DoubleDouble.Sum(high, high * U * part));

    [Fact]
    public void The_sum_of_two_float64_numbers_is_exact() =>
        Gen.Select(Number, Number).Sample((a, b) => (Exact.Of(DoubleDouble.Sum(a, b)) - (Exact.Of(a) + Exact.Of(b))).IsZero);

    [Fact]
    public void The_product_of_two_float64_numbers_is_exact() =>
        Gen.Select(Number, Number).Sample((a, b) => (Exact.Of(DoubleDouble.Product(a, b)) - (Exact.Of(a) * Exact.Of(b))).IsZero);

    [Fact]
    public void A_sum_is_right_to_3_u_squared() =>
        Gen.Select(Pair, Pair)
            .Sample(
                (a, b) =>
                {
                    var exact = Exact.Of(a) + Exact.Of(b);
                    return (Exact.Of(a + b) - exact).IsWithin((3 * U * U) + (13 * U * U * U), exact);
                }
            );

    // Numbers of nearly the same size and other signs: what remains of them has the same relative error.
    [Fact]
    public void A_difference_that_cancels_is_right_to_3_u_squared() =>
        Gen.Select(Pair, Gen.Double[-1, 1], Gen.Int[-100, 0])
            .Sample(
                (a, part, exponent) =>
                {
                    var b = a + (DoubleDouble)(a.High * part * Math.ScaleB(1, exponent));
                    var exact = Exact.Of(a) - Exact.Of(b);
                    return (Exact.Of(a - b) - exact).IsWithin((3 * U * U) + (13 * U * U * U), exact);
                }
            );

    [Fact]
    public void A_product_with_a_float64_number_is_right_to_2_u_squared() =>
        Gen.Select(Pair, Number)
            .Sample(
                (a, b) =>
                {
                    var exact = Exact.Of(a) * Exact.Of(b);
                    return (Exact.Of(a * b) - exact).IsWithin(2 * U * U, exact);
                }
            );

    [Fact]
    public void A_product_is_right_to_5_u_squared() =>
        Gen.Select(Pair, Pair)
            .Sample(
                (a, b) =>
                {
                    var exact = Exact.Of(a) * Exact.Of(b);
                    return (Exact.Of(a * b) - exact).IsWithin(5 * U * U, exact);
                }
            );

    [Fact]
    public void A_quotient_is_right_to_15_u_squared() =>
        Gen.Select(Pair, Pair)
            .Sample((a, b) => ((Exact.Of(a / b) * Exact.Of(b)) - Exact.Of(a)).IsWithin((15 * U * U) + (56 * U * U * U), Exact.Of(a)));

    [Fact]
    public void One_third_has_32_digits()
    {
        var third = (DoubleDouble)1 / 3;
        Assert.Equal(
            (1.0 / 3, Math.ScaleB(1.0 / 3, -54)),
            (third.High, third.Low),
            (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-32
        );
    }
}
