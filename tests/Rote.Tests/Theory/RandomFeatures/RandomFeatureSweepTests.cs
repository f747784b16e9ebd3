using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.RandomFeatures;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.RandomFeatures;

[NoTensorLeaks]
public sealed class RandomFeatureSweepTests
{
    [Fact]
    public void With_fewer_features_than_examples_it_solves_the_normal_equations()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Given(7, 3), Given(7, 2).cos());
        var solution = new LeastSquares(matrix, 1e-12).Solve(targets, 0);
        var rest = matrix.t().mm(matrix.mm(solution).sub(targets));
        Assert.True(rest.abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void With_more_it_fits_and_no_other_solution_is_shorter()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Given(3, 7), Given(3, 2).cos());
        var solution = new LeastSquares(matrix, 1e-12).Solve(targets, 0);
        Assert.True(matrix.mm(solution).sub(targets).abs().max().item<double>() < 1e-12);

        // The shortest solution lies in the span of the rows: Φᵀ(ΦΦᵀ)⁻¹Y.
        var known = matrix.t().mm(linalg.solve(matrix.mm(matrix.t()), targets));
        Assert.True(solution.sub(known).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void A_ridge_solves_its_own_normal_equations()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Given(5, 4), Given(5, 1));
        var solution = new LeastSquares(matrix, 1e-12).Solve(targets, 0.3);
        var known = linalg.solve(matrix.t().mm(matrix).add(eye(4, dtype: float64).mul(0.3)), matrix.t().mm(targets));
        Assert.True(solution.sub(known).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void Random_Fourier_features_tend_to_the_Gaussian_kernel()
    {
        using var scope = NewDisposeScope();
        var rows = Given(6, 4);
        var features = new RandomFeatureMap(FeatureMap.Fourier, rows, 40_000, new Seeds(1), 0).Of(rows).mul(1 / Math.Sqrt(40_000));
        var squares = rows.unsqueeze(1).sub(rows.unsqueeze(0)).square().sum([2L]);
        var median = rows.narrow(0, 0, 5).sub(rows.narrow(0, 1, 5)).square().sum([1L]).median().item<double>();
        var kernel = squares.div(-median).exp();

        // Rahimi and Recht 2007: the error of an entry is below 1/√N in size; five times that never happens.
        Assert.True(features.mm(features.t()).sub(kernel).abs().max().item<double>() < 0.025);
    }

    [Fact]
    public void A_sweep_repeats_to_the_last_digit_and_more_features_than_examples_fit()
    {
        using var data = DatasetLoader.Load("shapes", DataFolder.Default());
        var options = Options(FeatureMap.Relu, 40);
        var (first, second) = (RandomFeatureSweep.Run(data.Data, options, default), RandomFeatureSweep.Run(data.Data, options, default));
        Assert.Equal(first.Points, second.Points);
        Assert.Equal(8, first.Points.Count);
        Assert.All(first.Points.Where(p => p is { Features: 160, Ridge: 0 }), p => Assert.Equal(0, p.TrainWrong));
        Assert.All(first.Points.Where(p => p is { Features: 5, Noise: 1 }), p => Assert.InRange(p.TrainWrong, 0.2, 1));
    }

    [Fact]
    public void Too_few_examples_are_one_sentence()
    {
        using var data = DatasetLoader.Load("shapes", DataFolder.Default());
        var error = Assert.Throws<InputException>(() => RandomFeatureSweep.Run(data.Data, Options(FeatureMap.Relu, 10_000_000), default));
        Assert.Contains("expected at least 10000000: use larger data or a smaller scale.", error.Message, StringComparison.Ordinal);

        // The same data has 2,000 examples and more: the smaller scale first, then half of the data in place of the whole.
        var options = Options(FeatureMap.Relu, data.Data.Train.Count);
        using var half = new DatasetSplits(
            data.Data.Train.Select([.. Enumerable.Range(0, data.Data.Train.Count / 2).Select(i => (long)i)]),
            data.Data.Test.With()
        );
        Assert.Throws<InputException>(() => RandomFeatureSweep.Run(half, options with { Ridges = [1], Noises = [0] }, default));
        Assert.NotEmpty(RandomFeatureSweep.Run(half, Options(FeatureMap.Relu, 40), default).Points);
        Assert.NotEmpty(
            RandomFeatureSweep.Run(data.Data, options with { Cells = [new SweepCell(options.Cells[0].Examples, 5)] }, default).Points
        );
    }

    private static SweepOptions Options(FeatureMap map, int examples) =>
        new()
        {
            Data = "shapes",
            Map = map,
            Cells = [new SweepCell(examples, 5), new SweepCell(examples, 160)],
            Noises = [0, 1],
            Ridges = [0, 1],
            TestExamples = 20,
            Seed = 1,
            Draw = 0,
        };

    private static Tensor Given(int rows, int columns) => arange(rows * columns, float64).add(1).pow(2).sin().reshape(rows, columns);
}
