using Rote.Tensors;

namespace Rote.Data.Shapes;

/// <summary>The ground a form lies on: one of four textures between two related colours.</summary>
internal static class Background
{
    /// <summary>Fills the canvas, and returns the mean of the two colours, which the form must differ from.</summary>
    public static Colour Paint(Canvas canvas, RandomStream random)
    {
        var first = Colour.Draw(random);

        // The texture is weaker than the form's own contrast, but not by much: it must not be mistaken for flat.
        var contrast = Colour.Draw(random, 0.1f, 0.4f);
        var second = ((1 - contrast) * first) + (contrast * Colour.Draw(random));
        var kind = random.NextInt(4);
        var (directionX, directionY) = Direction(random);
        var period = Colour.Draw(random, 3, 14);
        var phase = Colour.Draw(random, 0, 1);
        var lattice = Lattice(random);
        for (var y = 0; y < canvas.Side; y++)
        {
            for (var x = 0; x < canvas.Side; x++)
            {
                var along = (((x * directionX) + (y * directionY)) / period) + phase;
                var across = (((y * directionX) - (x * directionY)) / period) + phase;
                var share = kind switch
                {
                    0 => 0.5f + (((x - 15.5f) * directionX) + ((y - 15.5f) * directionY)) / 45f,
                    1 => Wave(along),
                    2 => Wave(along) > 0.5f == Wave(across) > 0.5f ? 1f : 0f,
                    _ => Noise(lattice, x / 5f, y / 5f),
                };
                canvas[x, y] = ((1 - share) * first) + (share * second);
            }
        }

        return 0.5f * (first + second);
    }

    /// <summary>A unit vector in a uniformly random direction, by rejection: a random point of the disc, divided by its length.</summary>
    public static (float X, float Y) Direction(RandomStream random)
    {
        while (true)
        {
            var (x, y) = (Colour.Draw(random, -1, 1), Colour.Draw(random, -1, 1));
            var square = (x * x) + (y * y);
            if (square is > 0.01f and <= 1)
            {
                var length = MathF.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }

    // A triangle wave of period 1 between 0 and 1.
    private static float Wave(float at) => MathF.Abs((2 * (at - MathF.Floor(at))) - 1);

    private static float[] Lattice(RandomStream random)
    {
        var lattice = new float[64];
        for (var i = 0; i < lattice.Length; i++)
        {
            lattice[i] = (float)random.NextDouble();
        }

        return lattice;
    }

    // Value noise: random numbers on an 8×8 lattice, interpolated between.
    private static float Noise(float[] lattice, float x, float y)
    {
        var (column, row) = ((int)x, (int)y);
        var (right, down) = (x - column, y - row);
        var at = (row * 8) + column;
        var top = lattice[at] + (right * (lattice[at + 1] - lattice[at]));
        var bottom = lattice[at + 8] + (right * (lattice[at + 9] - lattice[at + 8]));
        return top + (down * (bottom - top));
    }
}
