using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Training;

/// <summary>Where training goes, a tensor is made on a device that somebody has chosen: without one it is on the processor, which on a GPU
/// is an error, and here, where there is none, would never be seen.</summary>
public sealed partial class DeviceOfFactoriesTests
{
    /// <summary>What training, the dial and an evaluation of either go through.</summary>
    private static readonly string[] Hot =
    [
        "Training",
        "Memorization",
        "Networks",
        "Evaluation",
        "Measurement/Predictions.cs",
        "Measurement/EpochOutputs.cs",
        "Measurement/ClassNeighbours.cs",
        "Audits/Members",
        "Audits/FeatureSpace.cs",
    ];

    /// <summary>Files that make tensors on the processor, and why that is right.</summary>
    private static readonly Dictionary<string, string> OnTheProcessor = new()
    {
        ["Networks/MixedBatchNorm.cs"] = "networks are built on the processor, with the same bits everywhere, and then moved",
        ["Networks/MixedConv2d.cs"] = "as above",
        ["Networks/Plain/PlainNetwork.cs"] = "computes on the processor alone: a study of float64 norms",
        ["Networks/Plain/PlainSgd.cs"] = "as above",
        ["Training/Optimizers/AdamUpdate.cs"] = "the number of steps, which managed code reads in every step",
        ["Evaluation/NoiseRate.cs"] = "predictions that have been brought to the processor",
        ["Evaluation/EvaluationData.cs"] = "data before it is prepared",
        ["Audits/Members/MemberResult.cs"] = "what is written to a file",
        ["Audits/Members/MemberTraining.cs"] = "labels of data before it is prepared",
    };

    /// <summary>Files that read memory of tensors, and why it is that of the processor.</summary>
    private static readonly Dictionary<string, string> ReadOnTheProcessor = new()
    {
        ["Memorization/Dial/DialMemory.cs"] = "the dial's memory, which is made on the processor",
        ["Evaluation/NoiseRate.cs"] = "predictions that have been brought to the processor",
        ["Audits/Members/MemberResult.cs"] = "what was read from a file",
    };

    private static string Source => Path.Combine(Repository.Root, "src", "Rote");

    [Fact]
    public void A_tensor_of_the_hot_folders_is_made_on_a_device_that_is_named() =>
        Assert.Empty(Files().Where(file => !OnTheProcessor.ContainsKey(file)).SelectMany(Bare));

    [Fact]
    public void Every_exception_is_one() => Assert.All(OnTheProcessor.Keys, file => Assert.NotEmpty(Bare(file)));

    /// <summary>Libtorch gives the memory of a tensor on a GPU an address too, and reading there ends the process.</summary>
    [Fact]
    public void Managed_code_of_the_hot_folders_reads_what_is_on_the_processor() =>
        Assert.Empty(
            Files()
                .Where(file => !ReadOnTheProcessor.ContainsKey(file))
                .SelectMany(file =>
                    File.ReadLines(Path.Combine(Source, file))
                        .Where(line => Read().IsMatch(Comment().Replace(line, "")))
                        .Select(line => $"{file}: {line.Trim()}")
                )
        );

    [Theory]
    [InlineData("var x = zeros([3], int64);", true)]
    [InlineData("return arange(0, n);", true)]
    [InlineData("Of(tensor(values.Select(v => (float)v).ToArray(), [2, 3], float32))", true)]
    [InlineData("torch.randn(3)", true)]
    [InlineData("var x = zeros([3], int64, CPU);", false)]
    [InlineData("zeros(3, device: logits.device)", false)]
    [InlineData("tensor(values.ToArray(), int64).On(train.Device)", false)]
    [InlineData("x = zeros_like(y) + y.zeros(3) + Zeros(3); // zeros(3)", false)]
    public void A_factory_without_a_device_is_found(string line, bool expected) => Assert.Equal(expected, Calls(line).Any());

    private static IEnumerable<string> Files() =>
        Hot.SelectMany(place =>
                place.EndsWith(".cs", StringComparison.Ordinal)
                    ? [Path.Combine(Source, place)]
                    : Directory.GetFiles(Path.Combine(Source, place), "*.cs", SearchOption.AllDirectories)
            )
            .Select(path => Path.GetRelativePath(Source, path).Replace('\\', '/'));

    private static IEnumerable<string> Bare(string file) =>
        Calls(File.ReadAllText(Path.Combine(Source, file))).Select(call => $"{file}: {call}");

    private static IEnumerable<string> Calls(string source)
    {
        var code = Comment().Replace(source, "");
        return Factory().Matches(code).Select(match => Whole(code, match.Index)).Where(call => !NamesDevice().IsMatch(call));
    }

    /// <summary>The call with its arguments, and where it is moved at once.</summary>
    private static string Whole(string code, int start)
    {
        var (at, depth) = (code.IndexOf('(', start), 0);
        do
        {
            depth += code[at] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            at++;
        } while (depth > 0 && at < code.Length);

        var rest = code[at..].TrimStart();
        return code[start..at] + (rest.StartsWith(".On(", StringComparison.Ordinal) ? ".On(device)" : "");
    }

    // "tensor(", not "x.tensor(", "zeros_like(" or "Zeros(".
    [GeneratedRegex(
        @"(?<![.\w])(torch\.)?(zeros|ones|arange|randperm|tensor|empty|full|rand|randn|randint|eye|linspace|as_tensor|from_array)\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Factory();

    [GeneratedRegex(@"\bCPU\b|[dD]evice\b|\bplace\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamesDevice();

    [GeneratedRegex(@"(?<!\.OnCpu\(\))\.(data<|bytes\b)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();

    [GeneratedRegex("//.*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();
}
