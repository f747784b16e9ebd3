using static TorchSharp.torch;

namespace Rote.Data.Formats;

/// <summary>Keeps the values of vectors exactly: in float32 where that loses nothing, else in float64.</summary>
/// <remarks>A feature may be far from 0 and vary little, such as a time in seconds since 1970. float32 resolves it to 128 seconds only, so
/// its information would be lost before it is standardized. Networks get float32 in any case, as standardized values are near 0.</remarks>
internal static class VectorPrecision
{
    private const int Part = 1000;

    /// <summary>Marks float64 values in a data set's checksum, so that runs on them are not confused with runs on the same values rounded
    /// to float32.</summary>
    public const string Mark = "values/float64";

    /// <summary>Whether float32 holds a value exactly; also true for a missing value (NaN).</summary>
    public static bool IsSingle(double value) => (float)value == value || double.IsNaN(value);

    /// <summary>Returns the values in the smaller type that holds all of them.</summary>
    /// <param name="values">[N, D] float64, finite.</param>
    /// <returns>[N, D] float32, or <paramref name="values"/> itself.</returns>
    public static Tensor Narrow(Tensor values)
    {
        for (var start = 0L; start < values.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = values.narrow(0, start, Math.Min(Part, values.shape[0] - start));
            if (!part.to(float32).to(float64).eq(part).all().item<bool>())
            {
                return values;
            }
        }

        return values.to(float32);
    }

    /// <summary>Returns the values of two parts of a data set in one type.</summary>
    /// <returns>Both in float64 if one of them is.</returns>
    public static (Tensor First, Tensor Second) Alike(Tensor first, Tensor second) =>
        first.dtype == second.dtype ? (first, second) : (first.to(float64), second.to(float64));
}
