using System.Text.Json;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Cli.Documents;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

public sealed class SchemaCommandTests
{
    [Theory]
    [InlineData("audit", "audit")]
    [InlineData("runs-list", "runs-list")]
    [InlineData("runs-list", "runs", "list")]
    [InlineData("runs-list", "runs list")]
    [InlineData("theory-minimum-norm", "theory", "minimum-norm", "--json")]
    public void A_schema_is_printed_as_its_file_has_it(string file, params string[] words)
    {
        var (code, output, error) = Command.Run(["schema", .. words]);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "schemas", $"{file}.schema.json")), output);
    }

    [Fact]
    public void Without_a_name_all_are_listed()
    {
        var (code, output, error) = Command.Run("schema");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(Schemas.Names, output.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
        using var document = JsonDocument.Parse(Command.Run("schema", "--json").Output);
        Assert.Empty(DocumentCheck.Errors("schema", document.RootElement.GetRawText()));
        Assert.Contains("rote runs list", document.RootElement.EnumerateArray().Select(entry => entry.GetProperty("command").GetString()));
    }

    [Theory]
    [InlineData("There is no schema \"audti\"; did you mean audit?", "audti")]
    [InlineData("There is no schema \"runs\"; did you mean runs-compare?", "runs")]
    [InlineData("There is no schema \"runs lst\"; did you mean runs-list?", "runs", "lst")]
    [InlineData("There is no schema \"\";", "")]
    [InlineData("There is no schema \"../../../etc/passwd\";", "../../../etc/passwd")]
    [InlineData("There is no schema \"completion\";", "completion")]
    public void An_unknown_name_is_answered_with_the_nearest(string sentence, params string[] words)
    {
        var (code, output, error) = Command.Run(["schema", .. words]);
        Assert.Equal((ExitCode.WrongInput, ""), (code, output));
        Assert.StartsWith($"rote: {sentence}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Names_are_completed() => Assert.Equal(["frontier"], CompletionCommand.Of("rote schema fro", 15));
}
