using Rote.Corruptions;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class PackedTrainingTests : IDisposable
{
    private static readonly Recipe Sample = new()
    {
        Epochs = 3,
        BatchSize = 7,
        Precision = Precision.BFloat16,
        HoldOut = 0.2,
        Order = new ChunkedOrder { Chunk = 4, Window = 12 },
    };

    private readonly TempFolder _folder = new();
    private readonly NamedData _packed;
    private readonly NamedData _plain;

    public PackedTrainingTests()
    {
        var source = PackedSamples.Folder(_folder, each: 15);
        _packed = PackedSamples.Load(PackedSamples.Pack(_folder, source));
        _plain = PackedSamples.Load(source);
    }

    public void Dispose()
    {
        _packed.Dispose();
        _plain.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Pictures_whitened_batch_by_batch_have_the_bits_of_those_in_memory(Precision precision)
    {
        using var scope = NewDisposeScope();
        using var whole = PreparedData.From(_plain.Data.Train, precision);
        using var inFile = PreparedData.Of(_packed.Data.Train, precision, null, rows: null, staysInFile: true);
        foreach (var count in new[] { 1, 2, 7, whole.Count })
        {
            var rows = tensor(new Seeds(count).Permutation("rows", 0, whole.Count)[..count]);
            Assert.True(whole.At(rows).eq(inFile.At(rows)).all().item<bool>());
            Assert.True(whole.Part(0, count).eq(inFile.Part(0, count)).all().item<bool>());
        }

        Assert.True(whole.Inputs.eq(inFile.Inputs).all().item<bool>());
    }

    [Fact]
    public void Some_rows_are_those_of_the_selection()
    {
        using var scope = NewDisposeScope();
        long[] rows = [3, 4, 9, 20, 21];
        using var selected = _plain.Data.Train.Select(rows);
        using var expected = PreparedData.From(selected, Precision.Float32);
        using var found = PreparedData.Of(_packed.Data.Train, Precision.Float32, null, rows, staysInFile: true);
        Assert.True(expected.Inputs.eq(found.Inputs).all().item<bool>());
        Assert.True(expected.Labels.eq(found.Labels).all().item<bool>());
        Assert.Equal(5, found.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("crop")]
    [InlineData("crop flip")]
    [InlineData("window")]
    public void Augmented_batches_have_the_bits_of_those_in_memory(string changes)
    {
        using var scope = NewDisposeScope();
        var augmentation = new Augmentation
        {
            CropPadding =
                changes == "window" ? 0
                : changes.Length > 0 ? 2
                : null,
            HorizontalFlip = changes.Contains("flip", StringComparison.Ordinal) || changes.Length == 0,
        };
        var side = changes == "window" ? 6 : 8;
        long[] kept = [0, 2, 3, 8, 13, 21];
        using var plain = new Augmenter(_plain.Data.Train, side, side, augmentation, Precision.Float32, kept);
        using var packed = new Augmenter(_packed.Data.Train, side, side, augmentation, Precision.Float32, kept);
        var rows = tensor((long[])[5, 0, 3]);
        var (first, second) = (plain.Draw(new Seeds(1), 1), packed.Draw(new Seeds(1), 1));
        Assert.True(plain.Batch(first, rows).eq(packed.Batch(second, rows)).all().item<bool>());
    }

    [Fact]
    public void Training_on_the_file_and_on_the_folder_gives_the_same_weights()
    {
        var (first, second, plain) = (Train(_packed.Data), Train(_packed.Data), Train(_plain.Data));
        Assert.Equal(first, second);
        Assert.Equal(first, plain);
    }

    [Fact]
    public void A_file_that_is_changed_between_two_epochs_ends_the_training()
    {
        using var data = Sets(_packed.Data);
        using var state = State();
        var trainer = new Trainer(Sample, data, new Seeds(1))
        {
            AfterEpoch = _ => File.SetLastWriteTimeUtc(_folder.File("packed.rote"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        };
        var error = Assert.Throws<InputException>(() => trainer.Run(state));
        Assert.Contains("was changed while it was used", error.Message, StringComparison.Ordinal);
    }

    private float[] Train(DatasetSplits data)
    {
        using var sets = Sets(data);
        using var state = State();
        new Trainer(Sample, sets, new Seeds(1)).Run(state);
        return [.. state.Evaluated.parameters().SelectMany(p => p.data<float>().ToArray())];
    }

    private static TrainingData Sets(DatasetSplits data)
    {
        using var corrupted = new RandomLabels().Apply(data, new Seeds(1));
        var rows = HeldOutRows.Draw(data.Train.Count, Sample.HoldOut, new Seeds(1));
        return TrainingData.From(corrupted.Images, null, Sample, rows, corrupted.Truth());
    }

    private static TrainingState State() =>
        new(() => new Mlp { Hidden = [16] }.Build(new TaskShape(8, 8, 3, 3), Sample.Precision, new Seeds(1)), Sample);
}
