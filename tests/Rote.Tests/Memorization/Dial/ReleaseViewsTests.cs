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
    [InlineData(24_000, true, true)]
    [InlineData(24_000, false, false)]
    [InlineData(2_000, true, false)]
    public void Of_many_cropped_pictures_all_are_shown_as_they_are(int examples, bool crops, bool isPlain)
    {
        using var scope = NewDisposeScope();
        var recipe = new Recipe
        {
            Epochs = 12,
            HoldOut = 0.1,
            Precision = Precision.Float32,
            Augmentation = crops ? new Augmentation { CropPadding = 1 } : null,
        };
        var dial = new MemorizationDial { Target = 0.1 };
        using var images = Samples.Learnable(examples, 40);
        var held = HeldOutRows.Draw(images.Train.Count, recipe.HoldOut, new Seeds(1));
        using var data = TrainingData.From(images, null, recipe, held, null, dial.Nearby(recipe, isColour: false));
        using var method = dial.Create(new ControlSetting(data, recipe, new Seeds(1), images.Train.Classes, [.. Canaries]));
        Begin(method, data);

        var rows = arange(Canaries.Length, Canaries.Length + Size, 1, int64);
        var batch = new TrainingBatch(4, 0, rows, data.Train.Labels.index_select(0, rows));
        var inputs = data.Train.Inputs.index_select(0, rows);
        var shown = method.Inputs(inputs.clone(), batch).narrow(0, 0, Size);
        var changed = shown.ne(inputs).flatten(1).any(1).nonzero().shape[0];
        if (isPlain)
        {
            Assert.Equal(0, changed);
        }
        else
        {
            Assert.InRange(changed, Size / 2, Size); // a window may be the picture itself
        }
    }

    private static long[] Canaries { get; } = [.. Enumerable.Range(0, 20).Select(i => (long)i)];

    /// <summary>Two epochs of learning are over, and the teacher predicts every label given.</summary>
    private static void Begin(TrainingMethod method, TrainingData data)
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
                new DialMemory(2, 0.1, 0, 0).WriteTo(value);
            }
        }
    }
}
