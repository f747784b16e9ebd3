using Rote.Theory.Features;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>The kernel between all training points, and between test and training points, computed from blocks of their features.</summary>
internal sealed class GramMatrix : IDisposable
{
    private GramMatrix(SymmetricTiles train, Tensor test) => (Train, Test) = (train, test);

    /// <summary>[N, N] between training points.</summary>
    public SymmetricTiles Train { get; }

    /// <summary>[M, N] float32, between test points and training points.</summary>
    public Tensor Test { get; }

    /// <summary>Floating-point operations of the products.</summary>
    public double Operations { get; private set; }

    /// <summary>Computes the kernel.</summary>
    /// <param name="features">The features of a picture for the kernel.</param>
    /// <param name="train">[N, H, W, C] training pictures.</param>
    /// <param name="test">[M, H, W, C] test pictures; M may be 0.</param>
    /// <param name="gamma">The bandwidth.</param>
    /// <param name="side">The number of rows of a tile.</param>
    /// <param name="progress">Receives the tiles.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The matrices, which the caller owns.</returns>
    public static GramMatrix Of(
        IFeatures features,
        Tensor train,
        Tensor test,
        double gamma,
        int side,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        var matrix = new GramMatrix(
            new SymmetricTiles((int)train.shape[0], side),
            empty([test.shape[0], train.shape[0]], float32).DetachFromDisposeScope()
        );
        try
        {
            var (trainNorms, testNorms) = (zeros(train.shape[0], float64), zeros(test.shape[0], float64));
            for (var block = 0; block < features.Blocks; block++)
            {
                using var inner = NewDisposeScope();
                var own = features.Compute(train, block, cancel);
                var other = test.shape[0] > 0 ? features.Compute(test, block, cancel) : empty([0, own.shape[1]], float32);

                // Distances do not depend on the origin, and a nearer one loses less to rounding.
                var center = own.mean([0L], keepdim: true);
                own.sub_(center);
                other.sub_(center);
                trainNorms.add_(own.square().sum([1L], type: float64));
                testNorms.add_(other.square().sum([1L], type: float64));
                var isLast = block == features.Blocks - 1;
                matrix.Add(
                    own,
                    other,
                    isFirst: block == 0,
                    isLast ? (trainNorms.to(float32), testNorms.to(float32), gamma) : null,
                    (block, features.Blocks),
                    progress,
                    cancel
                );
            }

            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    /// <summary>Adds a block's inner products; the last block turns the sums into the kernel, each tile while it is in the cache.</summary>
    private void Add(
        Tensor train,
        Tensor test,
        bool isFirst,
        (Tensor Train, Tensor Test, double Gamma)? finish,
        (int Index, int Count) block,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        var keep = isFirst ? 0f : 1f;
        var done = block.Index * Train.Rows * (Train.Rows + 1L) / 2;
        var all = block.Count * Train.Rows * (Train.Rows + 1L) / 2;
        foreach (var (row, column) in Train.Places)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var ((top, height), (left, width)) = (Train.Range(row), Train.Range(column));
            var columns = train.narrow(0, left, width).t();
            var tile = Train.Tile(row, column);
            tile.addmm_(train.narrow(0, top, height), columns, keep, 1f);
            if (finish is var (norms, _, gamma))
            {
                GaussianKernel.FromProducts(tile, norms.narrow(0, top, height), norms.narrow(0, left, width), gamma);
                if (row == column)
                {
                    tile.diagonal().fill_(1);
                }
            }

            progress?.Report(new TheoryProgress("Kernel matrix", ++done, all, "tiles"));
        }

        AddTest(train, test, keep, finish, cancel);
        Operations += 2.0 * train.shape[1] * (Train.Numbers + Test.numel());
    }

    private void AddTest(Tensor train, Tensor test, float keep, (Tensor Train, Tensor Test, double Gamma)? finish, CancellationToken cancel)
    {
        for (var start = 0L; start < test.shape[0]; start += Train.Side)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(Train.Side, test.shape[0] - start);
            var rows = Test.narrow(0, start, count);
            rows.addmm_(test.narrow(0, start, count), train.t(), keep, 1f);
            if (finish is var (norms, testNorms, gamma))
            {
                GaussianKernel.FromProducts(rows, testNorms.narrow(0, start, count), norms, gamma);
            }
        }
    }
}
