using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class FrontierCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string[] Line =>
        [
            "frontier",
            "shapes",
            "--network",
            "mlp-1x8",
            "--examples",
            "9400",
            "--test-examples",
            "200",
            "--epochs",
            "2",
            "--targets",
            "0.5",
            "--corruption",
            "corrupted-labels=0.2",
            "--precision",
            "float32",
            "--workers",
            "1",
            "--runs",
            _folder.File("runs"),
            "--report",
            _folder.File("page/frontier.html"),
        ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_are_made_drawn_and_written_and_a_second_time_nothing_is_trained()
    {
        var (code, output, error) = Command.Start([.. Line, "--tools", "dial,plain", "--json"]);
        Assert.Equal(ExitCode.Done, code);
        var runs = JsonDocument.Parse(output).RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(["dial", "plain"], runs.Select(run => run.GetProperty("tool").GetString()));
        Assert.Equal(0.5, runs[0].GetProperty("asked").GetDouble());
        Assert.Equal(223, runs[0].GetProperty("heldOut").GetProperty("canaries").GetInt32());
        Assert.Equal(3, runs[1].GetProperty("path").GetArrayLength());
        Assert.Contains("What the dial was asked for", error, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(_folder.File("page/frontier.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(output.Trim(), File.ReadAllText(_folder.File("page/frontier.json")).Trim());

        var weights = Directory
            .GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories)
            .ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(2, weights.Count);
        Assert.Equal(ExitCode.Done, Command.Start([.. Line, "--tools", "plain,dial,plain"]).Code);
        Assert.All(weights, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void The_first_seed_can_be_another_and_what_is_trained_has_it()
    {
        var (code, output, _) = Command.Start([.. Line, "--tools", "plain", "--seed", "5", "--seeds", "2", "--json"]);
        Assert.Equal(ExitCode.Done, code);
        var runs = JsonDocument.Parse(output).RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal([5, 6], runs.Select(run => run.GetProperty("seed").GetInt64()));
    }

    /// <summary>A few epochs fit no label by rote: no network reaches 1, and what else was asked for is there all the same.</summary>
    [Fact]
    public void An_attack_that_cannot_be_made_leaves_the_rest()
    {
        string[] asked =
        [
            .. Line.Select(word =>
                word == "2" ? "3"
                : word == "0.5" ? "1"
                : word
            ),
        ];
        var (code, output, error) = Command.Start([.. asked, "--tools", "adjustable", "--attack", "4"]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains("all of which reach it, and no degree has as many", error, StringComparison.Ordinal);
        Assert.Contains("one training for every degree", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("page/frontier.html")));
    }

    [Fact]
    public void A_part_left_out_has_a_row_of_its_own()
    {
        var (code, output, _) = Command.Start([.. Line, "--tools", "dial,dial-without-gate"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("dial without the gate", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--targets 0,2", "--targets is given '2'")]
    [InlineData("--targets ,", "--targets is given ''")]
    [InlineData("--tools dail", "did you mean dial?")]
    [InlineData("--network mlpp", "network")]
    [InlineData("--seeds 0", "The number of seeds is 0")]
    [InlineData("--report page.json", "name the page otherwise")]
    [InlineData("--examples 150", "150 examples, of which 120 are trained on, are too few for the dial")]
    [InlineData("--test-from -1", "The first test example is -1")]
    public void What_cannot_be_drawn_is_one_sentence(string options, string sentence)
    {
        var (code, _, error) = Command.Run(["frontier", "shapes", "--runs", _folder.File("runs"), .. options.Split(' ')]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
