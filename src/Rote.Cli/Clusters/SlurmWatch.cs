using System.Diagnostics;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>Asks Slurm now and then whether a job still has tasks, and shows what changes.</summary>
/// <param name="screen">Where words go.</param>
/// <param name="run">The job; null: it was over before anybody could look.</param>
/// <param name="folder">Its folder.</param>
/// <param name="kind">What its workers make.</param>
internal sealed class SlurmWatch(Screen screen, SlurmRun? run, JobFolder folder, JobKind kind)
{
    /// <summary>A controller has others to answer, and who waits for hours needs no answer every second.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two tasks of a queue that starts again there is a moment without any.</summary>
    private static readonly TimeSpan PauseWithoutTasks = TimeSpan.FromSeconds(3);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private long? _asked;
    private string _said = "";
    private string? _over;

    /// <summary>Why no task is left.</summary>
    /// <returns>Null while there may be one.</returns>
    public string? Over()
    {
        if (run is null)
        {
            return $"The {kind.Piece} is there no more; give the command again.";
        }

        if (_asked is { } asked && Stopwatch.GetElapsedTime(asked) < Pause())
        {
            return null;
        }

        _asked = Stopwatch.GetTimestamp();
        var tasks = SlurmClient.Tasks(run.Job);
        if (tasks is [])
        {
            if (_over is not null)
            {
                return _over;
            }

            _over = run.WhyOver(folder, kind);
            return null;
        }

        _over = null;
        if (tasks is not null && run.Words(tasks) is var words && words != _said)
        {
            _said = words;
            if (!screen.Quiet)
            {
                screen.Answer(words);
            }
        }

        return null;
    }

    private TimeSpan Pause() =>
        LookPause.After(Stopwatch.GetElapsedTime(_begun), _over is null ? ShortestPause : PauseWithoutTasks, LongestPause);
}
