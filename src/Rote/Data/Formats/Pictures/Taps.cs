namespace Rote.Data.Formats.Pictures;

/// <summary>The source values, along one axis, that make one value of a scaled picture.</summary>
/// <param name="Start">The first source value.</param>
/// <param name="Weights">The weights of it and those after it; their sum is 1.</param>
internal readonly record struct Taps(int Start, float[] Weights)
{
    /// <summary>Returns the taps of every value of an axis.</summary>
    /// <param name="length">The number of source values on the axis.</param>
    /// <param name="kept">The number of them that are used, the middle ones.</param>
    /// <param name="size">The number of values of the result.</param>
    /// <param name="isReversed">Whether the axis is reversed when the picture is shown: an odd rest is cut at the end that is then
    /// last.</param>
    /// <returns>[size]; shrinking averages areas, enlarging interpolates linearly between centres, and equal sizes copy.</returns>
    public static Taps[] Of(int length, int kept, int size, bool isReversed = false)
    {
        var rest = length - kept;
        var offset = isReversed ? (rest + 1) / 2 : rest / 2;
        var taps = new Taps[size];
        for (var i = 0; i < size; i++)
        {
            taps[i] = kept >= size ? Average(i, offset, kept, size) : Interpolate(i, offset, kept, size);
        }

        return taps;
    }

    /// <summary>Computes the part of each source value under the value of the result, in whole numbers, so that equal sizes copy
    /// exactly.</summary>
    private static Taps Average(int index, int offset, int kept, int size)
    {
        var (from, to) = ((long)index * kept, (long)(index + 1) * kept); // in units of 1/size source values
        var (first, last) = ((int)(from / size), (int)((to - 1) / size));
        var weights = new float[last - first + 1];
        for (var k = 0; k < weights.Length; k++)
        {
            var start = (long)(first + k) * size;
            weights[k] = (float)((Math.Min(to, start + size) - Math.Max(from, start)) / (double)kept);
        }

        return new Taps(offset + first, weights);
    }

    private static Taps Interpolate(int index, int offset, int kept, int size)
    {
        var centre = Math.Clamp(((index + 0.5) * kept / size) - 0.5, 0, kept - 1);
        var first = (int)centre;
        var fraction = (float)(centre - first);
        return fraction == 0 ? new Taps(offset + first, [1]) : new Taps(offset + first, [1 - fraction, fraction]);
    }
}
