using Rote.Tensors;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Memorization;

/// <summary>Makes examples near the training examples: shifted and mirrored pictures, vectors with a little noise.</summary>
/// <param name="data">The training examples; still the caller's.</param>
/// <param name="seeds">The run's randomness.</param>
internal sealed class AugmentedCopies(TrainingData data, Seeds seeds) : IDisposable
{
    /// <summary>Standard deviation of the noise on standardized features.</summary>
    private const double Noise = 0.3;

    private AugmentationDraws? _draws;
    private Tensor? _noise; // [N, D]

    /// <summary>Draws an epoch's changes.</summary>
    /// <param name="epoch">Epoch, or a negative number for draws outside of training.</param>
    public void Begin(int epoch)
    {
        Dispose();
        using var scope = NewDisposeScope();
        if (data.Nearby is { } pictures)
        {
            var draws = pictures.Draw(seeds, epoch);
            _draws = draws;
            foreach (var tensor in Held)
            {
                tensor.DetachFromDisposeScope();
            }
        }
        else
        {
            var noise = new float[data.Train.Inputs.numel()];
            seeds.Stream(SeedStreams.Neighbours, epoch).FillGaussian(noise);
            _noise = (tensor(noise, data.Train.Inputs.shape, float32, data.Train.Device) * Noise)
                .to(data.Train.Inputs.dtype)
                .DetachFromDisposeScope();
        }
    }

    /// <summary>An augmented copy of each example, as the network is given it.</summary>
    /// <param name="rows">[B] int64.</param>
    /// <returns>[B, H, W, C] or [B, D], in the caller's dispose scope.</returns>
    public Tensor Of(Tensor rows) =>
        _draws is { } draws ? data.Nearby!.Batch(draws, rows) : data.Train.At(rows) + _noise!.index_select(0, rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Held)
        {
            tensor.Dispose();
        }

        (_draws, _noise) = (null, null);
    }

    private IEnumerable<Tensor> Held =>
        new[] { _draws?.Top, _draws?.Left, _draws?.Flipped, _draws?.Angle, _draws?.Color, _noise }.OfType<Tensor>();
}
