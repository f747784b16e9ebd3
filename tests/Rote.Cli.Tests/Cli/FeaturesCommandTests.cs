using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class FeaturesCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_measured_beside_the_one_on_random_labels_that_is_there()
    {
        Train("true-labels");
        Train("random-labels");
        var (code, output, error) = Command.Run("features", "true-labels", "--runs", Runs, "--examples", "100", "--json");
        Assert.Equal((ExitCode.Done, true), (code, error.Contains("The page: ", StringComparison.Ordinal)));
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("rote-features-1", document.GetProperty("format").GetString());
        var roles = document
            .GetProperty("features")
            .GetProperty("networks")
            .EnumerateArray()
            .Select(n => n.GetProperty("role").GetString());
        Assert.Equal(["subject", "untrained", "random-labels"], roles);
        Assert.Equal(15, document.GetProperty("signs").GetArrayLength());
        var folder = Path.Combine(Directory.GetDirectories(Runs, "*-true-labels").Single(), "features");
        Assert.Equal(output.Trim(), File.ReadAllText(Path.Combine(folder, "features.json")).Trim());
        Assert.Contains("<h1>What has it become?</h1>", File.ReadAllText(Path.Combine(folder, "features.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_said_in_one_sentence()
    {
        Train("true-labels");
        Assert.Contains("There is no run \"nothing\"", Wrong("features", "nothing"), StringComparison.Ordinal);
        Assert.Contains("is named twice", Wrong("features", "true-labels", "true-labels"), StringComparison.Ordinal);
        Assert.Contains(
            "expected 40 to 20000; set --examples",
            Wrong("features", "true-labels", "--examples", "3"),
            StringComparison.Ordinal
        );
        Assert.Contains("expected a whole number", Wrong("features", "true-labels", "--examples", "many"), StringComparison.Ordinal);
        Assert.Contains("--output is empty", Wrong("features", "true-labels", "--output", ""), StringComparison.Ordinal);
        Assert.Contains("the number of threads", Wrong("features", "true-labels", "--threads", "0"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mnist", Wrong("features", "true-labels", "--data", "mnist"), StringComparison.Ordinal);
    }

    private string Runs => _folder.File("runs");

    private void Train(string corruption) =>
        Assert.Equal(
            ExitCode.Done,
            Command
                .Run(
                    "train",
                    "shapes",
                    "--network",
                    "mlp-1x16",
                    "--examples",
                    "200",
                    "--epochs",
                    "2",
                    "--corruption",
                    corruption,
                    "--runs",
                    Runs,
                    "--quiet"
                )
                .Code
        );

    private string Wrong(params string[] line)
    {
        var (code, _, error) = Command.Run([.. line, "--runs", Runs]);
        Assert.Equal(ExitCode.WrongInput, code);
        return error;
    }
}
