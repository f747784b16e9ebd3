using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Rote.Theory.Features;

/// <summary>The magnitudes of a bank of complex Gabor wavelets: how strongly waves of three lengths and eight directions occur in each part
/// of a picture.</summary>
/// <remarks>A wavelet is exp(−(u² + ¼v²)/2σ²) exp(2πi u/λ) with u along and v across the wave, λ of 4, 5.66 and 8 pixels, σ = 0.56 λ (a
/// bandwidth of one octave: Daugman 1985), and directions of k·π/8. It is cut to a square of half-side ⌈2σ⌉ pixels, and brought to mean 0
/// and norm 1. Magnitudes are averaged over cells of about 4×4 pixels, for each channel alone. The paper does not describe its own
/// bank.</remarks>
internal sealed class GaborFeatures : IFeatures
{
    private const int Directions = 8;
    private const int Batch = 100;
    private static readonly double[] Wavelengths = [4, 5.66, 8];

    private readonly int _channels;
    private readonly int _cells;

    /// <param name="side">The smaller side of the pictures, in pixels.</param>
    /// <param name="channels">Channels per pixel.</param>
    public GaborFeatures(int side, int channels) => (_channels, _cells) = (channels, Math.Clamp((side + 3) / 4, 1, 8));

    /// <inheritdoc/>
    public string Name => "gabor";

    /// <inheritdoc/>
    public string Description =>
        $"magnitudes of Gabor wavelets, {Wavelengths.Length} wavelengths × {Directions} directions × {_cells}×{_cells} cells × "
        + $"{_channels} channels";

    /// <inheritdoc/>
    public int Dimension => Wavelengths.Length * Directions * _cells * _cells * _channels;

    /// <inheritdoc/>
    public int Blocks => 1;

    /// <inheritdoc/>
    public Tensor Compute(Tensor pixels, int block, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var banks = Wavelengths.Select(Bank).ToArray();
        return PictureBatches.Map(pixels, Batch, images => Magnitudes(images, banks), cancel).MoveToOuterDisposeScope();
    }

    /// <summary>The wavelets of one wavelength: real parts, then imaginary parts.</summary>
    /// <returns>[2·directions, 1, S, S] float32.</returns>
    internal static Tensor Bank(double wavelength)
    {
        var sigma = 0.56 * wavelength;
        var radius = (int)Math.Ceiling(2 * sigma);
        var side = (2 * radius) + 1;
        var values = new float[2 * Directions * side * side];
        for (var direction = 0; direction < Directions; direction++)
        {
            for (var part = 0; part < 2; part++)
            {
                var wavelet = Wavelet(wavelength, sigma, radius, Math.PI * direction / Directions, isReal: part == 0);
                wavelet.CopyTo(values, ((part * Directions) + direction) * side * side);
            }
        }

        return tensor(values, [2 * Directions, 1, side, side]);
    }

    private static float[] Wavelet(double wavelength, double sigma, int radius, double angle, bool isReal)
    {
        var side = (2 * radius) + 1;
        var values = new double[side * side];
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y) = ((i % side) - radius, (i / side) - radius);
            var u = (x * Math.Cos(angle)) + (y * Math.Sin(angle));
            var v = (y * Math.Cos(angle)) - (x * Math.Sin(angle));
            var wave = 2 * Math.PI * u / wavelength;
            values[i] = Math.Exp(-((u * u) + (v * v / 4)) / (2 * sigma * sigma)) * (isReal ? Math.Cos(wave) : Math.Sin(wave));
        }

        var mean = values.Average();
        var size = Math.Sqrt(values.Sum(w => (w - mean) * (w - mean)));
        return [.. values.Select(w => (float)((w - mean) / size))];
    }

    private Tensor Magnitudes(Tensor images, Tensor[] banks)
    {
        var (count, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var planes = images.reshape(count * _channels, 1, height, width);
        var parts = banks.Select(bank =>
        {
            // [B·C, 2·directions, H, W]
            var responses = CheckedConvolution.Of(planes, bank, null, 1, [bank.shape[2] / 2, bank.shape[3] / 2]);
            var magnitude = responses.square().reshape(count * _channels, 2, Directions, height, width).sum([1L]).sqrt();
            return adaptive_avg_pool2d(magnitude, [_cells, _cells]).reshape(count, -1);
        });
        return cat([.. parts], 1);
    }
}
