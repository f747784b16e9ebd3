using System.Numerics;
using Rote.Theory;

namespace Rote.Tests.Theory;

/// <summary>A number m·2^e without any rounding, to judge roundings by.</summary>
internal readonly record struct Exact(BigInteger Mantissa, int Exponent)
{
    public static Exact Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFFL;
        var mantissa = exponent == 0 ? fraction : fraction | (1L << 52);
        return new Exact(value < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static Exact Of(DoubleDouble value) => Of(value.High) + Of(value.Low);

    public static Exact operator +(Exact left, Exact right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return new Exact((left.Mantissa << (left.Exponent - exponent)) + (right.Mantissa << (right.Exponent - exponent)), exponent);
    }

    public static Exact operator -(Exact left, Exact right) => left + new Exact(-right.Mantissa, right.Exponent);

    public static Exact operator *(Exact left, Exact right) => new(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    public bool IsZero => Mantissa.IsZero;

    /// <summary>Whether the size of this is at most a multiple of the size of another.</summary>
    public bool IsWithin(double multiple, Exact other)
    {
        var bound = Of(multiple) * other;
        var difference = new Exact(BigInteger.Abs(bound.Mantissa), bound.Exponent) - new Exact(BigInteger.Abs(Mantissa), Exponent);
        return difference.Mantissa.Sign >= 0;
    }

    /// <summary>The size as float64, for numbers of ordinary size.</summary>
    public double ToDouble()
    {
        var shift = Math.Max(0, (int)BigInteger.Abs(Mantissa).GetBitLength() - 60);
        return Math.ScaleB((double)(Mantissa >> shift), Exponent + shift);
    }
}
