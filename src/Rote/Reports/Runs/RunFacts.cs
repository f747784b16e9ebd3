using Rote.Experiments;
using Rote.Storage;
using Rote.Training;

namespace Rote.Reports.Runs;

/// <summary>All facts of one run as names and values, in sections; for the terminal and for a page.</summary>
/// <param name="run">The run.</param>
internal sealed class RunFacts(StoredRun run)
{
    /// <summary>Returns the sections that are not empty, in reading order.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<(string Name, string Value)> Facts)> Sections()
    {
        (string Heading, IReadOnlyList<(string Name, string Value)> Facts)[] all =
        [
            ("Results", Results()),
            ("Memorization", RunMemorization.Facts(run)),
            ("Forgotten", Forgotten()),
            ("Experiment", ExperimentFacts()),
            ("Circumstances", Circumstances()),
            ("Files", [.. run.Files().Select(file => (file.Name, Numbers.Bytes(file.Bytes)))]),
        ];
        return [.. all.Where(section => section.Facts.Count > 0)];
    }

    private (string Name, string Value)[] Results()
    {
        var which = run.Summary?.KeptEpoch is null ? "last" : "kept";
        return run.Summary is not { } summary
            ? []
            :
            [
                (
                    "Training accuracy",
                    $"{Numbers.PercentWithError(summary.TrainAccuracy())} (± binomial): {Numbers.Count(summary.TrainCorrect)} of "
                        + $"{Numbers.Count(summary.TrainCount, "example")} get the label they were given"
                ),
                .. summary.CleanAccuracy() is { } clean
                && summary.MemorizedShare() is { } memorized
                && summary.RecoveredShare() is { } recovered
                    ? new[]
                    {
                        (
                            "Unchanged labels",
                            $"{Numbers.PercentWithError(clean)} (± binomial) of the {Numbers.Count(clean.Samples, "example")} whose "
                                + $"label the corruption left alone get it"
                        ),
                        (
                            "Changed labels",
                            $"{Numbers.PercentWithError(memorized)} (± binomial) of the {Numbers.Count(memorized.Samples, "example")} "
                                + $"with a changed label get this wrong label, {Numbers.PercentWithError(recovered)} their true one"
                        ),
                    }
                    : [],
                (
                    "Test accuracy",
                    $"{Numbers.PercentWithError(summary.TestAccuracy())} (± binomial): {Numbers.Count(summary.TestCorrect)} of "
                        + $"{Numbers.Count(summary.TestCount, "example")} get their true label"
                ),
                .. summary.RunningLoss is { } loss
                    ? new[] { ("Training loss", $"{Numbers.Loss(loss)} nats, mean over the {which} epoch's batches") }
                    : [],
                ("Epochs", $"{Numbers.Count(summary.Epochs)}{RunWords.Kept(summary)}"),
                .. summary.Fitted is { } fitted && run.Experiment is { } experiment
                    ? new[] { ("Fitted", $"{(fitted ? "yes" : "no")}: {FitTarget(experiment.Recipe)} was {(fitted ? "" : "not ")}reached") }
                    : [],
                ("Parameters", Numbers.Count(summary.Parameters)),
                ("Weights", $"SHA-256 {summary.WeightsSha256}"),
            ];
    }

    private static string FitTarget(Recipe recipe) =>
        string.Join(
            " or ",
            new[]
            {
                recipe.StopAtTrainAccuracy is { } accuracy ? $"a training accuracy of {Numbers.Level(accuracy)}" : "",
                recipe.StopAtTrainLoss is { } loss ? $"a training loss of {Numbers.Loss(loss)} nats" : "",
            }.Where(target => target.Length > 0)
        );

    private IReadOnlyList<(string Name, string Value)> Forgotten()
    {
        try
        {
            return run.State == RunState.Finished && ForgottenExamples.Find(run.Folder) is { } forgotten
                ? ForgottenWords.Facts(forgotten)
                : [];
        }
        catch (InputException error)
        {
            return [("Not known", error.Message)];
        }
    }

    private (string Name, string Value)[] ExperimentFacts() =>
        run.Experiment is not { } experiment
            ? []
            :
            [
                ("In words", $"{RunWords.Title(run)}, {Numbers.Count(experiment.Threads, "thread")}"),
                ("Training", experiment.Recipe.Describe()),
                .. ExperimentFields.NotDefault(experiment).Select(field => (field.Path, Short(field.Value))),
                ("Identity", run.Identity ?? experiment.Identity),
            ];

    private (string Name, string Value)[] Circumstances() =>
        run.Manifest is not { } manifest
            ? []
            :
            [
                ("Started", Time(manifest.Started)),
                .. manifest.Finished is { } finished ? new[] { ("Finished", Time(finished)) } : [],
                .. run.Seconds is { } seconds
                    ? new[]
                    {
                        ("Training took", $"{Numbers.Seconds(seconds)} with evaluation, in {Numbers.Count(manifest.Sessions, "session")}"),
                    }
                    : [],
                ("Rote", manifest.Rote),
                ("TorchSharp", manifest.TorchSharp),
                (".NET", manifest.DotNet),
                ("System", manifest.System),
                ("Processor", $"{manifest.Processor}, {Numbers.Count(manifest.Cores, "core")}"),
            ];

    /// <summary>Cuts a long value: a list of rows may be as long as the data.</summary>
    private static string Short(string value) => Shortened.Beginning(value, 200);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'");
}
