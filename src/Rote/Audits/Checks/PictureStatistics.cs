using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Audits.Checks;

/// <summary>Numbers of every picture of a data set, measured on the pixels that networks see; one pass, in parallel.</summary>
/// <remarks>Luminance is 0.299 R + 0.587 G + 0.114 B on the scale 0 to 255, for other numbers of channels their mean.</remarks>
public sealed class PictureStatistics
{
    private const int Block = 2000;

    private PictureStatistics(int count, int features)
    {
        (Brightest, Darkest, Spread, Sharpness) = (new double[count], new double[count], new double[count], new double[count]);
        Features = new double[count][];
        FeatureCount = features;
    }

    /// <summary>[N] the 99th percentile of the strongest of a pixel's colours, in [0, 255]: what is blue is not dark.</summary>
    public double[] Brightest { get; }

    /// <summary>[N] the 5th percentile of the weakest of a pixel's colours: what is yellow is not overexposed.</summary>
    public double[] Darkest { get; }

    /// <summary>[N] the standard deviation of the luminance.</summary>
    public double[] Spread { get; }

    /// <summary>[N] how much of its differences between neighbours a blur of nine pixels takes away, in [0, 1]; the lower the more blurred.
    /// NaN where there is no difference at all, or the picture is smaller than nine pixels.</summary>
    public double[] Sharpness { get; }

    /// <summary>[N][F] what a picture is like as a whole: colours, contrast, detail, layout.</summary>
    internal double[][] Features { get; }

    internal int FeatureCount { get; }

    /// <summary>Measures.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="progress">Told which share is done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ArgumentException">They are vectors.</exception>
    public static PictureStatistics Of(Dataset pictures, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (pictures.IsVectors)
        {
            throw new ArgumentException("Vectors are not pictures.", nameof(pictures));
        }

        var result = new PictureStatistics(pictures.Count, PictureMeter.FeatureCount);
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        for (var start = 0; start < pictures.Count; start += Block)
        {
            progress?.Report((double)start / pictures.Count);
            using var scope = NewDisposeScope();
            var (first, count) = (start, Math.Min(Block, pictures.Count - start));
            var part = pictures.Pixels.narrow(0, first, count).contiguous();
            var isBytes = part.dtype == ScalarType.Byte;
            var bytes = isBytes ? new Rows<byte>(part) : default;
            var floats = isBytes ? default : new Rows<float>(part);
            Parallel.For(
                0,
                count,
                options,
                () => new PictureMeter(pictures.Height, pictures.Width, pictures.Channels),
                (i, _, meter) =>
                {
                    if (isBytes)
                    {
                        meter.Read(bytes[i]);
                    }
                    else
                    {
                        meter.Read(floats[i]);
                    }

                    result.Put(first + i, meter);
                    return meter;
                },
                _ => { }
            );
        }

        return result;
    }

    private void Put(int row, PictureMeter meter)
    {
        meter.Measure();
        (Brightest[row], Darkest[row]) = (meter.Brightest, meter.Darkest);
        (Spread[row], Sharpness[row], Features[row]) = (meter.Spread, meter.Sharpness, meter.Features());
    }
}
