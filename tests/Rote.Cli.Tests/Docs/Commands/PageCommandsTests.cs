using System.Text.RegularExpressions;

namespace Rote.Tests.Docs.Commands;

/// <summary>What the pages tell people to type is run, small (<see cref="SmallRules"/>), and what cannot be run is at least understood by
/// the program.</summary>
public sealed partial class PageCommandsTests(PageRun run, ITestOutputHelper output) : IClassFixture<PageRun>
{
    /// <summary>The pages that are run.</summary>
    public static TheoryData<string> Pages => [.. PageLine.RunPages.Where(page => PageLine.Of(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_does_what_it_says(string page)
    {
        foreach (var ran in run.Of(page))
        {
            output.WriteLine($"{ran.Seconds, 6:0.0} s  {ran.Command}");
        }

        var bad = run.Of(page)
            .Where(IsBad)
            .Select(ran => $"{ran.Line}\n  was run as: {ran.Command}\n  exit code {ran.Code}\n{ran.Said}")
            .ToArray();
        Assert.True(bad.Length == 0, string.Join('\n', bad));
    }

    [Fact]
    public void Every_line_that_is_not_run_stands_on_a_page_and_has_a_reason()
    {
        var lines = PageLine.RunPages.SelectMany(PageLine.Of).Select(line => line.Text).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(SmallRules.NotRun.Keys.Concat(SmallRules.Other.Keys).Except(lines));
        Assert.Empty(SmallRules.Before.Keys.Except(PageLine.RunPages));
        Assert.All(SmallRules.NotRun.Values, reason => Assert.True(reason.Length > 10));
        Assert.True(lines.Count - SmallRules.NotRun.Count > 60, $"{lines.Count} lines, {SmallRules.NotRun.Count} not run");
    }

    [Fact]
    public void Every_command_line_of_every_page_is_understood()
    {
        var lines = PageLine.AllPages.SelectMany(PageLine.Of).Where(line => line.IsRote).ToArray();
        Assert.True(lines.Length > 90, $"{lines.Length} lines");
        Assert.Empty(
            lines
                .Select(line => (Line: line, global::Rote.Cli.Program.Build().Parse(line.Arguments).Errors))
                .Where(parsed => parsed.Errors.Count > 0)
                .Select(parsed => $"{parsed.Line}: {parsed.Errors[0].Message}")
        );
    }

    [Fact]
    public void Every_option_that_the_prose_of_a_page_gives_to_a_command_is_there()
    {
        var lines = PageLine.AllPages.SelectMany(PageLine.Quoted).ToArray();
        Assert.True(lines.Length > 60, $"{lines.Length} lines");
        Assert.Empty(lines.SelectMany(Unknown));
    }

    [Fact]
    public void An_unknown_option_is_found()
    {
        Assert.Single(Unknown(new PageLine("x.md", 1, "rote train shapes --epochz 3 --seed 1")));
        Assert.Single(Unknown(new PageLine("x.md", 1, "rote data shw")));
        Assert.Empty(Unknown(new PageLine("x.md", 1, "rote data show photos --per-class")));
    }

    private static bool IsBad(RanLine ran)
    {
        if (SmallRules.Other.TryGetValue(ran.Line.Text, out var other))
        {
            return ran.Code != other.Code || !ran.Said.Contains(other.Said, StringComparison.Ordinal);
        }

        // A gate says yes or no; on small data either may be right.
        var isGate =
            ran.Line.Text.Contains("--fail-over", StringComparison.Ordinal)
            && ran.Said.Contains("assed", StringComparison.Ordinal) | ran.Said.Contains("Failed", StringComparison.Ordinal);
        var isServed = ran.Said.Contains("127.0.0.1", StringComparison.Ordinal);
        const int Killed = 128 + 9; // it was asked to end, and did not
        return isServed
            ? !ran.Said.Contains("[200 text/html]", StringComparison.Ordinal) || ran.Code == Killed
            : ran.Code != 0 && !(isGate && ran.Code == 1);
    }

    /// <summary>Options, and commands of a group, that the program does not have.</summary>
    private static IEnumerable<string> Unknown(PageLine line)
    {
        var command = global::Rote.Cli.Program.Build();
        var words = line.Arguments;
        var depth = 0;
        while (depth < words.Length && command.Subcommands.FirstOrDefault(c => c.Name == words[depth]) is { } part)
        {
            command = part;
            depth++;
        }

        if (command.Subcommands.Count > 0 && depth < words.Length && Name().IsMatch(words[depth]))
        {
            yield return $"{line}: there is no '{words[depth]}'";
        }

        for (
            System.CommandLine.Command? at = command;
            at is not null;
            at = at.Parents.OfType<System.CommandLine.Command>().FirstOrDefault()
        )
        {
            words = [.. words.Where(word => !at.Options.Any(option => option.Name == word || option.Aliases.Contains(word)))];
        }

        foreach (var word in words.Where(word => Option().IsMatch(word)))
        {
            yield return $"{line}: there is no option {word}";
        }
    }

    [GeneratedRegex("^[a-z]", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^--[a-z]", RegexOptions.None, 1000)]
    private static partial Regex Option();
}
