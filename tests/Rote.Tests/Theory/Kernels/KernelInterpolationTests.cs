using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory;
using Rote.Theory.Features;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class KernelInterpolationTests
{
    private static readonly Seeds Seed = new(1);

    [Fact]
    public void The_interpolant_gives_every_training_label_and_the_ridge_solutions_are_shorter()
    {
        using var data = Samples.Learnable(600, 100, side: 8);
        var result = KernelInterpolation.Run("bright", data, new KernelOptions { Gamma = 0.05, Tolerance = 1e-6 }, Seed);
        Assert.Equal([0, 0.1, 1], result.Solutions.Select(s => s.Ridge));
        Assert.All(result.Solutions, s => Assert.True(s.IsConverged && s.Residual <= 1e-6));
        Assert.Equal(0, result.Solutions[0].TrainWrong);
        Assert.InRange(result.Solutions[0].TestWrong, 0, 20);
        Assert.True(result.Solutions[0].Norm > result.Solutions[1].Norm && result.Solutions[1].Norm > result.Solutions[2].Norm);
        Assert.Equal(
            (600, 100, 64, 4, 0.05),
            (result.Train, result.Test, result.Dimension, result.Solutions[0].ClassNorms.Count, result.Gamma)
        );
    }

    [Fact]
    public void Standardized_vectors_are_taken_as_they_are_and_have_no_features_of_pictures()
    {
        using var raw = Vectors.Table(120, 60);
        var moments = VectorFeatures.Of(raw.Train);
        using var data = new DatasetSplits(moments.Standardize(raw.Train), moments.Standardize(raw.Test));
        var result = KernelInterpolation.Run(
            "table",
            data,
            new KernelOptions
            {
                Gamma = 50,
                Tolerance = 1e-6,
                Ridges = [],
            },
            Seed
        );
        Assert.Equal(("features", 3, 0), (result.Features, result.Dimension, result.Solutions[0].TrainWrong));
        Assert.InRange(result.Solutions[0].TestWrong, 0, 20);
        Assert.Equal(
            "The features 'gabor' are of pictures, and this data has vectors; leave them out.",
            Assert
                .Throws<InputException>(() =>
                    KernelInterpolation.Run("table", data, new KernelOptions { Features = "gabor", Gamma = 1 }, Seed)
                )
                .Message
        );
    }

    // In two dimensions a wide kernel's matrix has a few dozen eigenvalues above float32's rounding, and 120 labels to meet.
    [Fact]
    public void A_matrix_that_float32_takes_for_singular_ends_with_what_was_reached()
    {
        using var raw = Vectors.Table(120, 60);
        var moments = VectorFeatures.Of(raw.Train);
        using var data = new DatasetSplits(moments.Standardize(raw.Train), moments.Standardize(raw.Test));
        var solution = KernelInterpolation
            .Run(
                "table",
                data,
                new KernelOptions
                {
                    Gamma = 0.01,
                    Tolerance = 1e-6,
                    Ridges = [],
                },
                Seed
            )
            .Solutions[0];
        Assert.False(solution.IsConverged);
        Assert.InRange(solution.Residual, 1e-6, 1);
        Assert.True(double.IsFinite(solution.Norm));
    }

    // ‖f‖² of the interpolant is Y K⁻¹ Y.
    [Fact]
    public void The_norm_is_that_of_a_direct_solve()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Learnable(120, 10, side: 6);
        var result = KernelInterpolation.Run(
            "bright",
            data,
            new KernelOptions
            {
                Gamma = 0.1,
                Tolerance = 1e-8,
                Ridges = [],
            },
            Seed
        );
        var points = data.Train.Pixels.reshape(120, -1).to(float64).div(255);
        var kernel = points.unsqueeze(1).sub(points.unsqueeze(0)).square().sum([2L]).mul(-0.1).exp();
        var targets = nn.functional.one_hot(data.Train.Labels, 4).to(float64);
        var squares = targets.mul(linalg.solve(kernel, targets)).sum([0L]);
        Assert.Equal(squares.sqrt().data<double>().ToArray(), result.Solutions[0].ClassNorms, (a, b) => Math.Abs(a - b) < 1e-3 * a);
        Assert.Equal(Math.Sqrt(squares.sum([0L]).item<double>()), result.Solutions[0].Norm, 1e-2);
    }

    // The float32 kernel, solved step by step, against a Cholesky factor of the float64 kernel. bench/run kernel agreement does the same on
    // Fashion-MNIST.
    [Fact]
    public void Predictions_of_five_thousand_examples_are_those_of_a_direct_solve_in_float64()
    {
        // at 0.05 the kernel of these pictures is so smooth that float32's rounding of it alone changes predictions by 10⁻³
        const double Gamma = 0.5;
        using var scope = NewDisposeScope();
        using var data = Samples.Learnable(5000, 500, side: 8);
        var targets = nn.functional.one_hot(data.Train.Labels, 4).t().to(float64).contiguous();
        var (own, other) = (Points(data.Train), Points(data.Test));
        var direct = Kernel(other, own).mm(cholesky_solve(targets.t(), linalg.cholesky(Kernel(own, own)), false)).t();
        using var system = KernelSystem.Of(new PixelFeatures(64), data.Train.Pixels, data.Test.Pixels, Gamma, null, CancellationToken.None);
        var solved = system.Solve(targets, 0, 1e-5, 2_000, null, CancellationToken.None);
        Assert.InRange(solved.Residual, 0, 1e-5);
        Assert.InRange(system.TestScores(solved.Solution).sub(direct).abs().max().item<double>(), 0, 1e-4);

        static Tensor Points(Dataset images) => images.Pixels.reshape(images.Count, -1).to(float64).div_(255);

        static Tensor Kernel(Tensor rows, Tensor columns) =>
            rows.square()
                .sum([1L], keepdim: true)
                .add(columns.square().sum([1L]).unsqueeze(0))
                .sub(rows.mm(columns.t()).mul(2))
                .clamp_min(0)
                .mul(-Gamma)
                .exp();
    }

    [Fact]
    public void Milestones_have_test_errors_and_the_last_is_the_results()
    {
        using var data = Samples.Learnable(300, 50, side: 6);
        var solution = KernelInterpolation
            .Run(
                "bright",
                data,
                new KernelOptions
                {
                    Gamma = 0.1,
                    Tolerance = 1e-5,
                    Ridges = [],
                },
                Seed
            )
            .Solutions[0];
        Assert.Equal(solution.Iterations, solution.Steps.Count);
        var milestones = solution.Steps.Where(step => step.TestWrong is not null).ToArray();
        Assert.InRange(milestones.Length, 2, 6);
        Assert.Equal(solution.TestWrong, milestones[^1].TestWrong);
    }

    [Fact]
    public void A_bandwidth_is_chosen_by_cross_validation_and_every_trial_is_kept()
    {
        using var data = Samples.Learnable(200, 50, side: 6);
        var result = KernelInterpolation.Run("bright", data, new KernelOptions { Ridges = [], Tolerance = 1e-3 }, Seed);
        Assert.Equal(8, result.Trials.Count);
        Assert.All(result.Trials, trial => Assert.Equal(200, trial.Count));
        Assert.Equal(result.Trials.Min(trial => trial.Wrong), result.Trials.Single(trial => trial.Gamma == result.Gamma).Wrong);
    }

    [Theory]
    [InlineData("gabor", 96)]
    [InlineData("patches", 160)]
    public void Other_features_are_interpolated_too(string features, int dimension)
    {
        using var data = Samples.Learnable(150, 50, side: 8);
        var result = KernelInterpolation.Run(
            "bright",
            data,
            new KernelOptions
            {
                Features = features,
                Filters = 20,
                Ridges = [],
                Tolerance = 1e-4,
            },
            Seed
        );
        Assert.Equal((0, dimension), (result.Solutions[0].TrainWrong, result.Dimension));
    }

    [Fact]
    public void One_example_of_one_class_is_interpolated()
    {
        using var data = Samples.Noise(1, 3);
        var result = KernelInterpolation.Run("noise", data, new KernelOptions { Gamma = 1 }, Seed);
        Assert.Equal((0, 1), (result.Solutions[0].TrainWrong, Math.Round(result.Solutions[0].Norm, 5)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_result()
    {
        using var data = Samples.Learnable(200, 50, side: 6);
        var options = new KernelOptions
        {
            Gamma = 0.1,
            Ridges = [],
            Tolerance = 1e-5,
        };
        var (first, second) = (
            KernelInterpolation.Run("bright", data, options, Seed).Solutions[0],
            KernelInterpolation.Run("bright", data, options, Seed).Solutions[0]
        );
        Assert.Equal(first.Norm, second.Norm);
        Assert.Equal(first.Steps, second.Steps);
    }

    [Fact]
    public void Too_few_examples_to_choose_a_bandwidth_are_one_sentence()
    {
        using var data = Samples.Noise(19, 3);
        Assert.Contains("set the bandwidth γ", Refused(data, new KernelOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_pictures_with_different_labels_are_one_sentence()
    {
        using var scope = NewDisposeScope();
        using var noise = Samples.Noise(30, 3);
        using var data = new DatasetSplits(noise.Train.With(zeros_like(noise.Train.Pixels)), noise.Test.With());
        Assert.Contains(
            "are the same picture with different labels",
            Refused(data, new KernelOptions { Gamma = 1 }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_test_pixel_that_is_no_number_is_one_sentence()
    {
        using var scope = NewDisposeScope();
        using var noise = Samples.Noise(30, 3);
        using var data = new DatasetSplits(noise.Train.With(), noise.Test.With(full_like(noise.Test.Pixels.to(float32), float.NaN)));
        Assert.Contains("a pixel that is no finite number", Refused(data, new KernelOptions { Gamma = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void A_bandwidth_that_is_none_is_one_sentence(double gamma) =>
        Assert.StartsWith(
            $"The bandwidth gamma is {gamma}, expected a positive finite number",
            Assert.Throws<InputException>(() => new KernelOptions { Gamma = gamma }).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Other_wrong_options_are_one_sentence()
    {
        Assert.Throws<InputException>(() => new KernelOptions { Ridges = [0] });
        Assert.Throws<InputException>(() => new KernelOptions { Ridges = [double.NaN] });
        Assert.Throws<InputException>(() => new KernelOptions { Tolerance = 0 });
        Assert.Throws<InputException>(() => new KernelOptions { MostIterations = 0 });
        Assert.Contains(
            "did you mean gabor?",
            Assert.Throws<InputException>(() => new KernelOptions { Features = "gabr" }).Message,
            StringComparison.Ordinal
        );
        using var data = Samples.Noise(30, 3);
        Assert.Contains(
            "The number of filters is 0",
            Refused(data, new KernelOptions { Features = "patches", Filters = 0 }),
            StringComparison.Ordinal
        );
        Assert.Contains("too small for patches", Refused(data, new KernelOptions { Features = "patches" }), StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_told_and_leaves_no_tensor()
    {
        using var data = Samples.Learnable(300, 50, side: 6);
        using var stop = new CancellationTokenSource();
        var progress = new Stopper(stop);
        Assert.Throws<OperationCanceledException>(() =>
            KernelInterpolation.Run("bright", data, new KernelOptions { Gamma = 0.1, Tolerance = 1e-12 }, Seed, progress, stop.Token)
        );
    }

    private static string Refused(DatasetSplits data, KernelOptions options) =>
        Assert.Throws<InputException>(() => KernelInterpolation.Run("noise", data, options, Seed)).Message;

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<TheoryProgress>
    {
        public void Report(TheoryProgress value)
        {
            if (value.What == "Interpolating" && value.Done == 2)
            {
                stop.Cancel();
            }
        }
    }
}
