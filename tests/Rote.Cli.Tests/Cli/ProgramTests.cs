using Rote.Cli;
using Rote.Cli.Help;
using Rote.Corruptions;
using Rote.Networks;
using Rote.Tests.Support;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Cli;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help-quickstart", "quickstart", "--help")]
    [InlineData("help-train", "train", "--help")]
    [InlineData("help-reproduce", "reproduce", "--help")]
    [InlineData("help-frontier", "frontier", "--help")]
    [InlineData("help-data", "data", "--help")]
    [InlineData("help-data-show", "data", "show", "--help")]
    [InlineData("help-data-pack", "data", "pack", "--help")]
    [InlineData("help-runs", "runs", "--help")]
    [InlineData("help-runs-list", "runs", "list", "--help")]
    [InlineData("help-runs-show", "runs", "show", "--help")]
    [InlineData("help-runs-compare", "runs", "compare", "--help")]
    [InlineData("help-runs-remove", "runs", "remove", "--help")]
    [InlineData("help-evaluate", "evaluate", "--help")]
    [InlineData("help-audit", "audit", "--help")]
    [InlineData("help-theory", "theory", "--help")]
    [InlineData("help-theory-theorem1", "theory", "theorem1", "--help")]
    [InlineData("help-theory-kernel", "theory", "kernel", "--help")]
    [InlineData("help-theory-minimum-norm", "theory", "minimum-norm", "--help")]
    [InlineData("help-doctor", "doctor", "--help")]
    [InlineData("help", "help")]
    [InlineData("help-train", "help", "train")]
    [InlineData("help-runs-list", "help", "runs", "list")]
    public void Help_is_pinned(string name, params string[] arguments)
    {
        var (code, output, error) = Command.Run(arguments);
        Assert.Equal(ExitCode.Done, code);
        Assert.Empty(error);

        // The number of threads is that of the machine. Names of open families are the catalogs': a new loss changes no help text.
        var text = output.Replace($"[default: {Environment.ProcessorCount}]", "[default: cores]", StringComparison.Ordinal);
        foreach (var (family, names) in Families)
        {
            text = text.Replace(string.Join(", ", names), $"({family})", StringComparison.Ordinal);
        }

        Snapshot.Verify(text, name);
    }

    /// <summary>Lists that help texts show as the catalogs have them, the longer one first where one holds another.</summary>
    private static (string Family, IReadOnlyList<string> Names)[] Families =>
        [
            ("networks", NetworkCatalog.Names),
            ("losses", LossCatalog.Names),
            ("schedules", ScheduleCatalog.Names),
            ("optimizers", OptimizerCatalog.Names),
            ("corruptions", CorruptionCatalog.Names),
            ("corruptions of labels", CorruptionCatalog.OfLabels),
        ];

    [Fact]
    public void Help_shows_the_names_of_open_families()
    {
        var text = string.Concat(new[] { "train", "frontier" }.Select(name => Command.Run(name, "--help").Output));
        Assert.All(Families, family => Assert.Contains(string.Join(", ", family.Names), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quickstrat", "did you mean 'quickstart'?")]
    [InlineData("quickstart --epoch 3", "did you mean '--epochs'?")]
    [InlineData("quickstart --epochs 0", "The number of epochs is 0, expected 1 to 100000.")]
    [InlineData(
        "quickstart --epochs many",
        "rote: --epochs is 'many', expected a whole number, as 14. 'rote quickstart --help' lists what there is."
    )]
    [InlineData("train shapes --epochs abc", "rote: --epochs is 'abc', expected a whole number, as 14.")]
    [InlineData("train shapes --epochs 99999999999", "--epochs is '99999999999', expected a whole number, as 14.")]
    [InlineData("train shapes --learning-rate fast", "--learning-rate is 'fast', expected a number, as 0.1.")]
    [InlineData("train shapes --weight-decay 0,0005", "--weight-decay is '0,0005', expected a number, as 0.1.")] // was 5
    [InlineData("train shapes --dropout 0,5", "--dropout is '0,5', expected a number, as 0.1.")]
    [InlineData("review a --controls 0,2", "--controls is '0,2', expected a number, as 0.1.")]
    [InlineData("train shapes --seed x", "--seed is 'x', expected a whole number, as 1.")]
    [InlineData("data export --help", "There is no command 'rote data export'.")]
    [InlineData("data export", "There is no command 'rote data export'.")]
    [InlineData("help nothing", "There is no command 'rote nothing'.")]
    [InlineData("help trian", "did you mean 'train'?")]
    [InlineData("[diagram] train shapes", "'[diagram]' is not known.")]
    [InlineData("[suggest] tr", "'[suggest]' is not known.")]
    [InlineData(
        "reproduce zhang",
        "did you mean zhang2017? (The others are imagenet-sized, rule-after-rote, double-descent, nakkiran2020, benign-kernels, "
            + "arpit2017, feldman2020, complexity-measures.)"
    )]
    [InlineData("quickstart --examples 0", "The number of examples is 0, expected at least 1.")]
    [InlineData("quickstart --threads 0", "The number of threads is 0, expected 1 to 1024.")]
    [InlineData("quickstart --network mpl-1x512", "did you mean mlp-1x512?")]
    [InlineData("quickstart --data cifr10", "did you mean cifar10?")]
    [InlineData("quickstart --precision bf16", "did you mean bfloat16?")]
    [InlineData("quickstart --seed", "--seed")]
    [InlineData("quickstart --data ./nothing", "There is nothing at ")]
    [InlineData("quickstart --data shapes --image-size 0", "The image size is 0, expected 1 to 1024.")]
    [InlineData("data show", "show")]
    [InlineData("runs lst", "did you mean 'list'?")]
    [InlineData("runs show", "show")]
    [InlineData("runs show nothing --runs none", "There is no run \"nothing\"")]
    public void A_wrong_command_line_is_answered_with_one_sentence_and_exit_code_2(string line, string part)
    {
        var (code, output, error) = Command.Run(line.Split(' '));
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Empty(output);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("data")]
    [InlineData("theory")]
    public void A_group_without_a_command_shows_its_help_on_standard_error_and_ends_with_2(string group)
    {
        var (code, output, error) = Command.Run(group);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Empty(output);
        Assert.Equal(Command.Run(group, "--help").Output, error);
    }

    [Fact]
    public void Every_example_of_the_help_is_a_command_line_that_is_understood() =>
        Assert.All(
            HelpExamples.All,
            line =>
            {
                var parse = global::Rote.Cli.Program.Build().Parse(line.Split(' ')[1..]);
                Assert.Empty(parse.Errors);
                Assert.Empty(parse.UnmatchedTokens);
            }
        );

    [Fact]
    public void Every_command_has_an_example_and_every_option_a_description()
    {
        Check(global::Rote.Cli.Program.Build());

        static void Check(System.CommandLine.Command command)
        {
            using var text = new StringWriter();
            HelpText.Write(command, text, 80);
            Assert.Contains("Example:\n  rote ", text.ToString(), StringComparison.Ordinal);
            Assert.All(
                text.ToString().Split('\n'),
                line => Assert.True(line.Length <= 80 || line.StartsWith("  rote ", StringComparison.Ordinal), line)
            );
            Assert.All(command.Options, option => Assert.NotEmpty(option.Description ?? ""));
            foreach (var part in command.Subcommands.Where(part => !part.Hidden))
            {
                Check(part);
            }
        }
    }

    [Fact]
    public void Verbose_shows_where_an_error_came_from() =>
        Assert.Contains("   at Rote.", Command.Run("quickstart", "--epochs", "0", "--verbose").Error, StringComparison.Ordinal);
}
