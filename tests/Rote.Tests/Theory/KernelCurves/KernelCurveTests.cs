using Rote.Data;
using Rote.Tests.Support;
using Rote.Theory.KernelCurves;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.KernelCurves;

[NoTensorLeaks]
public sealed class KernelCurveTests(DrawnShapes shapes) : IClassFixture<DrawnShapes>
{
    [Theory]
    [InlineData("Laplacian", 0)]
    [InlineData("Gaussian", 0)]
    [InlineData("Laplacian", 0.5)]
    [InlineData("Gaussian", 0.5)]
    public void One_factor_gives_what_a_solution_at_every_size_gives(string name, double ridge)
    {
        var options = Options(Enum.Parse<KernelShape>(name));
        var result = KernelCurve.Run(shapes.Data, options, default);
        using var scope = NewDisposeScope();
        var examples = new KernelExamples(options.Task, shapes.Data);
        foreach (var size in options.Sizes)
        {
            var labels = examples.Labels(0.3).narrow(0, 0, size);
            var kernel = examples.Kernel.narrow(0, 0, size).narrow(1, 0, size);
            var solution = linalg.solve(kernel.add(eye(size, dtype: float64).mul(ridge)), examples.Targets(labels));
            var square = solution.mul(kernel.mm(solution)).sum([0L, 1L]).item<double>();
            var scores = examples.Asked.narrow(0, 0, 40).narrow(1, 0, size).mm(solution);
            var point = result.Points.Single(p => p.Examples == size && p.Noise == 0.3 && p.Ridge == ridge);
            Assert.Equal(Math.Sqrt(square), point.Norm, 8);
            Assert.Equal(KernelExamples.Wrong(scores, examples.Truth.narrow(0, 0, 40)), point.TestWrong);
            Assert.Equal(KernelExamples.Wrong(kernel.mm(solution), labels), point.TrainWrong);
        }
    }

    [Fact]
    public void Without_a_ridge_every_label_is_fitted_and_the_norm_only_grows()
    {
        var points = KernelCurve.Run(shapes.Data, Options(KernelShape.Laplacian), default).Points.Where(p => p.Ridge == 0).ToArray();
        Assert.All(points, point => Assert.Equal(0, point.TrainWrong));
        Assert.All(points, point => Assert.True(point.TrainSquare < 1e-20));

        // More conditions on a function of least norm: it cannot become shorter.
        foreach (var noise in points.GroupBy(point => point.Noise))
        {
            Assert.Equal(noise.Select(point => point.Norm).Order(), noise.OrderBy(point => point.Examples).Select(point => point.Norm));
        }
    }

    [Fact]
    public void A_curve_repeats_to_the_last_digit_and_stops_when_asked()
    {
        var options = Options(KernelShape.Gaussian);
        Assert.Equal(KernelCurve.Run(shapes.Data, options, default).Points, KernelCurve.Run(shapes.Data, options, default).Points);
        Assert.Throws<OperationCanceledException>(() => KernelCurve.Run(shapes.Data, options, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Points_that_float64_cannot_tell_apart_are_one_sentence()
    {
        using var data = new DatasetSplits(Near(Split.Train), Near(Split.Test));
        var options = Options(KernelShape.Gaussian) with { Sizes = [2, 4] };
        options = options with { Task = options.Task with { Examples = 4, TestExamples = 2, ChoiceExamples = 2 } };
        var error = Assert.Throws<InputException>(() => KernelCurve.Run(data, options, default));
        Assert.Equal("The kernel matrix of 4 examples is singular to the digits of float64.", error.Message);
    }

    [Fact]
    public void Equal_examples_have_no_bandwidth_and_few_are_too_few()
    {
        var options = Options(KernelShape.Gaussian);
        var error = Assert.Throws<InputException>(() =>
            KernelCurve.Run(shapes.Data, options with { Task = options.Task with { TestExamples = 1_000_000 } }, default)
        );
        Assert.Contains("expected at least 1000020: use larger data or a smaller scale.", error.Message, StringComparison.Ordinal);
    }

    internal static KernelCurveOptions Options(KernelShape kernel) =>
        new()
        {
            Task = Task(kernel, 60),
            Sizes = [10, 25, 60],
            Noises = [0, 0.3, 1],
            Ridges = [0, 0.5],
        };

    internal static KernelTask Task(KernelShape kernel, int examples) =>
        new()
        {
            Data = "shapes",
            Kernel = kernel,
            Examples = examples,
            TestExamples = 40,
            ChoiceExamples = 20,
            Seed = 1,
            Draw = 0,
        };

    /// <summary>Two of the points differ in the last bit only.</summary>
    private static Dataset Near(Split split) =>
        new(
            tensor(new[] { 1.0, Math.BitIncrement(1.0), 3, 5 }, [4, 1], float64),
            tensor(new long[] { 0, 1, 0, 1 }, int64),
            ["a", "b"],
            split,
            new Provenance("near", "a test", "")
        );
}
