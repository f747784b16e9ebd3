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
            "quickstart",
            "--data",
            "shapes",
            "--examples",
            "200",
            "--network",
            "mlp-1x32",
            "--epochs",
            "60",
            "--rule-epochs",
            "0",
            "--threads",
            "1",
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
            "--report",
            _folder.File("report.html"),
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
            document.GetProperty("variants").EnumerateArray().Select(v => v.GetProperty("id").GetString())
        );
        Assert.Contains("report.html", error, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(_folder.File("report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(5, Directory.GetFiles(_folder.File("runs"), "summary.json", SearchOption.AllDirectories).Length);

        var weights = Directory
            .GetFiles(_folder.File("runs"), "weights.safetensors", SearchOption.AllDirectories)
            .ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(ExitCode.Done, Command.Run(Line).Code);
        Assert.All(weights, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void Own_pictures_are_trained_on_and_named_by_their_content()
    {
        for (uint i = 0; i < 20; i++)
        {
            PictureFiles.Write(_folder, $"my pets/{(i < 10 ? "cat" : "dog")}/{i}.png", PictureFiles.Noise(40, 40, i));
        }

        string[] line =
        [
            "quickstart",
            "--data",
            _folder.File("my pets"),
            "--image-size",
            "8",
            "--examples",
            "12",
            "--network",
            "mlp-1x32",
            "--epochs",
            "2",
            "--rule-epochs",
            "0",
            "--threads",
            "1",
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
            "--report",
            _folder.File("report.html"),
        ];
        Assert.Equal(ExitCode.Done, Command.Run(line).Code);
        var runs = Directory.GetDirectories(_folder.File("runs"));
        Assert.Equal(5, runs.Length);
        Assert.All(
            runs,
            run =>
            {
                Assert.Contains("-my-pets-", Path.GetFileName(run), StringComparison.Ordinal);
                var data = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "experiment.json"))).RootElement.GetProperty("data");
                Assert.Equal(
                    ("my-pets", 8, 64),
                    (
                        data.GetProperty("name").GetString(),
                        data.GetProperty("imageSize").GetInt32(),
                        data.GetProperty("sha256").GetString()!.Length
                    )
                );
            }
        );

        // The same pictures: the same runs. Another picture: others.
        Assert.Equal(ExitCode.Done, Command.Run(line).Code);
        Assert.Equal(5, Directory.GetDirectories(_folder.File("runs")).Length);
        PictureFiles.Write(_folder, "my pets/cat/20.png", PictureFiles.Noise(40, 40, 99));
        Assert.Equal(ExitCode.Done, Command.Run(line).Code);
        Assert.Equal(10, Directory.GetDirectories(_folder.File("runs")).Length);
    }

    [Fact]
    public void The_second_picture_is_drawn_on_the_page_and_as_a_file_of_its_own()
    {
        string[] line = [.. Line.Select((word, i) => i > 0 && Line[i - 1] == "--rule-epochs" ? "3" : word)];
        var (code, output, error) = Command.Run([.. line, "--rule-picture", _folder.File("rule.svg"), "--json"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(41, JsonDocument.Parse(output).RootElement.GetProperty("rule").GetProperty("modulus").GetInt32());
        Assert.Contains("from rote to rule: At epoch", error, StringComparison.Ordinal);
        Assert.Contains("id=\"rule\"", File.ReadAllText(_folder.File("report.html")), StringComparison.Ordinal);
        Assert.StartsWith("<svg", File.ReadAllText(_folder.File("rule.svg")), StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFiles(_folder.File("runs"), "summary.json", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("--rule-epochs is", "--rule-epochs", "x")]
    [InlineData("second picture is -1", "--rule-epochs", "-1")]
    [InlineData("--rule-picture draws", "--rule-epochs", "0", "--rule-picture", "x.svg")]
    public void A_second_picture_that_cannot_be_is_one_sentence(string sentence, params string[] options)
    {
        var (code, _, error) = Command.Run(["quickstart", "--data", "shapes", .. options]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    /// <summary>They failed after all trainings, as an internal error.</summary>
    [Theory]
    [InlineData("--report", "")]
    [InlineData("--report", ".")]
    [InlineData("--picture", "")]
    public void What_is_no_files_name_is_refused_before_anything_is_trained(string option, string value)
    {
        var (code, _, error) = Command.Run([.. Line[..^2], option, value]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"rote: {option} is ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("runs")));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_one_sentence_and_the_runs_are_kept()
    {
        File.WriteAllText(_folder.File("file"), "in the way");
        var (code, _, error) = Command.Run([.. Line[..^2], "--report", Path.Combine(_folder.File("file"), "report.html"), "--quiet"]);
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("Cannot write", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(_folder.File("runs"), "summary.json", SearchOption.AllDirectories).Length);
    }
}
