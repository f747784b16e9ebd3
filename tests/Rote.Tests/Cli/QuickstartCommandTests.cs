using System.Text.Json;

using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class QuickstartCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string[] Line =>
    [
        "quickstart", "--data", "shapes", "--examples", "200", "--network", "mlp-1x32", "--epochs", "60", "--threads", "1", "--precision", "float32",
        "--runs", _folder.File("runs"), "--report", _folder.File("report.html"),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Five_kinds_of_data_are_trained_and_reported()
    {
        var (code, output, error) = Command.Run([.. Line, "--json"]);
        Assert.Equal(ExitCode.Done, code);
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            ["true-labels", "random-labels", "shuffled-pixels", "random-pixels", "gaussian-pixels"],
            document.GetProperty("variants").EnumerateArray().Select(v => v.GetProperty("id").GetString()));
        Assert.Contains("report.html", error, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(_folder.File("report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(5, Directory.GetFiles(_folder.File("runs"), "summary.json", SearchOption.AllDirectories).Length);

        var weights = Directory.GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(ExitCode.Done, Command.Run(Line).Code);
        Assert.All(weights, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_one_sentence_and_the_runs_are_kept()
    {
        File.WriteAllText(_folder.File("file"), "in the way");
        var (code, _, error) = Command.Run([.. Line, "--report", Path.Combine(_folder.File("file"), "report.html")]);
        Assert.NotEqual(ExitCode.Done, code);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
