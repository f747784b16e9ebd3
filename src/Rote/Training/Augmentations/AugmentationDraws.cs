using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Training.Augmentations;

/// <summary>What happens to each example in one epoch. Each kind of change has its own stream: turning one on does not move
/// another.</summary>
/// <param name="Top">[N] int64 first row of the window; null: no random window.</param>
/// <param name="Left">[N] int64 first column of the window.</param>
/// <param name="Flipped">[N] bool; null: no flips.</param>
/// <param name="Angle">[N] float32 radians, counter-clockwise; null: no rotation.</param>
/// <param name="Color">[N, 4] float32 uniform in [−s, s] for strength s: brightness, contrast, saturation, hue; null: no colour.</param>
internal sealed record AugmentationDraws(Tensor? Top, Tensor? Left, Tensor? Flipped, Tensor? Angle, Tensor? Color)
{
    /// <summary>Draws for all examples.</summary>
    /// <param name="augmentation">What is changed, and how strongly.</param>
    /// <param name="count">N.</param>
    /// <param name="rows">Largest value of <see cref="Top"/>.</param>
    /// <param name="columns">Largest value of <see cref="Left"/>.</param>
    /// <param name="seeds">The run's randomness.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="device">Where the draws are used; null: on the processor, where they are made.</param>
    /// <returns>Tensors in the caller's dispose scope.</returns>
    public static AugmentationDraws Of(
        Augmentation augmentation,
        int count,
        int rows,
        int columns,
        Seeds seeds,
        int epoch,
        Device? device = null
    )
    {
        var crop = augmentation.CropPadding is not null;
        return new AugmentationDraws(
            crop ? Integers("crop/top", rows + 1) : null,
            crop ? Integers("crop/left", columns + 1) : null,
            augmentation.HorizontalFlip ? Integers("flip", 2).to(ScalarType.Bool) : null,
            augmentation.RotationDegrees > 0 ? Uniform("rotation", 1, augmentation.RotationDegrees * Math.PI / 180).flatten() : null,
            augmentation.Color > 0 ? Uniform("color", 4, augmentation.Color) : null
        );

        Tensor Integers(string kind, int bound)
        {
            var stream = seeds.Stream(SeedStreams.Augmentation + kind, epoch);
            return tensor(Enumerable.Range(0, count).Select(_ => (long)stream.NextInt(bound)).ToArray(), int64, device);
        }

        Tensor Uniform(string kind, int values, double limit)
        {
            var stream = seeds.Stream(SeedStreams.Augmentation + kind, epoch);
            return tensor(
                Enumerable.Range(0, count * values).Select(_ => (float)(limit * ((2 * stream.NextDouble()) - 1))).ToArray(),
                [count, values],
                float32,
                device
            );
        }
    }
}
