namespace Rote.Tests.Cli.Advising;

/// <summary>The same of files that may not be read, are damaged, or hold what is not expected.</summary>
public sealed class TypedAdviceOnFilesTests(PreparedFolder prepared) : IClassFixture<PreparedFolder>
{
    internal static readonly TypedAdvice[] All = [.. AdviceOnRights.All, .. AdviceOnEncoders.All, .. AdviceOnDamage.All];

    public static TheoryData<string> Names => [.. All.Select(advice => advice.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Advice_that_is_followed_gives_what_was_asked_for(string name) =>
        TypedAdviceTests.Follow(All.Single(advice => advice.Name == name), prepared);
}
