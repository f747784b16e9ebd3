using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training.Losses;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Losses;

/// <summary>Sparse over-parameterization against its two losses, written as loops in float64, and their differences.</summary>
[NoTensorLeaks]
public sealed class SparseOverparameterizationTests
{
    private const int Classes = 4;
    private const double Step = 1e-5; // of differences
    private static readonly long[] Rows = [7, 3, 19, 0, 11];
    private static readonly long[] Labels = [1, 0, 3, 2, 1];

    [Fact]
    public void Without_noise_it_is_cross_entropy()
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SparseOverparameterization());
        using var plain = Create(new CrossEntropy());
        Assert.Equal(Of(plain, Logits(1)), Of(loss, Logits(1)), 1e-5);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0.5, 0)]
    [InlineData(0, 2)]
    public void Loss_and_steps_are_those_of_its_two_losses(double rateOfU, double rateOfV)
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SparseOverparameterization { RateOfU = rateOfU, RateOfV = rateOfV });
        var (u, v) = Start(loss, 0.3);
        for (var step = 1; step <= 3; step++)
        {
            var logits = Logits(step);
            Assert.Equal(CrossEntropy(logits, u, v), Of(loss, logits), 1e-5);
            (u, v) = (Next(u, rateOfU, x => CrossEntropy(logits, x, v)), Next(v, rateOfV, x => SquaredError(logits, u, x)));
            var (heldU, heldV) = Held(loss);
            Assert.Equal(u, heldU, Near);
            Assert.Equal(v, heldV, Near);
        }
    }

    [Fact]
    public void The_network_follows_the_gradient_of_the_cross_entropy_with_the_noise_held_fixed()
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SparseOverparameterization());
        var (u, v) = Start(loss, 0.3);
        var logits = Logits(1);
        var input = tensor([.. logits.Select(value => (float)value)], [Rows.Length, Classes]).requires_grad_();
        loss.Of(input, tensor(Labels, int64), tensor(Rows, int64)).backward();
        Assert.Equal(Gradient(logits, x => CrossEntropy(x, u, v)), input.grad!.data<float>().ToArray().Select(g => (double)g), Near);
    }

    [Fact]
    public void What_the_network_contradicts_becomes_noise_and_pulls_no_more()
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SparseOverparameterization());
        var wrong = Labels.SelectMany(label => Enumerable.Range(0, Classes).Select(k => k == (label + 1) % Classes ? 4.0 : 0)).ToArray();
        var first = Of(loss, wrong);
        for (var step = 0; step < 200; step++)
        {
            Of(loss, wrong);
        }

        Assert.InRange(first, 4, 5);
        Assert.InRange(Of(loss, wrong), 0, 0.1);
        var (u, v) = Held(loss);
        Assert.All(u.Concat(v), value => Assert.InRange(value, -1, 1));
        Assert.All(
            Rows.Select((_, i) => v[(i * Classes) + (int)((Labels[i] + 1) % Classes)]),
            value => Assert.InRange(Math.Abs(value), 0.9, 1)
        );
    }

    [Fact]
    public void What_the_network_agrees_with_stays_without_noise()
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SparseOverparameterization());
        var right = Labels.SelectMany(label => Enumerable.Range(0, Classes).Select(k => k == label ? 12.0 : 0)).ToArray();
        for (var step = 0; step < 200; step++)
        {
            Of(loss, right);
        }

        var (u, v) = Held(loss);
        Assert.All(u.Concat(v), value => Assert.InRange(Math.Abs(value), 0, 1e-6));
    }

    [Fact]
    public void Noise_starts_near_0_from_the_seed_of_the_run()
    {
        using var scope = NewDisposeScope();
        using var one = Create(new SparseOverparameterization());
        using var same = Create(new SparseOverparameterization());
        using var other = Create(new SparseOverparameterization(), seed: 2);
        float[] Start(LossFunction loss) => [.. loss.Tensors.SelectMany(named => named.Value.data<float>().ToArray())];
        Assert.Equal(Start(one), Start(same));
        Assert.NotEqual(Start(one), Start(other));
        Assert.Equal(1, Math.Sqrt(Start(one).Average(value => Math.Pow(value * 1e8, 2))), 0.3);
    }

    [Fact]
    public void Its_number_is_the_step_size_of_u()
    {
        Assert.Equal(new SparseOverparameterization(), LossCatalog.Find("sop"));
        Assert.Equal(new SparseOverparameterization { RateOfU = 1 }, LossCatalog.Find("sop=1"));
        Assert.Throws<InputException>(() => LossCatalog.Find("sop=-1"));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;

    private static LossFunction Create(Loss loss, long seed = 1) => loss.Create(new LossSetting(0, 10, 20, Classes, new Seeds(seed)));

    private static double Of(LossFunction loss, double[] logits) =>
        loss.Of(tensor([.. logits.Select(value => (float)value)], [Rows.Length, Classes]), tensor(Labels, int64), tensor(Rows, int64))
            .item<float>();

    /// <summary>Sets u and v away from 0, where steps show.</summary>
    private static (double[] U, double[] V) Start(LossFunction loss, double size)
    {
        foreach (var (_, value) in loss.Tensors)
        {
            value.mul_(size * 1e8).clamp_(-2 * size, 2 * size);
        }

        return Held(loss);
    }

    private static (double[] U, double[] V) Held(LossFunction loss)
    {
        double[] Of(string name) => [.. loss.Tensors.Single(t => t.Name == name).Value.data<float>().ToArray().Select(x => (double)x)];
        var (u, v) = (Of("u"), Of("v"));
        return ([.. Rows.Select(row => u[row])], [.. Rows.SelectMany(row => v.Skip((int)row * Classes).Take(Classes))]);
    }

    private static double CrossEntropy(double[] logits, double[] u, double[] v)
    {
        var sum = 0.0;
        for (var i = 0; i < Rows.Length; i++)
        {
            var exponentials = logits.Skip(i * Classes).Take(Classes).Select(Math.Exp).ToArray();
            var raised = new double[Classes];
            for (var k = 0; k < Classes; k++)
            {
                var noise = k == Labels[i] ? u[i] * u[i] : -v[(i * Classes) + k] * v[(i * Classes) + k];
                raised[k] = Math.Max((exponentials[k] / exponentials.Sum()) + noise, 1e-4);
            }

            sum -= Math.Log(Math.Max(raised[Labels[i]] / raised.Sum(), 1e-4));
        }

        return sum / Rows.Length;
    }

    private static double SquaredError(double[] logits, double[] u, double[] v)
    {
        var sum = 0.0;
        for (var i = 0; i < Rows.Length; i++)
        {
            var row = logits.Skip(i * Classes).Take(Classes).ToArray();
            for (var k = 0; k < Classes; k++)
            {
                var noise = k == Labels[i] ? u[i] * u[i] : -v[(i * Classes) + k] * v[(i * Classes) + k];
                var error = (row[k] == row.Max() ? 1 : 0) + noise - (k == Labels[i] ? 1 : 0);
                sum += error * error;
            }
        }

        return sum / Rows.Length;
    }

    private static double[] Next(double[] values, double rate, Func<double[], double> loss) =>
        [.. values.Zip(Gradient(values, loss), (value, slope) => Math.Clamp(value - (rate * slope), -1, 1))];

    private static double[] Gradient(double[] values, Func<double[], double> loss) =>
        [.. values.Select((_, i) => (loss(Moved(values, i, Step)) - loss(Moved(values, i, -Step))) / (2 * Step))];

    private static double[] Moved(double[] values, int place, double by)
    {
        double[] moved = [.. values];
        moved[place] += by;
        return moved;
    }

    private static double[] Logits(int step)
    {
        var stream = new Seeds(2).Stream("logits", step);
        return [.. Enumerable.Range(0, Rows.Length * Classes).Select(_ => (double)(float)(4 * stream.NextDouble()))];
    }
}
