using Rote.Data;
using Rote.Tests.Support;
using Rote.Theory.Features;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class KernelSystemTests
{
    [Fact]
    public void The_kernel_is_the_naive_one()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(30, 7, side: 3, channels: 2);
        using var system = Of(data, gamma: 0.1);
        var (train, test) = (Points(data.Train), Points(data.Test));
        for (var i = 0; i < train.Length; i++)
        {
            for (var j = 0; j < train.Length; j++)
            {
                Assert.Equal(Naive(train[i], train[j], 0.1), Element(system.Gram.Train, Math.Min(i, j), Math.Max(i, j)), 1e-6);
            }

            for (var j = 0; j < test.Length; j++)
            {
                Assert.Equal(Naive(test[j], train[i], 0.1), system.Gram.Test[j, i].item<float>(), 1e-6);
            }
        }
    }

    [Fact]
    public void Features_in_blocks_give_the_kernel_of_all_of_them()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(30, 7, side: 3, channels: 2);
        using var whole = Of(data, gamma: 0.1);
        using var parts = KernelSystem.Of(new SplitPixels(), data.Train.Pixels, data.Test.Pixels, 0.1, null, CancellationToken.None);
        Assert.Equal(0, whole.Gram.Test.sub(parts.Gram.Test).abs().max().item<float>(), 1e-6);
        Assert.Equal(Element(whole.Gram.Train, 3, 29), Element(parts.Gram.Train, 3, 29), 1e-6);
    }

    // A direct solve of the float64 kernel, from the same pixels: predictions agree to 10⁻⁴. A kernel so smooth that its smallest
    // eigenvalue is below the rounding of its float32 elements is beyond any solver of the float32 kernel: these pictures with γ = 0.02 and
    // no ridge.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 0.02)]
    [InlineData(0, 0.3)]
    public void Predictions_are_those_of_a_direct_float64_solve(double ridge, double gamma)
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Learnable(800, 100, side: 8);
        using var system = Of(data, gamma);
        var targets = nn.functional.one_hot(data.Train.Labels, data.Train.Classes).t().to(float64).contiguous();
        var solved = system.Solve(targets, ridge, 1e-7, 2_000, null, CancellationToken.None);
        var scores = system.TestScores(solved.Solution);
        var (train, test) = (Points64(data.Train), Points64(data.Test));
        var kernel = Kernel64(train, train, gamma).add(eye(800, dtype: float64).mul(ridge));
        var direct = Kernel64(test, train, gamma).mm(linalg.solve(kernel, targets.t())).t();
        Assert.InRange(solved.Residual, 0, 1e-7);
        Assert.Equal(0, scores.sub(direct).abs().max().item<double>(), 1e-4);
        solved.Solution.Dispose();
        solved.Rest.Dispose();
    }

    // With a rank as large as the matrix the approximation is the matrix, up to what is added to its diagonal.
    [Fact]
    public void A_preconditioner_of_full_rank_is_the_inverse()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(24, 1, side: 3);
        using var system = Of(data, gamma: 0.05);
        using var preconditioner = NystromPreconditioner.Of(system.Gram.Train, system.Gram.Train.Rows, null, CancellationToken.None);
        preconditioner.SetRidge(0.5);
        var vectors = randn(3, 24, float64);
        var shifted = system.Gram.Train.MultiplyExactly(vectors).add(vectors.mul(0.5 + preconditioner.Delta));
        Assert.Equal(24, preconditioner.Rank);
        Assert.Equal(0, preconditioner.Solve(shifted).sub(vectors).abs().max().item<double>(), 1e-3);
    }

    // Every picture twice, the second time with one pixel changed by 8: across each pair the matrix is 0.3 (8/255)² = 3·10⁻⁴, and far
    // larger elsewhere. A preconditioner that does not know of the pairs takes 100 products (its search for them switched off by hand),
    // this one 25 or 26 after the machine's rounding; half of 100 tells them apart.
    [Fact]
    public void Pairs_of_nearly_equal_pictures_cost_few_products()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(200, 1, side: 8, channels: 1);
        var twin = data.Train.Pixels.clone();
        var corner = twin.select(1, 0).select(1, 0);
        corner.copy_(corner.bitwise_xor(tensor((byte)8, uint8)));
        using var doubled = new DatasetSplits(
            new Dataset(
                cat([data.Train.Pixels, twin], 0),
                cat([data.Train.Labels, data.Train.Labels.add(1).remainder(10)], 0),
                data.Train.ClassNames,
                Split.Train,
                data.Train.Provenance
            ),
            data.Test.With()
        );
        using var system = Of(doubled, gamma: 0.3);
        using var preconditioner = NystromPreconditioner.Of(system.Gram.Train, 2, null, CancellationToken.None);
        var targets = nn.functional.one_hot(doubled.Train.Labels, 10).t().to(float64).contiguous();
        var solved = system.Solve(targets, 0, 1e-5, 500, null, CancellationToken.None);
        Assert.InRange(preconditioner.Pairs, 90, 200);
        Assert.InRange(solved.Residual, 0, 1e-5);
        Assert.InRange(solved.Iterations, 1, 50);
        solved.Solution.Dispose();
        solved.Rest.Dispose();
    }

    private static KernelSystem Of(DatasetSplits data, double gamma) =>
        KernelSystem.Of(
            new PixelFeatures(data.Train.Height * data.Train.Width * data.Train.Channels),
            data.Train.Pixels,
            data.Test.Pixels,
            gamma,
            null,
            CancellationToken.None
        );

    private static float Element(SymmetricTiles tiles, int row, int column) =>
        tiles.Tile(row / tiles.Side, column / tiles.Side)[row % tiles.Side, column % tiles.Side].item<float>();

    private static double Naive(double[] a, double[] b, double gamma) => Math.Exp(-gamma * a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static Tensor Points64(Dataset images) => images.Pixels.reshape(images.Count, -1).to(float64).div(255);

    private static double[][] Points(Dataset images) =>
        [.. Points64(images).data<double>().ToArray().Chunk(images.Height * images.Width * images.Channels)];

    private static Tensor Kernel64(Tensor left, Tensor right, double gamma) =>
        left.unsqueeze(1).sub(right.unsqueeze(0)).square().sum([2L]).mul_(-gamma).exp_();

    /// <summary>The pixels, one block a column of numbers.</summary>
    private sealed class SplitPixels : IFeatures
    {
        public string Name => "split";

        public string Description => "pixels one by one";

        public int Dimension => 18;

        public int Blocks => 18;

        public Tensor Compute(Tensor pixels, int block, CancellationToken cancel) =>
            pixels.reshape(pixels.shape[0], -1).narrow(1, block, 1).to(float32).div(255);
    }
}
