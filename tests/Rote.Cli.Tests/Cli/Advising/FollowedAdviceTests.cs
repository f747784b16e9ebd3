using System.Text.RegularExpressions;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Every text of the sources that gives advice has been followed by a case, or it says here who follows it or why nobody
/// can.</summary>
public sealed partial class FollowedAdviceTests
{
    /// <summary>Reports, studies and help speak to who has no problem: only what is thrown there is a message.</summary>
    private static readonly string[] Pages = ["Rote/Reports/", "Rote/Studies/", "Rote.Cli/Help/", "Rote.Cli/Documents/"];

    /// <summary>A command that has every option.</summary>
    private static readonly System.CommandLine.Command Any = AnyCommand();

    private static readonly string[] Seen =
    [
        .. TypedAdviceTests.All.Concat(TypedAdviceOnFilesTests.All).SelectMany(advice => advice.Messages),
        .. Data.Advising.AdviceTests.Messages.Select(message => message.Format(setting => SettingNames.Of(setting, Any))),
        .. typeof(AdviceTests)
            .GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .SelectMany(data => ((InlineDataAttribute)data).Data.OfType<string>()),
    ];

    [Fact]
    public void Every_advice_in_the_sources_is_followed_or_it_is_said_why_not()
    {
        var missing = Pieces()
            .Where(piece => !Seen.Any(message => message.Contains(piece.Advice, StringComparison.Ordinal)))
            .Where(piece => !AdviceElsewhere.All.Any(other => Fits(piece, other.Place, other.Advice)))
            .Select(piece => $"{piece.File}: {piece.Advice}");
        var list = string.Join("\n", missing.Distinct());
        Assert.True(list.Length == 0, list);
    }

    [Fact]
    public void What_is_followed_elsewhere_is_still_advised()
    {
        var pieces = Pieces().ToArray();
        var gone = AdviceElsewhere.All.Where(other => !pieces.Any(piece => Fits(piece, other.Place, other.Advice)));
        Assert.Empty(gone);
    }

    /// <summary>A row of the table that names a test names one that there is.</summary>
    [Fact]
    public void Whoever_is_said_to_follow_advice_is_a_test() =>
        Assert.All(
            AdviceElsewhere.Followed,
            row => Assert.NotEmpty(row.Tests.GetMethod(row.Test)!.GetCustomAttributes(typeof(FactAttribute), inherit: true))
        );

    private static bool Fits((string File, string Advice) piece, string place, string advice) =>
        piece.File.EndsWith($"/{place}.cs", StringComparison.Ordinal) && piece.Advice.StartsWith(advice, StringComparison.Ordinal);

    /// <summary>What the texts of the sources tell somebody to do: a verb behind a stop, with the words up to the next hole.</summary>
    private static IEnumerable<(string File, string Advice)> Pieces() =>
        from path in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), path).Replace('\\', '/')
        let joined = Joins().Replace(string.Join('\n', File.ReadLines(path).Where(line => !Aside().IsMatch(line))), "")
        let source = Pages.Any(place => file.StartsWith(place, StringComparison.Ordinal))
            ? string.Concat(Thrown().Matches(joined).Select(match => match.Value))
            : Descriptions().Replace(joined, "")
        from text in Texts().Matches(source).Select(match => match.Value)
        let said = Setting().Replace(text, match => NameOf(match.Groups["name"].Value))
        from piece in Advice().Matches(said).Select(match => match.Value)
        from way in piece.Split(", or ")
        select (file, way.TrimEnd('"', ' '));

    /// <summary>A setting as the commands of the cases call it.</summary>
    private static string NameOf(string setting) =>
        SettingNames.Of((Rote.Foundation.Setting)typeof(Rote.Foundation.Setting).GetProperty(setting)!.GetValue(null)!, Any);

    private static System.CommandLine.Command AnyCommand()
    {
        var any = new System.CommandLine.Command("any");
        foreach (var option in Leaves(Program.Build()).SelectMany(command => command.Options).DistinctBy(option => option.Name))
        {
            any.Options.Add(option);
        }

        return any;
    }

    private static IEnumerable<System.CommandLine.Command> Leaves(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(Leaves).Prepend(command);

    /// <summary>Comments.</summary>
    [GeneratedRegex(@"^\s*//", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Aside();

    /// <summary>What help says of an option or a command's argument, its parts joined.</summary>
    [GeneratedRegex(
        "(?:Description =|string \\w*(?:Description|Help) =)\\s*\\$?\"(?:[^\"\\\\\\n]|\\\\.|\\{[^{}\\n]*\\})*\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Descriptions();

    /// <summary>What is made to be thrown; a bracket in a text ends it not.</summary>
    [GeneratedRegex(
        "(?<=new \\w*Exception\\()(?:\"(?:[^\"\\\\\\n]|\\\\.|\\{[^{}\\n]*\\})*\"|(?!\\);)[^\"])*",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Thrown();

    /// <summary>Where a text goes on in the next line.</summary>
    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Joins();

    [GeneratedRegex("\"(?:[^\"\\\\\\n]|\\\\.|\\{[^{}\\n]*\\})*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{Setting\.(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(
        "(?<=[;:.] |, or | or )(?i:choose|give|leave|set|use|take|remove|delete|train|name|save|write|add|make|run|start|stop|"
            + "close|install|say|move|keep|download|ask|wait|check|fill|build|fetch|audit|forget|list|submit|"
            + "type|export|review|load|restore|merge|look|"
            + "corrupt|generate|scale|do|repeat|put|sign|see|read|raise|lower|cut|try|press)\\b(?!\\.)[^{}\"]*",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Advice();
}
