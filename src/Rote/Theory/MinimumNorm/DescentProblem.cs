using System.Numerics;
using Rote.Tensors;

namespace Rote.Theory.MinimumNorm;

/// <summary>Examples of norm 1 with targets, and the solution that distances are measured from.</summary>
/// <param name="inputs">[n][d] examples.</param>
/// <param name="targets">[n] targets.</param>
/// <param name="best">[d] the minimum-norm solution.</param>
/// <param name="seeds">The randomness; each epoch draws the stream <c>minimum-norm-order</c>.</param>
internal sealed class DescentProblem(double[][] inputs, double[] targets, double[] best, Seeds seeds)
{
    // Keeps only the epochs that a logarithmic axis can tell apart.
    private const double Spacing = 1.05;

    /// <summary>Runs SGD with one example per step and learning rate 1: after a step the example's residual is 0.</summary>
    /// <param name="name">The start in words.</param>
    /// <param name="weights">[d] the start; overwritten.</param>
    /// <param name="floor">The distance expected at the end.</param>
    /// <param name="isDone">Whether an epoch is the last.</param>
    /// <param name="progress">Receives the epochs.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    public Descent Descend(
        string name,
        double[] weights,
        double floor,
        Func<DescentStep, bool> isDone,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        var steps = new List<DescentStep> { Measure(0, weights) };
        var next = 1.0;
        for (var epoch = 1; ; epoch++)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var i in seeds.Permutation(SeedStreams.MinimumNormOrder, epoch, inputs.Length))
            {
                Add(weights, inputs[i], targets[i] - Dot(weights, inputs[i]));
            }

            var step = Measure(epoch, weights);
            var isLast = isDone(step);
            if (epoch >= next || isLast)
            {
                steps.Add(step);
                next = Math.Max(epoch + 1, epoch * Spacing);
            }

            progress?.Report(
                new TheoryProgress($"SGD from {name}", epoch, 0, $"{(epoch == 1 ? "epoch" : "epochs")}, distance {step.Distance:0.0e+0}")
            );
            if (isLast)
            {
                return new Descent(name, floor, steps);
            }
        }
    }

    private DescentStep Measure(int epoch, double[] weights)
    {
        var (distance, size, rest, length) = (0.0, 0.0, 0.0, 0.0);
        for (var j = 0; j < best.Length; j++)
        {
            distance += (weights[j] - best[j]) * (weights[j] - best[j]);
            size += best[j] * best[j];
        }

        for (var i = 0; i < targets.Length; i++)
        {
            var miss = targets[i] - Dot(weights, inputs[i]);
            rest += miss * miss;
            length += targets[i] * targets[i];
        }

        return new DescentStep(epoch, Math.Sqrt(distance / size), Math.Sqrt(rest / length));
    }

    private static double Dot(double[] left, double[] right)
    {
        var lanes = Vector<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            lanes += new Vector<double>(left, i) * new Vector<double>(right, i);
        }

        var sum = Vector.Sum(lanes);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Add(double[] target, double[] vector, double factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * vector[i];
        }
    }
}
