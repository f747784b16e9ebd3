using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>Gradients of single examples at the end of training, by parameters and by the input.</summary>
internal static class GradientMeasures
{
    private const int RowsAtOnce = 500;

    /// <summary>The variance of the gradient over examples: E‖gᵢ‖² − ‖E gᵢ‖², the trace of its covariance.</summary>
    public static double Noise(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var mean = subject.Network.Gradient(subject.Inputs, subject.Labels);
        var square = mean.Sum(pair => MatrixNorms.Square(pair.Weight) + MatrixNorms.Square(pair.Bias));
        return MeanSquare(subject) - square;
    }

    /// <summary>E‖gᵢ‖², the trace of the empirical Fisher matrix.</summary>
    public static double MeanSquare(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var errors = LossErrors(subject);
        var squares = errors.Select(
            (error, layer) => error.square().sum([1L]).mul(subject.Values[layer].square().sum([1L]).add(1)).to(float64).mean()
        );
        return squares.Sum(square => square.item<double>());
    }

    /// <summary>The Fisher-Rao norm E⟨w, gᵢ⟩²: how much the loss of an example changes when all parameters grow.</summary>
    public static double FisherRao(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var errors = LossErrors(subject);
        var products = zeros(subject.Count, float64);
        for (var layer = 0; layer < errors.Length; layer++)
        {
            // ⟨W, δaᵀ⟩ + ⟨b, δ⟩ = ⟨δ, Wa + b⟩
            var sums = subject.Network.Biases[layer].addmm(subject.Values[layer], subject.Network.Weights[layer].t());
            products.add_(errors[layer].mul(sums).sum([1L]).to(float64));
        }

        return products.square().mean().item<double>();
    }

    /// <summary>The mean squared Frobenius norm of the Jacobian of the logits by the input.</summary>
    public static double InputJacobian(ComplexitySubject subject)
    {
        var (sum, classes) = (0.0, subject.Values[^1].shape[1]);
        for (var start = 0; start < subject.Count; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(RowsAtOnce, subject.Count - start);
            var values = subject.Values.Select(value => value.narrow(0, start, size)).ToArray();
            for (var k = 0L; k < classes; k++)
            {
                var atOutput = zeros(size, classes, float32);
                atOutput.select(1, k).fill_(1);
                sum += MatrixNorms.Square(subject.Network.AtInput(subject.Network.Backward(values, atOutput), 0));
            }
        }

        return sum / subject.Count;
    }

    private static Tensor[] LossErrors(ComplexitySubject subject) =>
        subject.Network.Backward(subject.Values, ReluNetwork.LossError(subject.Values[^1], subject.Labels));
}
