using System.Diagnostics;
using Rote.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rote.Cli.Doctor;

/// <summary>Loads libtorch and takes a quick look at its speed and its convolutions; what goes wrong becomes a sentence.</summary>
internal static class TorchProbe
{
    private const int Size = 1024;
    private static readonly TimeSpan TimePerRate = TimeSpan.FromSeconds(0.3);

    /// <summary>TorchSharp's version; reading it does not load libtorch.</summary>
    public static string TorchSharpVersion => MachineProbe.InformationalVersion(typeof(torch).Assembly);

    /// <summary>Loads libtorch into this process and uses it; about a second.</summary>
    /// <param name="threads">How many threads the products are timed with.</param>
    public static TorchFindings Look(int threads)
    {
        var found = new TorchFindings { TorchSharpVersion = TorchSharpVersion };
        if (TorchLibrary.TryLoad() is { } problem)
        {
            return found with { Problem = problem };
        }

        set_num_threads(threads);
        var (tried, wrong) = CheckedConvolution.Look();
        return found with
        {
            LibtorchVersion = __version__,
            Gpus = CudaSupport.Look().Count,
            Float32Rate = Rate(ScalarType.Float32),
            BFloat16Rate = Rate(ScalarType.BFloat16),
            ConvolutionsTried = tried,
            ConvolutionsWrong = wrong,
        };
    }

    // The median of as many products as fit: the first ones pay for warming up, and a neighbour's burst does not show.
    private static double Rate(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (left, right) = (ones(Size, Size, dtype: type), ones(Size, Size, dtype: type));
        var seconds = new List<double>();
        var budget = Stopwatch.StartNew();
        do
        {
            var one = Stopwatch.StartNew();
            using var result = left.mm(right);
            seconds.Add(one.Elapsed.TotalSeconds);
        } while (budget.Elapsed < TimePerRate);

        seconds.Sort();
        return 2.0 * Size * Size * Size / seconds[seconds.Count / 2] / 1e9;
    }
}
