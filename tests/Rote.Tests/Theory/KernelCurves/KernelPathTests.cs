using Rote.Tests.Support;
using Rote.Theory.KernelCurves;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.KernelCurves;

[NoTensorLeaks]
public sealed class KernelPathTests(DrawnShapes shapes) : IClassFixture<DrawnShapes>
{
    private const int Directions = 5;

    [Theory]
    [InlineData("Laplacian")]
    [InlineData("Gaussian")]
    public void The_closed_form_is_the_loop_of_preconditioned_steps(string name)
    {
        var options = Options(Enum.Parse<KernelShape>(name));
        var path = KernelPath.Run(shapes.Data, options, default).Paths.Single(found => found.Noise == 0.3);
        using var scope = NewDisposeScope();
        var examples = new KernelExamples(options.Task, shapes.Data);
        var (labels, size) = (examples.Labels(0.3), options.Task.Examples);
        var targets = examples.Targets(labels);
        var (values, vectors) = linalg.eigh(examples.Kernel);
        var top = vectors.narrow(1, size - Directions, Directions);
        var step = values[size - Directions].item<double>();

        // α ← α + P(Y − Kα)/λₖ with P = I − Σ (1 − λₖ/λᵢ) uᵢuᵢᵀ over the top directions.
        var lowered = values.narrow(0, size - Directions, Directions).reciprocal().mul(-step).add(1);
        var solution = zeros_like(targets);
        for (var iteration = 1; iteration <= 8; iteration++)
        {
            var rest = targets.sub(examples.Kernel.mm(solution));
            solution = solution.add(rest.sub(top.mul(lowered).mm(top.t().mm(rest))).div(step));
            if (path.Points.FirstOrDefault(point => point.Iterations == iteration) is { } point)
            {
                Assert.Equal(KernelExamples.Wrong(examples.Kernel.mm(solution), labels), point.TrainWrong);
                Assert.Equal(
                    KernelExamples.Wrong(examples.Asked.narrow(0, 0, 40).mm(solution), examples.Truth.narrow(0, 0, 40)),
                    point.TestWrong
                );
            }
        }
    }

    [Fact]
    public void Its_end_is_the_interpolant_and_before_the_last_iteration_not_all_is_fitted()
    {
        var options = Options(KernelShape.Laplacian);
        var curve = KernelCurve.Run(shapes.Data, KernelCurveTests.Options(KernelShape.Laplacian), default);
        foreach (var path in KernelPath.Run(shapes.Data, options, default).Paths)
        {
            var known = curve.Points.Single(point => point.Examples == 60 && point.Noise == path.Noise && point.Ridge == 0);
            Assert.Equal(known.TestWrong, path.Last);
            Assert.Equal(0, path.Points.Single(point => point.Iterations == path.Fitted).TrainWrong);
            Assert.All(path.Points.Where(point => point.Iterations < path.Fitted / 2), point => Assert.True(point.TrainWrong > 0));
            Assert.True(path.Best <= path.Last);
        }
    }

    private static KernelPathOptions Options(KernelShape kernel) =>
        new()
        {
            Task = KernelCurveTests.Task(kernel, 60),
            Noises = [0, 0.3, 1],
            Directions = Directions,
        };
}
