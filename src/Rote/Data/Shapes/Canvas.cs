using Rote.Tensors;

namespace Rote.Data.Shapes;

/// <summary>A colour; each channel is on the scale of a byte, 0 to 255.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    public static Colour operator +(Colour left, Colour right) =>
        new(left.Red + right.Red, left.Green + right.Green, left.Blue + right.Blue);

    public static Colour operator *(float factor, Colour colour) => new(factor * colour.Red, factor * colour.Green, factor * colour.Blue);

    /// <summary>A uniformly random colour.</summary>
    public static Colour Draw(RandomStream random) => new(Draw(random, 0, 255), Draw(random, 0, 255), Draw(random, 0, 255));

    /// <summary>A uniform number between two others.</summary>
    public static float Draw(RandomStream random, float from, float to) => from + ((to - from) * (float)random.NextDouble());

    /// <summary>The largest difference of a channel, 0 to 255.</summary>
    public float Distance(Colour other) =>
        MathF.Max(MathF.Abs(Red - other.Red), MathF.Max(MathF.Abs(Green - other.Green), MathF.Abs(Blue - other.Blue)));
}

/// <summary>A small picture that is painted in layers, in floating point, and rounded to bytes at the end.</summary>
internal sealed class Canvas(int side)
{
    private readonly Colour[] _pixels = new Colour[side * side];

    public int Side { get; } = side;

    public Colour this[int x, int y]
    {
        get => _pixels[(y * Side) + x];
        set => _pixels[(y * Side) + x] = value;
    }

    /// <summary>Lays a colour over a pixel.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row, from the top.</param>
    /// <param name="colour">The colour that is laid over.</param>
    /// <param name="cover">How much of the pixel it covers; clamped to [0, 1].</param>
    public void Blend(int x, int y, Colour colour, float cover)
    {
        if (cover > 0)
        {
            var share = MathF.Min(cover, 1);
            this[x, y] = ((1 - share) * this[x, y]) + (share * colour);
        }
    }

    /// <summary>Writes bytes, row by row, red, green and blue side by side, with noise added.</summary>
    /// <param name="random">Draws the noise.</param>
    /// <param name="noise">Its standard deviation, in byte steps; the distribution is the sum of four uniform ones, close to a
    /// Gaussian.</param>
    /// <param name="bytes">[side · side · 3].</param>
    public void Write(RandomStream random, float noise, Span<byte> bytes)
    {
        // The sum of four uniform 16-bit numbers has mean 2·65535 and standard deviation 65536·√(4/12).
        var step = noise / (65536f * 0.57735027f);
        for (var i = 0; i < _pixels.Length; i++)
        {
            var pixel = _pixels[i];
            bytes[3 * i] = Round(pixel.Red + (step * Draw(random)));
            bytes[(3 * i) + 1] = Round(pixel.Green + (step * Draw(random)));
            bytes[(3 * i) + 2] = Round(pixel.Blue + (step * Draw(random)));
        }
    }

    private static int Draw(RandomStream random)
    {
        var bits = random.NextUInt64();
        return (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48) - (2 * 65535);
    }

    private static byte Round(float value) => (byte)(Math.Clamp(value, 0f, 255f) + 0.5f);
}
