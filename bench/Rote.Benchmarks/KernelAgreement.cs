using Rote.Data;
using Rote.Theory.Features;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>Predictions of the iterative solution on the float32 kernel against a direct solve of the float64 kernel: 5,000 examples of
/// Fashion-MNIST, γ = 0.02, no ridge.</summary>
internal static class KernelAgreement
{
    private const int Examples = 5_000;
    private const double Gamma = 0.02;

    public static void Run()
    {
        set_num_threads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        using var named = DatasetLoader.Load("fashion-mnist", DataFolder.Default());
        using var train = named.Data.Train.Take(Examples);
        var targets = nn.functional.one_hot(train.Labels, train.Classes).t().to(float64).contiguous();
        var direct = Direct(train, named.Data.Test, targets);
        using var system = KernelSystem.Of(
            new PixelFeatures(784),
            train.Pixels,
            named.Data.Test.Pixels,
            Gamma,
            null,
            CancellationToken.None
        );
        foreach (var tolerance in new[] { 1e-3, 1e-4, 1e-5, 1e-6 })
        {
            using var inner = NewDisposeScope();
            var solved = system.Solve(targets, 0, tolerance, 2_000, null, CancellationToken.None);
            var scores = system.TestScores(solved.Solution);
            var others = scores.argmax(0).ne(direct.argmax(0)).sum([0L]).item<long>();
            Console.WriteLine(
                $"residual {solved.Residual:0.0e+0} after {solved.Iterations} products: predictions differ by at most "
                    + $"{scores.sub(direct).abs().max().item<double>():0.0e+0}, "
                    + $"and {others} of {named.Data.Test.Count:N0} test examples get another class."
            );
        }
    }

    private static Tensor Direct(Dataset train, Dataset test, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var (own, other) = (Points(train), Points(test));
        var solution = cholesky_solve(targets.t(), linalg.cholesky(Kernel(own, own)), false); // [N, C]
        return Kernel(other, own).mm(solution).t().contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Points(Dataset images) => images.Pixels.reshape(images.Count, -1).to(float64).div_(255);

    private static Tensor Kernel(Tensor rows, Tensor columns)
    {
        using var scope = NewDisposeScope();
        var distances = rows.square()
            .sum([1L], keepdim: true)
            .add(columns.square().sum([1L]).unsqueeze(0))
            .sub_(rows.mm(columns.t()).mul_(2));
        return distances.clamp_min_(0).mul_(-Gamma).exp_().MoveToOuterDisposeScope();
    }
}
