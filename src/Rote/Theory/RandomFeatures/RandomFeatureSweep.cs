using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.RandomFeatures;

/// <summary>Linear least squares on random features of pictures, in closed form, over numbers of examples and features.</summary>
/// <remarks>Belkin, Hsu, Ma and Mandal 2019 (arXiv:1812.11118). One singular value decomposition per cell serves all label noises and
/// ridges. All is in float64 except the products that make features.</remarks>
internal static class RandomFeatureSweep
{
    // Singular values up to this fraction of the largest are rounding errors: the pseudo-inverse drops them.
    private const double Cutoff = 1e-12;

    /// <summary>Fits every cell.</summary>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <param name="options">What to fit.</param>
    /// <param name="cancel">Stops between two cells.</param>
    /// <returns>One point per cell, noise and ridge.</returns>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static SweepResult Run(DatasetSplits data, SweepOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var seeds = new Seeds(options.Seed);
        var most = options.Cells.Max(cell => cell.Examples);
        var (train, labels) = ExampleDraw.Rows(data.Train, most, SeedStreams.RandomFeatureTrain, seeds, options.Draw);
        var (test, truth) = ExampleDraw.Rows(data.Test, 2 * options.TestExamples, SeedStreams.RandomFeatureTest, seeds, options.Draw);
        var mean = train.mean([0L], keepdim: true);
        var width = options.Cells.Max(cell => cell.Features);
        var map = new RandomFeatureMap(options.Map, train.sub(mean), width, seeds, options.Draw);
        var (fitted, asked) = (map.Of(train.sub(mean)), map.Of(test.sub(mean))); // [n, N], [2T, N]
        var given = options
            .Noises.Select(noise =>
                ExampleDraw.Relabelled(labels, noise, data.Train.Classes, SeedStreams.RandomFeatureLabels, seeds, options.Draw)
            )
            .ToArray();
        var points = new List<SweepPoint>();
        foreach (var cell in options.Cells)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var fit = new LeastSquares(
                fitted.narrow(0, 0, cell.Examples).narrow(1, 0, cell.Features).mul(1 / Math.Sqrt(cell.Features)),
                Cutoff
            );
            var questions = asked.narrow(1, 0, cell.Features).mul(1 / Math.Sqrt(cell.Features));
            for (var i = 0; i < given.Length; i++)
            {
                var own = given[i].narrow(0, 0, cell.Examples);
                points.AddRange(
                    options.Ridges.Select(ridge =>
                        Measure(fit, questions, own, truth, data.Train.Classes, options, (cell, options.Noises[i], ridge))
                    )
                );
            }
        }

        return new SweepResult(points);
    }

    private static SweepPoint Measure(
        LeastSquares fit,
        Tensor questions,
        Tensor given,
        Tensor truth,
        int classes,
        SweepOptions options,
        (SweepCell Cell, double Noise, double Ridge) what
    )
    {
        using var scope = NewDisposeScope();
        var solution = fit.Solve(OneHot(given, classes), what.Ridge); // [N, C]
        var scores = questions.mm(solution); // [2T, C]
        var squares = scores.sub(OneHot(truth, classes)).square().mean([1L]); // [2T]
        var half = options.TestExamples;
        return new SweepPoint(
            what.Cell.Examples,
            what.Cell.Features,
            what.Noise,
            what.Ridge,
            Wrong(fit.Matrix.mm(solution), given),
            Wrong(scores.narrow(0, 0, half), truth.narrow(0, 0, half)),
            squares.narrow(0, 0, half).mean().item<double>(),
            squares.narrow(0, half, half).mean().item<double>(),
            solution.norm().item<double>()
        );
    }

    private static double Wrong(Tensor scores, Tensor labels) => scores.argmax(1).ne(labels).to(float64).mean().item<double>();

    private static Tensor OneHot(Tensor labels, int classes) => nn.functional.one_hot(labels, classes).to(float64);
}
