using System.CommandLine;
using Rote.Cli;

namespace Rote.Tests.Cli;

/// <summary>The library names settings, commands name options.</summary>
public sealed class SettingNamesTests
{
    private static readonly Command Root = Program.Build();

    [Fact]
    public void Every_setting_is_an_option_of_some_command()
    {
        var commands = All(Root).ToArray();
        Assert.NotEmpty(Setting.All);
        Assert.All(
            Setting.All,
            setting => Assert.Contains(commands, command => SettingNames.Of(setting, command).StartsWith("--", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_setting_is_called_by_its_option_only_where_there_is_one()
    {
        Assert.Equal("--patience", SettingNames.Of(Setting.Patience, Named("train")));
        Assert.Equal("the patience", SettingNames.Of(Setting.Patience, Named("audit")));
        Assert.Equal("the patience", SettingNames.Of(Setting.Patience, null));
    }

    [Fact]
    public void What_the_recipe_refuses_can_be_set_where_recipes_are()
    {
        Setting[] recipe =
        [
            Setting.HoldOut,
            Setting.Augmentation,
            Setting.EvaluateEvery,
            Setting.Schedule,
            Setting.Loss,
            Setting.Mixup,
            Setting.LabelSmoothing,
            Setting.Patience,
            Setting.StopAt,
            Setting.StopAtLoss,
            Setting.Memorization,
            Setting.WatchMemorization,
        ];
        Assert.All(recipe, setting => Assert.StartsWith("--", SettingNames.Of(setting, Named("train")), StringComparison.Ordinal));
    }

    [Fact]
    public void One_error_is_said_in_words_and_with_options()
    {
        var error = new InputException($"{"t.csv"} has {1234:N0} rows of no use; choose the labels with {Setting.LabelColumn}.", null);
        Assert.Equal("t.csv has 1,234 rows of no use; choose the labels with the label column.", error.Message);
        Assert.Equal(
            ("t.csv has 1,234 rows of no use; choose the labels with --label-column.", ExitCode.WrongInput),
            ErrorSentence.Of(error, Named("audit"))
        );
        Assert.Equal((error.Message, ExitCode.WrongInput), ErrorSentence.Of(error, Named("doctor")));
    }

    [Fact]
    public void A_part_of_a_sentence_keeps_its_settings()
    {
        Sentence remedy = $"use a smaller {Setting.ImageSize}";
        var error = new MachineException($"Too large: {remedy}.\u001b");
        Assert.Equal("Too large: use a smaller image size.\uFFFD", error.Message);
        Assert.Equal("Too large: use a smaller --image-size.\uFFFD", ErrorSentence.Of(error, Named("train")).Sentence);
    }

    private static Command Named(string name) => Root.Subcommands.First(command => command.Name == name);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
