using System.Text.Json.Serialization;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Corruptions;

/// <summary>One random permutation of all input values (rows, columns and channels together), the same for every image, train and
/// test.</summary>
/// <remarks>Destroys only the spatial order: a network without spatial bias cannot tell the difference.</remarks>
public sealed record ShuffledPixels : Corruption
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ReplacesPixels => true;

    /// <inheritdoc/>
    protected override (Tensor? Train, Tensor? Test) CorruptPixels(DatasetSplits data, Seeds seeds)
    {
        var size = data.Train.Height * data.Train.Width * data.Train.Channels;
        var order = tensor(seeds.Permutation(SeedStreams.Pixels, 0, size), int64);
        return (Permute(data.Train.Pixels), Permute(data.Test.Pixels));

        Tensor Permute(Tensor pixels) => pixels.reshape(pixels.shape[0], size).index_select(1, order).reshape(pixels.shape);
    }
}

/// <summary>A fresh random permutation of the input values for every image: only the histogram of values is left.</summary>
public sealed record RandomPixels : Corruption
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ReplacesPixels => true;

    /// <inheritdoc/>
    protected override (Tensor? Train, Tensor? Test) CorruptPixels(DatasetSplits data, Seeds seeds) =>
        (Permute(data.Train, SeedStreams.TrainPixels, seeds), Permute(data.Test, SeedStreams.TestPixels, seeds));

    private static Tensor Permute(Dataset images, string purpose, Seeds seeds)
    {
        var pixels = images.Pixels.clone();
        if (pixels.dtype == ScalarType.Byte)
        {
            ShuffleRows(new Rows<byte>(pixels), purpose, seeds);
        }
        else
        {
            ShuffleRows(new Rows<float>(pixels), purpose, seeds);
        }

        return pixels;
    }

    private static void ShuffleRows<T>(Rows<T> rows, string purpose, Seeds seeds)
        where T : unmanaged => Parallel.For(0, rows.Count, i => seeds.Stream(purpose, i).Shuffle(rows[i]));
}

/// <summary>Every input value is drawn from one normal distribution with the mean and variance of all training pixels: nothing of the image
/// is left.</summary>
/// <remarks>Values are float32 and not clipped to [0, 255]. Zhang et al. 2017 do not say whether moments are taken per channel; here they
/// are over all values.</remarks>
public sealed record GaussianPixels : Corruption
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ReplacesPixels => true;

    /// <inheritdoc/>
    protected override (Tensor? Train, Tensor? Test) CorruptPixels(DatasetSplits data, Seeds seeds)
    {
        var (mean, deviation) = Moments(data.Train.Pixels);
        return (Draw(data.Train, SeedStreams.TrainPixels), Draw(data.Test, SeedStreams.TestPixels));

        Tensor Draw(Dataset images, string purpose)
        {
            var pixels = empty(images.Pixels.shape, float32);
            var rows = new Rows<float>(pixels);
            Parallel.For(
                0,
                rows.Count,
                i =>
                {
                    var row = rows[i];
                    seeds.Stream(purpose, i).FillGaussian(row);
                    for (var k = 0; k < row.Length; k++)
                    {
                        row[k] = (row[k] * deviation) + mean;
                    }
                }
            );
            return pixels;
        }
    }

    /// <summary>Mean and standard deviation of all values; sums in float64, because a float32 sum of 10⁸ values is wrong in its third
    /// digit.</summary>
    private static (float Mean, float Deviation) Moments(Tensor pixels)
    {
        var (sum, squares, count) = (0.0, 0.0, pixels.numel());
        for (var start = 0L; start < pixels.shape[0]; start += 1000)
        {
            using var scope = NewDisposeScope();
            var part = pixels.narrow(0, start, Math.Min(1000, pixels.shape[0] - start)).to(float64).flatten();
            sum += part.sum(0L).item<double>();
            squares += (part * part).sum(0L).item<double>();
        }

        var mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
    }
}
