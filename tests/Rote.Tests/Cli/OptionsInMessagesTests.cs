using System.Text.RegularExpressions;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>What a message recommends can be typed.</summary>
public sealed partial class OptionsInMessagesTests
{
    /// <summary>Of npm, of dotnet nuget, and CSS.</summary>
    private static readonly string[] Others =
    [
        "--fetch-retries",
        "--fetch-retry-maxtimeout",
        "--fetch-retry-mintimeout",
        "--ignore-scripts",
        "--no-update-notifier",
        "--prefer-offline",
        "--clear",
        "--error-width",
        "--paper",
        "--help",
    ];

    [Fact]
    public void Every_option_that_a_message_names_is_one_of_a_command()
    {
        var known = All(Program.Build())
            .SelectMany(command => command.Options)
            .SelectMany(option => option.Aliases.Append(option.Name))
            .Concat(Others)
            .ToHashSet(StringComparer.Ordinal);
        var wrong = Directory
            .GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path =>
                File.ReadLines(path)
                    .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    .SelectMany(line => Text().Matches(line))
                    .SelectMany(text => Named().Matches(text.Value))
                    .Select(option => (File: Path.GetFileName(path), Option: option.Value))
            )
            .Where(use => !known.Contains(use.Option))
            .Distinct()
            .ToArray();
        Assert.Equal("", string.Join(" ", wrong.Select(use => $"{use.File}:{use.Option}")));
    }

    private static IEnumerable<System.CommandLine.Command> All(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(All).Prepend(command);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*[a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
