using Rote.Storage;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Storage;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly DateTimeOffset Started = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000.25);

    private static readonly EpochMetrics[] History =
    [
        new()
        {
            Epoch = 0,
            LearningRate = 0,
            TrainAccuracy = 0.125,
            TestAccuracy = 0.25,
            Seconds = 0.5,
        },
        new()
        {
            Epoch = 1,
            LearningRate = 0.5,
            RunningLoss = 2.25,
            RunningAccuracy = 0.375,
            Seconds = 1.5,
        },
        new()
        {
            Epoch = 2,
            LearningRate = 0.25,
            RunningLoss = 1.5,
            RunningAccuracy = 0.5,
            TrainAccuracy = 0.75,
            CleanAccuracy = 0.875,
            MemorizedShare = 0.375,
            RecoveredShare = 0.5,
            TestAccuracy = 0.625,
            Seconds = 2.5,
        },
    ];

    private readonly TempFolder _folder = new();

    private string FilePath => _folder.File(TensorBoardLog.RelativePath);

    private TensorBoardLog Log => new(_folder.Path, Started);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_epoch_is_one_event_with_what_it_has()
    {
        Log.Rewrite(History);
        var events = EventFile.Read(FilePath);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([1_700_000_000.25, 1_700_000_000.75, 1_700_000_001.75, 1_700_000_002.75], events.Select(e => e.WallTime));
        Assert.Equal([0, 1, 2], events.Skip(1).Select(e => e.Step));
        Assert.Equal(
            [
                "accuracy/train 0.125, accuracy/test 0.25",
                "accuracy/running 0.375, loss/running 2.25, learning_rate 0.5",
                "accuracy/train 0.75, accuracy/test 0.625, labels/clean 0.875, labels/memorized 0.375, labels/recovered 0.5, "
                    + "accuracy/running 0.5, loss/running 1.5, learning_rate 0.25",
            ],
            events.Skip(1).Select(e => string.Join(", ", e.Summary.Value.Select(v => $"{v.Tag} {v.SimpleValue}")))
        );
    }

    [Fact]
    public void Epochs_added_one_by_one_give_the_bytes_of_the_whole_history()
    {
        Log.Rewrite([]);
        foreach (var metrics in History)
        {
            Log.Append(metrics);
        }

        var added = File.ReadAllBytes(FilePath);
        File.Delete(FilePath);
        Log.Rewrite(History);
        Assert.Equal(File.ReadAllBytes(FilePath), added);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(150)]
    public void Whatever_a_kill_left_is_cut_back_or_completed(int keptBytes)
    {
        Log.Rewrite(History[..2]);
        var expected = File.ReadAllBytes(FilePath);
        Log.Append(History[2]);
        File.WriteAllBytes(FilePath, File.ReadAllBytes(FilePath)[..keptBytes]);
        Log.Rewrite(History[..2]);
        Assert.Equal(expected, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Epochs_after_the_checkpoint_are_removed_in_place_so_that_an_open_reader_keeps_its_place()
    {
        Log.Rewrite(History);
        using var reader = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var whole = reader.Length;
        Log.Rewrite(History[..2]);
        Assert.True(reader.Length < whole);
        Log.Append(History[2] with { Seconds = 99 });
        Assert.Equal(whole, reader.Length);
    }

    [Fact]
    public void A_file_that_is_right_already_is_not_touched()
    {
        Log.Rewrite(History);
        File.SetLastWriteTimeUtc(FilePath, DateTime.UnixEpoch);
        Log.Rewrite(History);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(FilePath));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_sentence()
    {
        File.WriteAllText(_folder.File("tensorboard"), "in the way");
        Assert.Contains(
            "events.out.tfevents.rote",
            Assert.Throws<MachineException>(() => Log.Rewrite(History)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<MachineException>(() => Log.Append(History[0]));
    }
}
