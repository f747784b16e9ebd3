using Rote.Cli;

namespace Rote.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("../rote", "../rote train shapes --runs 'my runs'")]
    [InlineData("/a b/rote", "'/a b/rote' train shapes --runs 'my runs'")]
    [InlineData("", "rote train shapes --runs 'my runs'")]
    [InlineData(null, "rote train shapes --runs 'my runs'")]
    public void What_goes_on_is_called_as_it_was_called_and_a_page_names_the_program_alone(string? called, string expected)
    {
        var parse = global::Rote.Cli.Program.Build().Parse(["train", "shapes", "--runs", "my runs"]);
        var before = Environment.GetEnvironmentVariable(CommandLine.CalledAs);
        try
        {
            Environment.SetEnvironmentVariable(CommandLine.CalledAs, called);
            Assert.Equal(expected, CommandLine.Typed(parse));
            Assert.Equal("rote train shapes --runs 'my runs'", CommandLine.Of(parse));
        }
        finally
        {
            Environment.SetEnvironmentVariable(CommandLine.CalledAs, before);
        }
    }
}
