namespace Rote.Audits.Checks;

/// <summary>Measures one picture after the other; a thread has its own.</summary>
internal sealed class PictureMeter(int height, int width, int channels)
{
    /// <summary>Numbers of <see cref="Features"/>.</summary>
    public const int FeatureCount = 11;

    private const int Levels = 256;

    /// <summary>The taps of the blur that the sharpness is measured with.</summary>
    private const int Taps = 9;

    private readonly float[] _light = new float[height * width];
    private readonly float[] _blurred = new float[height * width];
    private readonly int[] _histogram = new int[Levels]; // of the luminance
    private readonly int[] _strongest = new int[Levels]; // of the largest of the three colours
    private readonly int[] _weakest = new int[Levels];
    private readonly double[] _colors = new double[3];
    private double _saturation;
    private double _mean;
    private double _across; // differences between neighbours in a row, per pixel
    private double _down;

    /// <summary>99th percentile of the strongest colour.</summary>
    public double Brightest { get; private set; }

    /// <summary>5th percentile of the weakest colour.</summary>
    public double Darkest { get; private set; }

    /// <summary>Standard deviation of the luminance.</summary>
    public double Spread { get; private set; }

    /// <summary>As <see cref="PictureStatistics.Sharpness"/>.</summary>
    public double Sharpness { get; private set; }

    /// <summary>Takes a picture in.</summary>
    /// <param name="pixels">[H·W·C].</param>
    public void Read(ReadOnlySpan<byte> pixels)
    {
        Begin();
        for (int i = 0, at = 0; i < _light.Length; i++, at += channels)
        {
            if (channels == 3)
            {
                Add(i, pixels[at], pixels[at + 1], pixels[at + 2]);
            }
            else
            {
                var sum = 0f;
                for (var c = 0; c < channels; c++)
                {
                    sum += pixels[at + c];
                }

                Add(i, sum / channels, sum / channels, sum / channels);
            }
        }
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public void Read(ReadOnlySpan<float> pixels)
    {
        Begin();
        for (int i = 0, at = 0; i < _light.Length; i++, at += channels)
        {
            var sum = 0f;
            for (var c = 0; c < channels; c++)
            {
                sum += pixels[at + c];
            }

            var grey = sum / channels;
            Add(i, channels == 3 ? pixels[at] : grey, channels == 3 ? pixels[at + 1] : grey, channels == 3 ? pixels[at + 2] : grey);
        }
    }

    /// <summary>Measures the picture that was taken in.</summary>
    public void Measure()
    {
        double sum = 0,
            squares = 0;
        Array.Clear(_histogram);
        foreach (var light in _light)
        {
            sum += light;
            squares += (double)light * light;
            _histogram[Level(light)]++;
        }

        _mean = sum / _light.Length;
        Spread = Math.Sqrt(Math.Max(0, (squares / _light.Length) - (_mean * _mean)));
        (Darkest, Brightest) = (Percentile(_weakest, 0.05), Percentile(_strongest, 0.99));
        var (down, across) = (Kept(height, width, 1, width), Kept(width, height, width, 1));
        (_down, _across) = (down.Differences / _light.Length, across.Differences / _light.Length);
        Sharpness = Math.Min(down.Share, across.Share);
    }

    /// <summary>What the picture is like as a whole.</summary>
    public double[] Features()
    {
        var entropy = 0.0;
        foreach (var count in _histogram)
        {
            entropy -= count == 0 ? 0 : (double)count / _light.Length * Math.Log((double)count / _light.Length);
        }

        var size = _light.Length;
        return
        [
            _mean,
            (_colors[0] - _colors[2]) / size, // red against blue
            (_colors[1] - ((_colors[0] + _colors[2]) / 2)) / size, // green against both
            Math.Log(1 + (_saturation / size)),
            Math.Log(1 + Spread),
            Darkest,
            Brightest,
            entropy,
            Math.Log(1 + _down + _across),
            Math.Log((1 + _down) / (1 + _across)),
            double.IsNaN(Sharpness) ? 0 : Sharpness,
        ];
    }

    private void Begin()
    {
        Array.Clear(_colors);
        Array.Clear(_strongest);
        Array.Clear(_weakest);
        _saturation = 0;
    }

    private void Add(int place, float red, float green, float blue)
    {
        _light[place] = (0.299f * red) + (0.587f * green) + (0.114f * blue);
        _colors[0] += red;
        _colors[1] += green;
        _colors[2] += blue;
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        _saturation += most - least;
        _strongest[Level(most)]++;
        _weakest[Level(least)]++;
    }

    private static int Level(float value) => Math.Clamp((int)(value + 0.5f), 0, Levels - 1);

    private double Percentile(int[] histogram, double share)
    {
        var (below, least) = (0, share * _light.Length);
        for (var level = 0; level < Levels; level++)
        {
            below += histogram[level];
            if (below >= least)
            {
                return level;
            }
        }

        return Levels - 1;
    }

    /// <summary>Crete et al. 2007: the share of the differences between neighbours that is lost when the picture is blurred, along one
    /// direction.</summary>
    /// <param name="length">Pixels of a line along it.</param>
    /// <param name="lines">Number of lines.</param>
    /// <param name="lineStep">From a line to the next.</param>
    /// <param name="step">From a pixel of a line to the next.</param>
    private (double Share, double Differences) Kept(int length, int lines, int lineStep, int step)
    {
        double all = 0,
            lost = 0;
        for (var line = 0; line < lines; line++)
        {
            var start = line * lineStep;
            Blur(start, length, step);
            for (var i = 1; i < length; i++)
            {
                var (here, before) = (start + (i * step), start + ((i - 1) * step));
                var own = Math.Abs(_light[here] - _light[before]);
                all += own;
                lost += Math.Max(0, own - Math.Abs(_blurred[here] - _blurred[before]));
            }
        }

        return (length < Taps || all < 1e-3 * lines * length ? double.NaN : lost / all, all);
    }

    /// <summary>The mean of nine pixels of a line; beyond its ends the last one stands.</summary>
    private void Blur(int start, int length, int step)
    {
        float At(int i) => _light[start + (Math.Clamp(i, 0, length - 1) * step)];
        var sum = 0f;
        for (var i = -(Taps / 2); i <= Taps / 2; i++)
        {
            sum += At(i);
        }

        for (var i = 0; i < length; i++)
        {
            _blurred[start + (i * step)] = sum / Taps;
            sum += At(i + 1 + (Taps / 2)) - At(i - (Taps / 2));
        }
    }
}
