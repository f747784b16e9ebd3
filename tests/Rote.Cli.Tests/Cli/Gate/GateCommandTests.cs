using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Gate;

/// <summary>The gate as a build calls it.</summary>
[NoTensorLeaks]
public sealed class GateCommandTests : IDisposable
{
    private const int Rows = 600;
    private readonly TempFolder _folder = new();

    public GateCommandTests()
    {
        var lines = Enumerable
            .Range(0, Rows)
            .Select(i =>
                $"{(5 * (i % 3)) + (i * 0.618034 % 1)},{1000 * (i * 0.414214 % 1)},kind {(i + (i % 5 == 0 ? 1 + (i / 5 % 2) : 0)) % 3}\n"
            );
        File.WriteAllText(_folder.File("t.csv"), "x,y,label\n" + string.Concat(lines));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fifth_of_wrong_labels_fail_at_one_percent_and_pass_at_sixty()
    {
        var (code, output, error) = Audit("--fail-over", "1%", "--sarif", Its("new/a.sarif"), "--junit", Its("new/a.xml"), "--json");
        Assert.True(code == ExitCode.CheckFailed, error);
        Assert.Contains("Failed: at least ", error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        var gate = document.RootElement.GetProperty("gate");
        Assert.Equal((0.01, "failed"), (gate.GetProperty("limit").GetDouble(), gate.GetProperty("state").GetString()));
        Assert.InRange(gate.GetProperty("low").GetDouble(), 0.05, 0.2);
        Assert.Contains("probably-wrong-label", File.ReadAllText(Its("new/a.sarif")), StringComparison.Ordinal);
        Assert.Contains("<failure ", File.ReadAllText(Its("new/a.xml")), StringComparison.Ordinal);

        var passed = Audit("--fail-over", "60 %");
        Assert.Equal(ExitCode.Done, passed.Code);
        Assert.Contains("Passed: that more than 60\u00A0% of the labels are wrong is not shown", passed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fail-over is 'abc'", "--fail-over", "abc")]
    [InlineData("--fail-over is '-1'", "--fail-over=-1")]
    [InlineData("--sarif is empty", "--sarif", "")]
    [InlineData("which is a folder", "--sarif", ".")]
    [InlineData("which is a folder", "--junit", "nothing/")]
    [InlineData("a character that no file's name has", "--junit", "a\0b")]
    public void A_bad_value_is_one_sentence_before_anything_is_trained(string part, params string[] options)
    {
        var (code, output, error) = Audit(options);
        Assert.Equal((ExitCode.WrongInput, ""), (code, output));
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(Its("audits")));
    }

    [Fact]
    public void One_file_for_both_a_file_as_a_folder_and_a_gate_without_an_interval_are_refused()
    {
        Assert.Contains("give two files", Audit("--sarif", Its("a"), "--junit", Its("a")).Error, StringComparison.Ordinal);
        var (code, _, error) = Audit("--sarif", Its("t.csv/a.sarif"));
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
        File.WriteAllText(Its("p.csv"), "a,b\n0.5,0.5\n");
        Assert.Contains(
            "their count has no interval",
            Command.Run("audit", "--predictions", Its("p.csv"), "--labels", Its("p.csv"), "--fail-over", "2%").Error,
            StringComparison.Ordinal
        );
    }

    private string Its(string name) => _folder.File(name);

    private (int Code, string Output, string Error) Audit(params string[] options) =>
        Command.Run([
            "audit",
            Its("t.csv"),
            "--members",
            "8",
            "--epochs",
            "30",
            "--precision",
            "float32",
            "--audits",
            Its("audits"),
            "--quiet",
            .. options,
        ]);
}
