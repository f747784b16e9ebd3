using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class TheoryCommandTests(EvaluateCommandTests.Pets pets) : IClassFixture<EvaluateCommandTests.Pets>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Theorem1_represents_the_labels_of_a_data_set_and_writes_a_page()
    {
        var page = _folder.File("page.html");
        var document = Json("theory", "theorem1", "shapes", "--examples", "300", "--corruption", "random-labels", "--report", page);
        Assert.Equal((300, 3072), (document.GetProperty("points").GetInt32(), document.GetProperty("dimension").GetInt32()));
        Assert.Equal(300, document.GetProperty("computations")[0].GetProperty("right").GetInt32());
        Assert.Contains("<code>rote theory theorem1 shapes", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("random-labels", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Theorem1_represents_generated_points()
    {
        var (code, output, error) = Command.Run("theory", "theorem1", "--generated", "2000x30", "--classes", "7");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("4,030 weights (2n + d; n = 2,000, d = 30) for the labels of generated points", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_interpolates_and_writes_a_page()
    {
        var page = _folder.File("page.html");
        var document = Json(
            "theory",
            "kernel",
            "shapes",
            "--examples",
            "200",
            "--gamma",
            "0.01",
            "--ridge",
            "0.1",
            "--threads",
            "1",
            "--report",
            page
        );
        var solutions = document.GetProperty("solutions");
        Assert.Equal((2, 0), (solutions.GetArrayLength(), solutions[0].GetProperty("trainWrong").GetInt32()));
        Assert.True(solutions[0].GetProperty("isConverged").GetBoolean());
        Assert.Contains("The paper has no number for shapes", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Minimum_norm_descends_and_writes_a_page()
    {
        var page = _folder.File("page.html");
        var document = Json("theory", "minimum-norm", "shapes", "--examples", "20", "--report", page).GetProperty("result");
        Assert.InRange(
            document.GetProperty("fromZero").GetProperty("steps").EnumerateArray().Last().GetProperty("distance").GetDouble(),
            0,
            1e-6
        );
        Assert.Contains("endlessly many solutions", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theorem1", "needs either DATA or --generated")]
    [InlineData("theorem1 shapes --generated 3x3", "needs either DATA or --generated")]
    [InlineData("theorem1 --generated 3", "expected points x numbers")]
    [InlineData("theorem1 --generated 0x3", "The number of points is 0")]
    [InlineData("theorem1 --generated 5x-3", "The dimension is -3")]
    [InlineData("theorem1 PETS --corruption random-label", "did you mean random-labels?")]
    [InlineData("theorem1 cifr10", "did you mean cifar10?")]
    [InlineData("kernel cifr10", "did you mean cifar10?")]
    [InlineData("kernel shapes --gamma 0", "The bandwidth gamma is 0")]
    [InlineData("kernel shapes --gamma -1", "The bandwidth gamma is -1")]
    [InlineData("kernel shapes --gamma Infinity", "The bandwidth gamma is Infinity")]
    [InlineData("kernel shapes --gamma NaN", "The bandwidth gamma is NaN")]
    [InlineData("kernel shapes --gamma wide", "expected a number or auto")]
    [InlineData("kernel shapes --ridge 0", "expected positive finite numbers")]
    [InlineData("kernel shapes --ridge a,b", "or none")]
    [InlineData("kernel shapes --features pixel", "did you mean pixels?")]
    [InlineData("kernel PETS --features patches --filters 0", "The number of filters is 0")]
    [InlineData("kernel shapes --tolerance 2", "The tolerance is 2")]
    [InlineData("kernel shapes --examples 0", "The number of examples is 0")]
    [InlineData("kernel PETS --examples 15", "set --gamma")]
    [InlineData("kernel shapes --threads 0", "The number of threads is 0")]
    [InlineData("kernel ./nothing", "There is nothing at")]
    [InlineData("minimum-norm shapes --examples 5000", "set --examples to 1 to 3071")]
    [InlineData("minimum-norm PETS --tolerance 0", "The tolerance is 0")]
    [InlineData("minimum-norm shapes --report .", "which is a folder")]
    public void A_wrong_command_line_is_answered_with_one_sentence(string line, string part)
    {
        var (code, _, error) = Command.Run(["theory", .. line.Split(' ').Select(word => word == "PETS" ? pets.Pictures : word), "--quiet"]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run([.. line, "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
