using Rote.Tensors;

namespace Rote.Data.Shapes;

/// <summary>Paints one image: ground, clutter, the form, sometimes a stroke across it, noise. Only the form depends on the class.</summary>
internal sealed class Painter
{
    public const int Side = 32;

    private readonly Canvas _canvas = new(Side);

    /// <summary>Paints an image of a class.</summary>
    /// <param name="form">The class: index into <see cref="Forms.Names"/>.</param>
    /// <param name="random">The image's own stream.</param>
    /// <param name="bytes">[32 · 32 · 3] to fill.</param>
    public void Paint(int form, RandomStream random, Span<byte> bytes)
    {
        var ground = Background.Paint(_canvas, random);
        for (var items = 2 + random.NextInt(4); items > 0; items--)
        {
            PaintStroke(random, maxHalfWidth: 1.6f);
        }

        PaintForm(form, random, ground);
        if (random.NextInt(2) == 0)
        {
            PaintStroke(random, maxHalfWidth: 0.9f);
        }

        _canvas.Write(random, Colour.Draw(random, 3, 12), bytes);
    }

    private void PaintForm(int form, RandomStream random, Colour ground)
    {
        Colour colour;
        do
        {
            colour = Colour.Draw(random);
        } while (colour.Distance(ground) < 70);

        // The whole circle around the form stays in the picture.
        var radius = Colour.Draw(random, 7.5f, 12.5f);
        var reach = 15.5f - radius;
        var (centerX, centerY) = (15.5f + Colour.Draw(random, -reach, reach), 15.5f + Colour.Draw(random, -reach, reach));
        var (cosine, sine) = Tilt(random);
        var cover = Colour.Draw(random, 0.8f, 1f);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (right, up) = ((x - centerX) / radius, (centerY - y) / radius);
                if ((right * right) + (up * up) < 1.3f)
                {
                    var distance = Forms.Distance(form, (cosine * right) + (sine * up), (cosine * up) - (sine * right));
                    _canvas.Blend(x, y, colour, cover * Math.Clamp(0.5f - (distance * radius), 0f, 1f));
                }
            }
        }
    }

    // A turn of up to 60° either way, from t = tan(angle / 2): cosine and sine without a library function, so the same on every machine.
    private static (float Cosine, float Sine) Tilt(RandomStream random)
    {
        const float MaxHalfTangent = 0.57735027f;
        var t = Colour.Draw(random, -MaxHalfTangent, MaxHalfTangent);
        var square = t * t;
        return ((1 - square) / (1 + square), 2 * t / (1 + square));
    }

    // A line with round ends; a short one is a dot.
    private void PaintStroke(RandomStream random, float maxHalfWidth)
    {
        var colour = Colour.Draw(random);
        var (startX, startY) = (Colour.Draw(random, 0, Side), Colour.Draw(random, 0, Side));
        var (directionX, directionY) = Background.Direction(random);
        var length = Colour.Draw(random, 0.5f, 12);
        var halfWidth = Colour.Draw(random, 0.5f, maxHalfWidth);
        var cover = Colour.Draw(random, 0.5f, 1);
        var (left, top) = (startX - length - 3, startY - length - 3);
        for (var y = Math.Max(0, (int)top); y < Math.Min(Side, startY + length + 3); y++)
        {
            for (var x = Math.Max(0, (int)left); x < Math.Min(Side, startX + length + 3); x++)
            {
                var (toX, toY) = (x - startX, y - startY);
                var along = Math.Clamp((toX * directionX) + (toY * directionY), 0f, length);
                var (offX, offY) = (toX - (along * directionX), toY - (along * directionY));
                _canvas.Blend(x, y, colour, cover * (halfWidth + 0.5f - MathF.Sqrt((offX * offX) + (offY * offY))));
            }
        }
    }
}
