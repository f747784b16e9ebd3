using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>What a command recommends is typed, and then gives what was asked for.</summary>
public sealed class TypedAdviceTests(PreparedFolder prepared) : IClassFixture<PreparedFolder>
{
    internal static readonly TypedAdvice[] All =
    [
        .. AdviceOnTraining.All,
        .. AdviceOnTheory.All,
        .. AdviceOnRuns.All,
        .. AdviceOnEvaluation.All,
        .. AdviceOnAudits.All,
        .. AdviceOnStudies.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(advice => advice.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Advice_that_is_followed_gives_what_was_asked_for(string name) => Follow(All.Single(a => a.Name == name), prepared);

    /// <summary>Types what gets the message, does what it says, and types what it leads to.</summary>
    internal static void Follow(TypedAdvice advice, PreparedFolder prepared)
    {
        using var folder = new AdviceFolder(prepared);
        advice.Given?.Invoke(folder);
        var right = folder.Named(advice.Right);
        string[] messages = [.. advice.Messages.Select(folder.Named)];
        foreach (var (asked, message) in advice.Lines.Zip(messages))
        {
            var before = Type(asked);
            Assert.Contains(message, before.Output + before.Error, StringComparison.Ordinal);
            Assert.Equal(advice.Code, before.Code);
            Assert.DoesNotContain(right, before.Output, StringComparison.Ordinal); // or there was nothing to advise
        }

        advice.Then?.Invoke(folder);
        var (code, output, error) = Type(advice.Followed);
        Assert.True(code == advice.FollowedCode, error);
        Assert.All(messages, message => Assert.DoesNotContain(message, output + error, StringComparison.Ordinal));
        Assert.Contains(right, output + error, StringComparison.Ordinal);

        (int Code, string Output, string Error) Type(string line) =>
            advice.IsBound ? Command.StartBound(folder.Words(line)) : Command.Run(folder.Words(line));
    }
}
