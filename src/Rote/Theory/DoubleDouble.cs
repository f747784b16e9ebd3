namespace Rote.Theory;

/// <summary>A number as the unevaluated sum of two float64 numbers: about 32 decimal digits, at the range of float64.</summary>
/// <remarks>
/// The error-free sum is Knuth's TwoSum (The Art of Computer Programming 2, section 4.2.2). The error-free product uses one fused
/// multiply-add instead of Dekker's splitting (Dekker, "A floating-point technique for extending the available precision", Numerische
/// Mathematik 18, 1971). The operations and their error bounds are those of Joldes, Muller and Popescu, "Tight and rigorous error bounds
/// for basic building blocks of double-word arithmetic", ACM TOMS 44(2), 2017; u is 2⁻⁵³. They hold unless something overflows or falls
/// below 10⁻²⁹⁰.
/// </remarks>
public readonly record struct DoubleDouble
{
    private DoubleDouble(double high, double low) => (High, Low) = (high, low);

    /// <summary>The float64 number nearest to the value.</summary>
    public double High { get; }

    /// <summary>The value minus <see cref="High"/>, at most half a unit in its last place.</summary>
    public double Low { get; }

    /// <summary>A float64 number, exactly.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator DoubleDouble(double value) => FromDouble(value);

    /// <summary>Relative error at most 3u² + 13u³ (algorithm 6).</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        var high = Sum(left.High, right.High);
        var low = Sum(left.Low, right.Low);
        var first = FastSum(high.High, high.Low + low.High);
        return FastSum(first.High, low.Low + first.Low);
    }

    /// <summary>As the sum, with the sign of the second number changed.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + new DoubleDouble(-right.High, -right.Low);

    /// <summary>Relative error at most 2u² (algorithm 9).</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A float64 number.</param>
    public static DoubleDouble operator *(DoubleDouble left, double right)
    {
        var product = Product(left.High, right);
        return FastSum(product.High, Math.FusedMultiplyAdd(left.Low, right, product.Low));
    }

    /// <summary>Relative error at most 5u² (algorithm 12).</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        var product = Product(left.High, right.High);
        var cross = Math.FusedMultiplyAdd(left.High, right.Low, left.Low * right.Low);
        return FastSum(product.High, product.Low + Math.FusedMultiplyAdd(left.Low, right.High, cross));
    }

    /// <summary>Relative error at most 15u² + 56u³ (algorithm 17).</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number other than 0.</param>
    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        var quotient = left.High / right.High;
        var product = right * quotient;
        var rest = (left.High - product.High) + (left.Low - product.Low);
        return FastSum(quotient, rest / right.High);
    }

    /// <summary>A float64 number, exactly.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The same number.</returns>
    public static DoubleDouble FromDouble(double value) => new(value, 0);

    /// <summary>The sum of two float64 numbers, exactly.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>Their sum.</returns>
    public static DoubleDouble Sum(double left, double right)
    {
        var sum = left + right;
        var ofRight = sum - left;
        return new DoubleDouble(sum, (left - (sum - ofRight)) + (right - ofRight));
    }

    /// <summary>The product of two float64 numbers, exactly.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <returns>Their product.</returns>
    public static DoubleDouble Product(double left, double right)
    {
        var product = left * right;
        return new DoubleDouble(product, Math.FusedMultiplyAdd(left, right, -product));
    }

    /// <summary>The sum of two numbers, exactly, if the first is the larger one (Dekker 1971).</summary>
    private static DoubleDouble FastSum(double large, double small)
    {
        var sum = large + small;
        return new DoubleDouble(sum, small - (sum - large));
    }
}
