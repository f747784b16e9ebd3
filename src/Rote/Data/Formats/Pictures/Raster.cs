namespace Rote.Data.Formats.Pictures;

/// <summary>A decoded picture: [rows, columns, 4] red, green, blue, alpha, not premultiplied, with 8 or 16 bits per value.</summary>
internal readonly ref struct Raster
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<ushort> _words;
    private readonly float _factor;

    /// <summary>A picture with 8 bits per value.</summary>
    public Raster(ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        _bytes = pixels;
        (Rows, Columns) = (rows, columns);
    }

    /// <summary>A picture with 16 bits per value, on a scale of fewer bits.</summary>
    /// <param name="pixels">Its values.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="bits">The bits of the scale: 10 is 0 to 1,023. Larger values are clipped. Alpha has 16 bits.</param>
    public Raster(ReadOnlySpan<ushort> pixels, int rows, int columns, int bits)
    {
        _words = pixels;
        (Rows, Columns, _factor) = (rows, columns, 255f / ((1 << bits) - 1));
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Whether alpha is ignored: the picture is opaque.</summary>
    public bool IgnoresAlpha { get; init; }

    /// <summary>Whether alpha is 0 in every pixel, so that nothing of the picture is visible.</summary>
    public bool IsInvisible => IsZero(_bytes) && IsZero(_words);

    /// <summary>The largest stored colour value with 16 bits per value; else 0.</summary>
    public int Largest
    {
        get
        {
            var most = 0;
            for (var i = 0; i < _words.Length; i++)
            {
                most = i % 4 == 3 || _words[i] <= most ? most : _words[i];
            }

            return most;
        }
    }

    /// <summary>Writes a row on the scale 0 to 255.</summary>
    /// <param name="row">The row.</param>
    /// <param name="target">[columns, 4] receives the values.</param>
    public void Row(int row, Span<float> target)
    {
        var start = row * Columns * 4;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] =
                i % 4 == 3 && IgnoresAlpha ? 255
                : _words.IsEmpty ? _bytes[start + i]
                : i % 4 == 3 ? _words[start + i] * (255f / ushort.MaxValue)
                : Math.Min(255, _words[start + i] * _factor);
        }
    }

    private static bool IsZero<T>(ReadOnlySpan<T> pixels)
        where T : struct, IEquatable<T>
    {
        for (var i = 3; i < pixels.Length; i += 4)
        {
            if (!pixels[i].Equals(default))
            {
                return false;
            }
        }

        return true;
    }
}
