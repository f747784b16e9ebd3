using Rote.Features;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class AlignmentSummaryTests
{
    [Fact]
    public void Filters_along_the_axes_have_all_their_energy_there()
    {
        using var scope = NewDisposeScope();
        var energy = tensor(new[] { 3f, 2f, 1f, 0.5f });
        var expected = 1 - ((2 + (Sum(energy * energy, 2) / Sum(energy * energy, 1))) / 6);
        Assert.Equal(expected, AlignmentSummary.ExcessOf(diag(energy)).Value, 5);

        static double Sum(Tensor squares, int kind) =>
            kind == 1 ? squares.square().sum([0L]).item<float>() : Math.Pow(squares.sum([0L]).item<float>(), 2);
    }

    [Fact]
    public void Filters_in_random_directions_have_no_excess()
    {
        using var scope = NewDisposeScope();
        var excesses = Enumerable.Range(1, 40).Select(seed => AlignmentSummary.ExcessOf(Draw(64, 27, seed)).Value).ToArray();
        Assert.InRange(excesses.Average(), -0.01, 0.01);
    }

    [Fact]
    public void It_is_the_naive_sum_over_the_covariance_in_the_datas_axes()
    {
        using var scope = NewDisposeScope();
        var filters = Draw(12, 5, 1);
        var m = (filters.t().mm(filters) / 12).to(float64).contiguous().data<double>().ToArray();
        var (diagonal, all, trace) = (0.0, 0.0, 0.0);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                all += m[(i * 5) + j] * m[(i * 5) + j];
            }

            (diagonal, trace) = (diagonal + (m[i * 6] * m[i * 6]), trace + m[i * 6]);
        }

        Assert.Equal((diagonal / all) - ((2 + (trace * trace / all)) / 7), AlignmentSummary.ExcessOf(filters).Value, 5);
    }

    [Fact]
    public void The_axes_are_those_of_the_patches()
    {
        using var scope = NewDisposeScope();
        var images = Draw(50, 48, 1).view(50, 4, 4, 3);
        var patches = new List<Tensor>();
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 3; x++)
            {
                patches.Add(images.narrow(1, y, 2).narrow(2, x, 2).permute(0, 3, 1, 2).flatten(1)); // as a filter [C, 2, 2] lies
            }
        }

        var all = cat(patches, 0);
        all = all - all.mean([0L]);
        var covariance = all.t().mm(all) / all.shape[0];
        var axes = AlignmentSummary.Axes(images, zeros(7, 3, 2, 2));
        var turned = axes.t().mm(covariance).mm(axes);
        Assert.True((turned - turned.diagonal().diag()).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void One_filter_has_no_error()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(AlignmentSummary.ExcessOf(Draw(1, 5, 1)).StandardError));
        Assert.True(double.IsNaN(AlignmentSummary.ExcessOf(zeros(8, 5)).Value));
    }

    private static Tensor Draw(int count, int width, long seed)
    {
        var values = new float[count * width];
        new Seeds(seed).Stream("test").FillGaussian(values);
        return tensor(values, [count, width], float32);
    }
}
