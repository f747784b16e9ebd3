using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary><c>rote train --memorize</c> with <c>auto</c> and with <c>--baseline</c>.</summary>
[NoTensorLeaks]
public sealed class TrainDegreesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string[] Line =>
        [
            "train",
            "shapes",
            "--network",
            "mlp-1x8",
            "--examples",
            "9400",
            "--test-examples",
            "200",
            "--epochs",
            "2",
            "--corruption",
            "corrupted-labels=0.2",
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
            "--json",
        ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Auto_tries_every_degree_and_keeps_the_best_on_examples_held_out()
    {
        var (code, output, error) = Command.Start([.. Line, "--memorize", "auto", "--workers", "1"]);
        Assert.True(code == ExitCode.Done, error);
        var result = JsonDocument.Parse(output).RootElement;
        var degrees = result.GetProperty("degrees").EnumerateArray().ToArray();
        Assert.Equal([0.1, 0.25, 0.5, 0.75, 1], degrees.Select(degree => degree.GetProperty("asked").GetDouble()));
        var best = degrees.MaxBy(HeldOut);
        Assert.Equal(best.GetProperty("run").GetString(), result.GetProperty("run").GetString());
        Assert.Equal(5, Directory.GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories).Length);
        Assert.Contains("kept", error, StringComparison.Ordinal);

        static double HeldOut(JsonElement degree) => degree.GetProperty("heldOutAccuracy").GetProperty("value").GetDouble();
    }

    [Fact]
    public void The_baseline_has_the_same_canaries_and_believes_every_label()
    {
        var (code, output, error) = Command.Run([.. Line, "--memorize", "0", "--baseline", "--threads", "1"]);
        Assert.True(code == ExitCode.Done, error);
        var result = JsonDocument.Parse(output).RootElement;
        var (dial, plain) = (result.GetProperty("run").GetString()!, result.GetProperty("baseline").GetProperty("run").GetString()!);
        Assert.Equal(File.ReadAllText(Path.Combine(dial, "canaries.csv")), File.ReadAllText(Path.Combine(plain, "canaries.csv")));
        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(dial, "weights.safetensors")),
            File.ReadAllBytes(Path.Combine(plain, "weights.safetensors"))
        );
        Assert.Contains("Without the dial: memorization", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--baseline", "give --memorize with a number")]
    [InlineData("--memorize auto --baseline", "give --memorize with a number")]
    [InlineData("--memorize 0.5 --baseline --seeds 2", "no --seeds")]
    [InlineData("--memorize auto --seeds 2", "leave --seeds out")]
    [InlineData("--memorize auto --watch-memorization", "give one of them")]
    [InlineData("--memorize auto --canaries 1000", "2000 canaries are more than 20")]
    [InlineData("--memorize 0.5 --workers 2", "--workers trains several seeds")]
    [InlineData("--memorize auto --workers 0", "The number of workers is 0")]
    public void What_cannot_be_chosen_is_one_sentence(string options, string sentence)
    {
        var (code, _, error) = Command.Run([.. Line, .. options.Split(' ')]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
