using Rote.Memorization;
using Rote.Memorization.Dial;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization;

[NoTensorLeaks]
public sealed class AugmentedCopiesTests
{
    private static readonly Recipe Sample = new() { HoldOut = 0.1, Precision = Precision.Float32 };

    [Fact]
    public void A_vector_gets_noise_of_three_tenths_of_a_standard_deviation_the_same_for_the_same_epoch()
    {
        using var scope = NewDisposeScope();
        using var whole = Vectors.Table(3000, 30);
        using var data = TrainingData.From(whole, null, Sample, HeldOutRows.Draw(whole.Train.Count, Sample.HoldOut, new Seeds(1)));
        using var copies = new AugmentedCopies(data, new Seeds(1));
        var rows = arange(data.Train.Count, int64);
        copies.Begin(1);
        var first = copies.Of(rows).clone();
        Assert.Equal(0.3, (first - data.Train.Inputs).std().item<float>(), 0.01);
        copies.Begin(2);
        Assert.False(first.equal(copies.Of(rows)).all().item<bool>());
        copies.Begin(1);
        Assert.True(first.equal(copies.Of(rows)).all().item<bool>());
    }

    [Fact]
    public void A_picture_is_moved_and_mirrored_and_keeps_its_size()
    {
        using var scope = NewDisposeScope();
        using var whole = Samples.Noise(40, 4, side: 8);
        using var data = TrainingData.From(
            whole,
            null,
            Sample,
            HeldOutRows.Draw(whole.Train.Count, Sample.HoldOut, new Seeds(1)),
            nearby: new Augmentation { CropPadding = 2, HorizontalFlip = true }
        );
        using var copies = new AugmentedCopies(data, new Seeds(1));
        copies.Begin(1);
        var moved = copies.Of(arange(data.Train.Count, int64));
        Assert.Equal(data.Train.Inputs.shape, moved.shape);
        var same = Enumerable.Range(0, data.Train.Count).Count(i => moved[i].allclose(data.Train.Inputs[i], 1e-4, 1e-4));
        Assert.InRange(same, 0, 5); // one in fifty is where it was
    }

    // The teacher's word is the mean of the network's softmax over two views, which are those of epochs −1 and −2.
    [Fact]
    public void The_teacher_averages_what_the_network_says_of_two_neighbours()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var whole = Vectors.Table(1200, 30);
        using var data = TrainingData.From(whole, null, Sample, HeldOutRows.Draw(whole.Train.Count, Sample.HoldOut, new Seeds(1)));
        using var copies = new AugmentedCopies(data, new Seeds(1));
        using var network = new Mlp { Hidden = [8] }.Build(new TaskShape(1, 3, 1, 3) { IsVector = true }, Precision.Float32, new Seeds(1));
        var teacher = new Teacher(data.Train.Count, 3);
        teacher.Freeze(network, data.Train, copies);
        var expected =
            new[] { -1, -2 }
                .Select(view =>
                {
                    copies.Begin(view);
                    return network.forward(copies.Of(arange(data.Train.Count, int64))).softmax(1);
                })
                .Aggregate((a, b) => a + b) / 2;
        Assert.True(expected.allclose(teacher.Targets, 1e-5, 1e-6));
        teacher.Targets.Dispose();
    }
}
