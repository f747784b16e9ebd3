using Rote.Memorization;
using Rote.Memorization.Dial;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

/// <summary>What the release phase shows of a batch whose labels pass all and are predicted by the teacher.</summary>
[NoTensorLeaks]
public sealed class ReleaseViewsTests
{
    private const int Size = 64; // of the batch

    [Theory]
    [InlineData(24_000, true, 1, 1)]
    [InlineData(24_000, true, 0.5, 0.5)]
    [InlineData(24_000, true, 0, 0)]
    [InlineData(24_000, false, 1, 0)] // the share grows later
    [InlineData(2_000, true, 1, 0)]
    public void Of_many_cropped_pictures_a_share_is_shown_as_it_is_from_the_beginning(int examples, bool crops, double target, double plain)
    {
        using var scope = NewDisposeScope();
        var recipe = new Recipe
        {
            Epochs = 12,
            HoldOut = 0.1,
            Precision = Precision.Float32,
            Augmentation = crops ? new Augmentation { CropPadding = 1 } : null,
        };
        var dial = new MemorizationDial { Target = target };
        using var images = Samples.Learnable(examples, 40);
        var held = HeldOutRows.Draw(images.Train.Count, recipe.HoldOut, new Seeds(1));
        using var data = TrainingData.From(images, null, recipe, held, null, dial.Nearby(recipe, isColour: false));
        using var method = dial.Create(new ControlSetting(data, recipe, new Seeds(1), images.Train.Classes, [.. Canaries]));
        Begin(method, data, target);

        var rows = arange(Canaries.Length, Canaries.Length + Size, 1, int64);
        var batch = new TrainingBatch(4, 0, rows, data.Train.Labels.index_select(0, rows));
        var inputs = data.Train.Inputs.index_select(0, rows);
        var shown = method.Inputs(inputs.clone(), batch).narrow(0, 0, Size);
        var changed = shown.ne(inputs).flatten(1).any(1).nonzero().shape[0];
        Assert.InRange(changed, 0.6 * (1 - plain) * Size, (1 - plain) * Size * 1.2); // a window may be the picture itself
    }

    private static long[] Canaries { get; } = [.. Enumerable.Range(0, 20).Select(i => (long)i)];

    /// <summary>Two epochs of learning are over, and the teacher predicts every label given.</summary>
    private static void Begin(TrainingMethod method, TrainingData data, double target)
    {
        foreach (var (name, value) in method.Tensors)
        {
            if (name == "targets")
            {
                value.copy_(nn.functional.one_hot(data.Train.Labels, value.shape[1]).to(float32));
            }
            else if (name is "trust" or "fitted")
            {
                value.fill_(1);
            }
            else
            {
                new DialMemory(2, target, 0, 0).WriteTo(value);
            }
        }
    }
}
