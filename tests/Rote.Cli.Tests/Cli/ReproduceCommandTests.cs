using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class ReproduceCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string[] Line =>
        [
            "reproduce",
            "zhang2017",
            "--scale",
            "smoke",
            "--precision",
            "float32",
            "--workers",
            "1",
            "--runs",
            _folder.File("runs"),
            "--report",
            _folder.File("page/zhang.html"),
        ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Claims_are_run_judged_and_written_and_a_second_time_nothing_is_trained()
    {
        var (code, output, error) = Command.Start([.. Line, "--only", "parameters,table1/mlp-1x512,first/mlp-1x512,section2.2", "--json"]);
        Assert.Equal(ExitCode.Done, code);
        var document = JsonDocument.Parse(output).RootElement;
        var claims = document.GetProperty("claims").EnumerateArray().ToDictionary(claim => claim.GetProperty("id").GetString()!);
        Assert.Equal(5 + 6 + 2 + 1, claims.Count);
        Assert.Equal("reproduced", claims["parameters/small-inception"].GetProperty("verdict").GetString());
        Assert.Equal("reproduced", claims["table1/mlp-1x512/random-labels/train"].GetProperty("verdict").GetString());
        Assert.Equal("not run at this scale", claims["table1/mlp-1x512/none/test"].GetProperty("verdict").GetString());
        Assert.Equal(
            $"rote reproduce zhang2017 --only section2.2/rademacher --scale smoke --precision float32 --runs {_folder.File("runs")}",
            claims["section2.2/rademacher"].GetProperty("command").GetString()
        );
        Assert.Contains("claims that were looked at are reproduced", error, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(_folder.File("page/zhang.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(output.Trim(), File.ReadAllText(_folder.File("page/zhang.json")).Trim());

        var weights = Directory
            .GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories)
            .ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(6, weights.Count); // true, weight decay, random, half corrupted, two labelings
        Assert.Equal(ExitCode.Done, Command.Start([.. Line, "--only", "table1/mlp-1x512,first/mlp-1x512,section2.2"]).Code);
        Assert.All(weights, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void Under_check_a_claim_that_is_not_reproduced_is_exit_code_1()
    {
        string[] claim = ["--only", "table4/small-alexnet"]; // sixty pictures are fitted, weight decay or not: it does not fail to converge
        Assert.Equal(ExitCode.Done, Command.Start([.. Line, .. claim]).Code);
        Assert.Equal(ExitCode.CheckFailed, Command.Start([.. Line, .. claim, "--check"]).Code);
    }

    [Fact]
    public void The_claims_can_be_listed_without_running_any()
    {
        var (code, output, _) = Command.Run(
            "reproduce",
            "zhang2017",
            "--scale",
            "laptop",
            "--all",
            "--list",
            "--runs",
            _folder.File("runs")
        );
        Assert.Equal(ExitCode.Done, code);
        Snapshot.Verify(output, "reproduce-list");
        Assert.False(Directory.Exists(_folder.File("runs")));
    }

    [Theory]
    [InlineData("There is no study \"zhang2016\"; did you mean zhang2017?", "zhang2016")]
    [InlineData("There is no scale \"laptob\"; did you mean laptop?", "zhang2017", "--scale", "laptob")]
    [InlineData("There is no claim \"table3\"; did you mean table1?", "zhang2017", "--only", "table3")]
    [InlineData("--only is ',', expected names of claims", "zhang2017", "--only", ",")]
    [InlineData("The number of seeds is 0, expected 1 to 1000.", "zhang2017", "--seeds", "0")]
    [InlineData("The number of workers is 0, expected 1 to 1024.", "zhang2017", "--workers", "0", "--scale", "smoke")]
    [InlineData("--report is ", "zhang2017", "--report", "x.json")]
    [InlineData("There is no precision \"float16\"", "zhang2017", "--precision", "float16")]
    public void Wrong_input_is_one_sentence(string sentence, params string[] arguments)
    {
        var (code, _, error) = Command.Run(["reproduce", .. arguments, "--runs", _folder.File("runs")]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"rote: {sentence}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
