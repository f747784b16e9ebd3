using Rote.Training;
using Tensorboard;

namespace Rote.Storage;

/// <summary>A run's event file for TensorBoard: one event an epoch, made from the run's history and start alone.</summary>
/// <remarks>
/// The same history gives the same bytes, so a resume truncates the file in place to what the checkpoint knows: no epoch appears twice, and
/// a watching TensorBoard keeps its position, because a retrained epoch has the same length.
/// Tags: accuracy/train, accuracy/held_out, accuracy/test, accuracy/running, labels/clean, labels/memorized, labels/recovered (shares),
/// loss/running (nats), learning_rate; values that an epoch does not have are omitted.
/// Step: epochs completed. Wall time: the run's start plus the seconds of training and evaluation so far, without pauses between sessions.
/// </remarks>
/// <param name="runFolder">The run's folder.</param>
/// <param name="started">When its first session began.</param>
internal sealed class TensorBoardLog(string runFolder, DateTimeOffset started)
{
    /// <summary>TensorBoard takes every file with "tfevents" in its name.</summary>
    public static readonly string RelativePath = Path.Combine("tensorboard", "events.out.tfevents.rote");

    private readonly string _path = Path.Combine(runFolder, RelativePath);

    private double Start => (started - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Makes the file hold exactly these epochs; a file that already does is not touched.</summary>
    /// <param name="history">From epoch 0 on; may be empty.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public void Rewrite(IEnumerable<EpochMetrics> history)
    {
        byte[] content =
        [
            .. EventRecords.Frame(new Event { WallTime = Start, FileVersion = "brain.Event:2" }),
            .. history.SelectMany(Record),
        ];
        Writing(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var found = File.Exists(_path) ? File.ReadAllBytes(_path) : null;
            if (found is null || !found.AsSpan().SequenceEqual(content))
            {
                var same = content.AsSpan().CommonPrefixLength(found);
                using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                stream.SetLength(same);
                stream.Seek(same, SeekOrigin.Begin);
                stream.Write(content.AsSpan(same));
            }
        });
    }

    /// <summary>Adds an epoch at the end.</summary>
    /// <param name="metrics">The epoch after the file's last.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public void Append(EpochMetrics metrics) =>
        Writing(() =>
        {
            using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(Record(metrics));
        });

    private byte[] Record(EpochMetrics metrics)
    {
        var summary = new Summary();
        Add("accuracy/train", metrics.TrainAccuracy);
        Add("accuracy/test", metrics.TestAccuracy);
        Add("accuracy/held_out", metrics.HeldOutAccuracy);
        Add("labels/clean", metrics.CleanAccuracy);
        Add("labels/memorized", metrics.MemorizedShare);
        Add("labels/recovered", metrics.RecoveredShare);
        Add("accuracy/running", metrics.RunningAccuracy);
        Add("loss/running", metrics.RunningLoss);
        // nothing was learned in epoch 0: a 0 would be a false point
        Add("learning_rate", metrics.Epoch == 0 ? null : metrics.LearningRate);
        return EventRecords.Frame(
            new Event
            {
                WallTime = Start + metrics.Seconds,
                Step = metrics.Epoch,
                Summary = summary,
            }
        );

        void Add(string tag, double? value)
        {
            if (value is not null)
            {
                summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
            }
        }
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(_path, error);
        }
    }
}
