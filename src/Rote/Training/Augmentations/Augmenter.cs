using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Training.Augmentations;

/// <summary>Makes augmented batches: each example's changes are drawn from (seed, kind of change, epoch), so a resumed run sees the same
/// images again.</summary>
internal sealed class Augmenter : IDisposable
{
    private readonly Augmentation _augmentation;
    private readonly Precision _precision;
    private readonly Device _device;
    private readonly Tensor _images; // [N, H + 2p, W + 2p, C], p pixels of mirrored border; without it where it is added to each batch
    private readonly Tensor? _rows; // [N] int64 which of the images; null: all
    private readonly int _border; // that is added to each batch: the images lie in a file
    private readonly bool _isByBatch; // a batch's images are taken out of the file first
    private readonly int _height;
    private readonly int _width;

    /// <summary>Copies the images.</summary>
    /// <param name="images">Training images, as large as windows are taken from; still the caller's.</param>
    /// <param name="height">Rows the network sees.</param>
    /// <param name="width">Columns the network sees.</param>
    /// <param name="augmentation">What is changed.</param>
    /// <param name="precision">The format of a batch.</param>
    /// <param name="rows">Which of the images; null: all.</param>
    /// <param name="device">Where batches are made; images of a file are moved there batch by batch.</param>
    /// <exception cref="InputException">There is no room for a random window, the border is as wide as the image, or the examples are
    /// vectors.</exception>
    public Augmenter(
        Dataset images,
        int height,
        int width,
        Augmentation augmentation,
        Precision precision,
        IReadOnlyList<long>? rows = null,
        ComputeDevice device = default
    )
    {
        if (images.IsVectors)
        {
            throw new InputException(
                $"Augmentation moves and recolours the pixels of a picture, and these examples are vectors: set {Setting.Augmentation} to "
                    + $"none."
            );
        }

        (_height, _width, _augmentation, _precision, _device) = (height, width, augmentation, precision, device.Torch);
        var border = augmentation.CropPadding ?? 0;
        if (augmentation.CropPadding == 0 && images.Height == height && images.Width == width)
        {
            throw new InputException(
                $"The network sees the whole image of {height}×{width} pixels, which leaves no room for random crops: give them a "
                    + $"border with {Setting.Augmentation}, as crop=4."
            );
        }

        if (border >= Math.Min(images.Height, images.Width))
        {
            throw new InputException(
                $"The border of the random crop is {border} pixels, expected less than the image's side of "
                    + $"{Math.Min(images.Height, images.Width)}."
            );
        }

        using var scope = NewDisposeScope();
        if (images.File is not null)
        {
            (_images, _border, _isByBatch) = (
                images.Pixels.alias().DetachFromDisposeScope(),
                border,
                border > 0 || rows is not null || device.IsGpu
            );
            _rows = rows is null ? null : tensor(rows.ToArray(), int64, CPU).DetachFromDisposeScope();
            return;
        }

        using var some = rows is null ? images.With() : images.Select(rows);
        _images = Mirrored(Mirrored(some.Pixels, 1, border), 2, border).contiguous().On(_device).DetachFromDisposeScope();
        if (ReferenceEquals(_images, some.Pixels))
        {
            _images = some.Pixels.alias().DetachFromDisposeScope();
        }
    }

    /// <summary>Draws what happens to every example in an epoch.</summary>
    /// <param name="seeds">The run's randomness.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>Tensors [N] in the caller's dispose scope; null for what does not happen.</returns>
    public AugmentationDraws Draw(Seeds seeds, int epoch) =>
        AugmentationDraws.Of(
            _augmentation,
            (int)(_rows ?? _images).shape[0],
            (int)_images.shape[1] + (2 * _border) - _height,
            (int)_images.shape[2] + (2 * _border) - _width,
            seeds,
            epoch,
            _device
        );

    /// <summary>A batch as the network is given it: changed, whitened, in the compute format.</summary>
    /// <param name="draws">The epoch's draws.</param>
    /// <param name="rows">[B] int64 which examples.</param>
    /// <returns>[B, H, W, C] in the caller's dispose scope.</returns>
    public Tensor Batch(AugmentationDraws draws, Tensor rows)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (source, places) = (_images, rows);
        if (_isByBatch)
        {
            var here = rows.OnCpu();
            var some = _images.index_select(0, _rows?.index_select(0, here) ?? here).On(_device);
            source = Mirrored(Mirrored(some, 1, _border), 2, _border).contiguous();
            places = arange(rows.shape[0], int64, _device);
        }

        var images =
            draws.Top is { } top && draws.Left is { } left
                ? Windows(source, places, top.index_select(0, rows), left.index_select(0, rows))
                : source.index_select(0, places);
        if (draws.Flipped is { } flipped)
        {
            images = where(flipped.index_select(0, rows).reshape(-1, 1, 1, 1), images.flip(2), images);
        }

        if (draws.Angle is { } angle)
        {
            images = ImageChanges.Rotate(images.to(float32), angle.index_select(0, rows));
        }

        if (draws.Color is { } color)
        {
            images = ImageChanges.Recolor(images.to(float32), color.index_select(0, rows));
        }

        return PreparedData.Whiten(images).to(_precision.Type()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _images.Dispose();
        _rows?.Dispose();
    }

    /// <summary>Puts <paramref name="border"/> mirrored rows or columns at both ends; the outermost one is not repeated.</summary>
    private static Tensor Mirrored(Tensor images, int dimension, int border)
    {
        if (border == 0)
        {
            return images;
        }

        var side = images.shape[dimension];
        var source = Enumerable
            .Range(-border, (int)side + (2 * border))
            .Select(i =>
                i < 0 ? -i
                : i < side ? i
                : (2 * (side - 1)) - i
            );
        return images.index_select(dimension, tensor(source.ToArray(), int64, images.device));
    }

    /// <summary>Takes a window out of each image. All windows of an image are a strided view of it, so that one indexing copies whole
    /// lines.</summary>
    private Tensor Windows(Tensor images, Tensor rows, Tensor top, Tensor left)
    {
        var (count, height, width, channels) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var line = width * channels;
        using var windows = images.as_strided(
            [count, height - _height + 1, width - _width + 1, _height, _width * channels],
            [height * line, line, channels, line, 1]
        );
        return windows[TensorIndex.Tensor(rows), TensorIndex.Tensor(top), TensorIndex.Tensor(left)].reshape(-1, _height, _width, channels);
    }
}
