using Rote.Features;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class RidgeProbeTests
{
    private const int N = 60;
    private const int D = 5;

    [Fact]
    public void The_penalty_is_that_of_the_smallest_generalized_cross_validation_by_the_hat_matrix()
    {
        using var scope = NewDisposeScope();
        var (x, labels) = Noisy(3);
        using var probe = RidgeProbe.Fit(x, labels, 3);
        var (z, y) = Standardized(x, labels, 3);
        var scores = Enumerable.Range(0, 33).Select(i => N * Math.Pow(10, -6 + (8.0 * i / 32))).ToDictionary(p => p, p => Gcv(z, y, p));
        Assert.Equal(scores.MinBy(score => score.Value).Key, probe.Penalty, 9);
    }

    [Fact]
    public void Predictions_are_those_of_the_normal_equations()
    {
        using var scope = NewDisposeScope();
        var (x, labels) = Noisy(3);
        using var probe = RidgeProbe.Fit(x, labels, 3);
        var (z, y) = Standardized(x, labels, 3);
        var weights = linalg.solve(z.t().mm(z) + (eye(D, dtype: float64) * probe.Penalty), z.t().mm(y));
        var expected = (z.mm(weights) + (y * 0)).add(OneHot(labels, 3).mean([0L])).argmax(1).data<long>().ToArray();
        Assert.Equal(expected, probe.Predict(x));
    }

    [Fact]
    public void Classes_that_a_plane_parts_are_told_apart()
    {
        using var scope = NewDisposeScope();
        var x = zeros(40, 2, dtype: float32);
        x.narrow(0, 0, 20).narrow(1, 0, 1).fill_(1);
        long[] labels = [.. Enumerable.Repeat(0L, 20), .. Enumerable.Repeat(1L, 20)];
        using var probe = RidgeProbe.Fit(x, labels, 2);
        Assert.Equal(labels, probe.Predict(x));
    }

    [Fact]
    public void Features_that_are_constant_say_nothing_and_the_commonest_class_is_said()
    {
        using var scope = NewDisposeScope();
        long[] labels = [1, 1, 1, 0];
        using var probe = RidgeProbe.Fit(ones(4, 3), labels, 2);
        Assert.All(probe.Predict(ones(2, 3) * 7), said => Assert.Equal(1, said));
        Assert.Throws<ArgumentException>(() => probe.Predict(ones(2, 4)));
        Assert.Throws<ArgumentException>(() => RidgeProbe.Fit(ones(4, 3), [0, 1], 2));
    }

    private static double Gcv(Tensor z, Tensor y, double penalty)
    {
        using var scope = NewDisposeScope();
        var hat = z.mm(linalg.solve(z.t().mm(z) + (eye(D, dtype: float64) * penalty), z.t())); // [N, N]
        var residual = (y - hat.mm(y)).square().sum([0L, 1L]).item<double>();
        var freedom = 1 + hat.diagonal().sum([0L]).item<double>();
        return residual / N / Math.Pow(1 - (freedom / N), 2);
    }

    private static (Tensor Z, Tensor Y) Standardized(Tensor x, long[] labels, int classes)
    {
        var values = x.to(float64);
        var mean = values.mean([0L]);
        var deviation = (values - mean).square().mean([0L]).sqrt();
        var oneHot = OneHot(labels, classes);
        return ((values - mean) / deviation, oneHot - oneHot.mean([0L]));
    }

    private static Tensor OneHot(long[] labels, int classes) => nn.functional.one_hot(tensor(labels, int64), classes).to(float64);

    private static (Tensor X, long[] Labels) Noisy(int classes)
    {
        var stream = new Seeds(3).Stream("test");
        var values = new float[N * D];
        stream.FillGaussian(values);
        var labels = Enumerable.Range(0, N).Select(i => (long)(i % classes)).ToArray();
        for (var i = 0; i < N; i++)
        {
            values[i * D] += labels[i];
        }

        return (tensor(values, [N, D], float32), labels);
    }
}
