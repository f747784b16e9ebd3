using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>No command writes over a file that it reads.</summary>
public sealed class InputGuardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("review t.csv --export csv --output t.csv")]
    [InlineData("review t.csv --export label-studio --output t.csv")]
    [InlineData("review t.csv --export csv --output link.csv")]
    [InlineData("audit t.csv --sarif t.csv")]
    [InlineData("audit t.csv --junit t.csv")]
    [InlineData("audit link.csv --junit t.csv")]
    [InlineData("audit --predictions p.npy --labels y.txt --sarif y.txt")]
    [InlineData("audit t.csv --decisions d.csv --sarif d.csv")]
    [InlineData("data show t.csv --out t.csv")]
    [InlineData("data pack t.csv t.csv")]
    [InlineData("embed t.csv --out t.csv")]
    [InlineData("evaluate run t.csv --report t.csv")]
    [InlineData("quickstart --data t.csv --report t.csv")]
    [InlineData("quickstart --data t.csv --picture t.csv")]
    [InlineData("audit examples.csv --output .")]
    [InlineData("audit suspects.csv --output .")]
    [InlineData("audit t.csv --decisions keep.txt --output .")]
    [InlineData("data check checks.csv --output .")]
    public void A_file_that_is_read_is_not_written(string line)
    {
        string[] names = ["t.csv", "y.txt", "p.npy", "d.csv", "examples.csv", "suspects.csv", "keep.txt", "checks.csv"];
        foreach (var name in names)
        {
            File.WriteAllText(_folder.File(name), $"content of {name}");
        }

        File.CreateSymbolicLink(_folder.File("link.csv"), _folder.File("t.csv"));
        string[] words =
        [
            .. line.Split(' ')
                .Select(word =>
                    word == "." ? _folder.Path
                    : word.Contains('.', StringComparison.Ordinal) ? _folder.File(word)
                    : word
                ),
        ];
        var (code, _, error) = Command.Run(words);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Matches("^rote: .*(which is read by this command|would be overwritten).*; choose another (file|folder)\\.\n$", error);
        Assert.All(names, name => Assert.Equal($"content of {name}", File.ReadAllText(_folder.File(name))));
    }

    [Fact]
    public void Other_files_of_the_same_folder_are_written()
    {
        var table = _folder.File("t.csv");
        File.WriteAllLines(table, ["a,label", .. Enumerable.Range(0, 40).Select(i => $"{i},{(i % 2 == 0 ? "odd" : "even")}")]);
        var (code, _, error) = Command.Run("data", "show", table, "--out", _folder.File("t.png"));
        Assert.True(code == ExitCode.Done, error);
        (code, _, error) = Command.Run("data", "check", table, "--output", _folder.Path);
        Assert.True(code == ExitCode.Done, error);
        Assert.True(File.Exists(_folder.File("checks.csv")));
    }
}
