using System.CommandLine;

namespace Rote.Cli;

/// <summary>How a command calls what the library's messages name: by its option where it has one, else in words.</summary>
internal static class SettingNames
{
    private static readonly Dictionary<Setting, string> Options = new()
    {
        [Setting.Data] = "--data",
        [Setting.Labels] = "--labels",
        [Setting.LabelColumn] = "--label-column",
        [Setting.Ignore] = "--ignore",
        [Setting.Text] = "--text",
        [Setting.Categorical] = "--categorical",
        [Setting.Show] = "--show",
        [Setting.Names] = "--names",
        [Setting.Images] = "--images",
        [Setting.ImageSize] = "--image-size",
        [Setting.Fit] = "--fit",
        [Setting.SkipBad] = "--skip-bad",
        [Setting.FollowLinks] = "--follow-links",
        [Setting.Examples] = "--examples",
        [Setting.Split] = "--split",
        [Setting.Runs] = "--runs",
        [Setting.Output] = "--output",
        [Setting.Overwrite] = "--overwrite",
        [Setting.HoldOut] = "--hold-out",
        [Setting.Augmentation] = "--augment",
        [Setting.EvaluateEvery] = "--evaluate-every",
        [Setting.Schedule] = "--schedule",
        [Setting.Loss] = "--loss",
        [Setting.Mixup] = "--mixup",
        [Setting.LabelSmoothing] = "--label-smoothing",
        [Setting.Patience] = "--patience",
        [Setting.StopAt] = "--stop-at",
        [Setting.StopAtLoss] = "--stop-at-loss",
        [Setting.Memorization] = "--memorize",
        [Setting.WatchMemorization] = "--watch-memorization",
        [Setting.Gamma] = "--gamma",
        [Setting.Only] = "--only",
        [Setting.Budget] = "--budget",
        [Setting.Network] = "--network",
        [Setting.Device] = "--device",
    };

    /// <summary>The name of a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="command">Where the message is shown; null: nowhere that has options.</param>
    public static string Of(Setting setting, Command? command) =>
        command is not null && Options.TryGetValue(setting, out var option) && command.Options.Any(o => o.Name == option)
            ? option
            : setting.ToString();
}
