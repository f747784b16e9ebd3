using Rote.Workers;

namespace Rote.Cli.Displays;

/// <summary>A set of runs in words.</summary>
internal static class RunSetText
{
    /// <summary>As "begins", "30 epochs, 99.5 % train, 51.0 % test, 21 s", "failed. …".</summary>
    public static string News(RunNews news) =>
        news switch
        {
            { Outcome.Run: { } run } => $"{Count(run.Summary.Epochs, "epoch")}, {run.Summary.TrainAccuracy().Value:P1} train, "
                + $"{run.Summary.TestAccuracy().Value:P1} test, {run.History[^1].Seconds:F0} s"
                + (news.IsElsewhere ? ", by another process" : ""),
            { Outcome.Failure: { } failure } => $"failed. {failure.Sentence}",
            { Retried: { } sentence } => sentence,
            _ => "begins",
        };

    /// <summary>As "12 runs: 3 done, 1 failed, 2 in work, 6 waiting; about 4 min left".</summary>
    public static string Summary(RunSetProgress progress)
    {
        var left =
            progress.Running.Count + progress.Waiting == 0 ? ""
            : progress.Left is { } time ? $"; about {Duration(time)} left"
            : "; time left not known yet";
        return $"{Count(progress.Total, "run")}: {progress.Done} done, {progress.Failed} failed, {progress.Running.Count} in work, "
            + $"{progress.Waiting} waiting{left}";
    }

    /// <summary>Number, title, epoch, training accuracy, test accuracy, speed; empty where training has not begun.</summary>
    public static string[] Row(RunningRun run) =>
        run.Training is { } training
            ?
            [
                $"{run.Number}",
                run.Request.Title,
                $"{training.Epoch} of at most {run.Request.Experiment.Recipe.Epochs}",
                Share(training.Last.TrainAccuracy, "train"),
                Share(training.Last.TestAccuracy, "test"),
                $"{training.ExamplesPerSecond:N0} images/s",
            ]
            : [$"{run.Number}", run.Request.Title, "preparing", "", "", ""];

    /// <summary>Two units at most, rounded to the smaller: "45 s", "4 min", "2 h 10 min", "3 d 4 h".</summary>
    internal static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds);
        if (seconds < 60)
        {
            return $"{seconds} s";
        }

        var minutes = (long)Math.Round(time.TotalMinutes);
        return minutes switch
        {
            < 60 => $"{minutes} min",
            < 24 * 60 => $"{minutes / 60} h {minutes % 60} min",
            _ => $"{(long)Math.Round(time.TotalHours) / 24} d {(long)Math.Round(time.TotalHours) % 24} h",
        };
    }

    private static string Share(double? share, string of) => share is null ? "" : $"{share:P1} {of}";

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
