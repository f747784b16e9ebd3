using Rote.Tensors;

namespace Rote.Benchmarks.Privacy;

/// <summary>An MLP of one hidden layer trained by DP-SGD (Abadi et al. 2016, arXiv:1607.00133): every example's gradient is cut to a norm
/// of 1, their sum gets Gaussian noise. Written out in loops, so that nothing between an example and the noise is hidden.</summary>
internal sealed class PrivateNetwork
{
    private readonly int _inputs;
    private readonly int _hidden;
    private readonly int _classes;
    private readonly double[] _weights; // [H·(D + 1) + K·(H + 1)], biases last in each row

    public PrivateNetwork(int inputs, int hidden, int classes, RandomStream stream)
    {
        (_inputs, _hidden, _classes) = (inputs, hidden, classes);
        _weights = new double[(hidden * (inputs + 1)) + (classes * (hidden + 1))];
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = Gaussian(stream) / Math.Sqrt(i < hidden * (inputs + 1) ? inputs : hidden);
        }
    }

    /// <summary>Trains.</summary>
    /// <param name="inputs">[N][D].</param>
    /// <param name="labels">[N].</param>
    /// <param name="rate">Probability that an example is in a step's batch.</param>
    /// <param name="noise">Standard deviation of the noise; 0: none, and no privacy.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="stream">Batches and noise.</param>
    public void Train(double[][] inputs, int[] labels, double rate, double noise, int steps, double learningRate, RandomStream stream)
    {
        var (sum, own) = (new double[_weights.Length], new double[_weights.Length]);
        for (var step = 0; step < steps; step++)
        {
            Array.Clear(sum);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (stream.NextDouble() < rate)
                {
                    Gradient(inputs[i], labels[i], own);
                    var scale = 1 / Math.Max(1, Math.Sqrt(own.Sum(g => g * g)));
                    for (var w = 0; w < sum.Length; w++)
                    {
                        sum[w] += scale * own[w];
                    }
                }
            }

            for (var w = 0; w < sum.Length; w++)
            {
                var drawn = noise > 0 ? noise * Gaussian(stream) : 0;
                _weights[w] -= learningRate * (sum[w] + drawn) / (rate * inputs.Length);
            }
        }
    }

    /// <summary>[K] probabilities.</summary>
    public double[] Predict(double[] input) => Forward(input).Probabilities;

    public static double Gaussian(RandomStream stream) =>
        Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble())) * Math.Cos(2 * Math.PI * stream.NextDouble());

    /// <summary>Of the cross-entropy of one example.</summary>
    internal void Gradient(double[] input, int label, double[] gradient)
    {
        var (hidden, probabilities) = Forward(input);
        var (second, back) = (_hidden * (_inputs + 1), new double[_hidden]);
        for (var k = 0; k < _classes; k++)
        {
            var (delta, row) = (probabilities[k] - (k == label ? 1 : 0), second + (k * (_hidden + 1)));
            for (var h = 0; h < _hidden; h++)
            {
                gradient[row + h] = delta * hidden[h];
                back[h] += delta * _weights[row + h];
            }

            gradient[row + _hidden] = delta;
        }

        for (var h = 0; h < _hidden; h++)
        {
            var (delta, row) = (hidden[h] > 0 ? back[h] : 0, h * (_inputs + 1));
            for (var d = 0; d < _inputs; d++)
            {
                gradient[row + d] = delta * input[d];
            }

            gradient[row + _inputs] = delta;
        }
    }

    private (double[] Hidden, double[] Probabilities) Forward(double[] input)
    {
        var hidden = Layer(input, 0, _hidden);
        for (var h = 0; h < _hidden; h++)
        {
            hidden[h] = Math.Max(0, hidden[h]);
        }

        var logits = Layer(hidden, _hidden * (_inputs + 1), _classes);
        var most = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - most))];
        var sum = powers.Sum();
        return (hidden, [.. powers.Select(power => power / sum)]);
    }

    private double[] Layer(double[] input, int offset, int units)
    {
        var outputs = new double[units];
        for (var u = 0; u < units; u++)
        {
            var row = _weights.AsSpan(offset + (u * (input.Length + 1)), input.Length + 1);
            var sum = row[input.Length];
            for (var d = 0; d < input.Length; d++)
            {
                sum += row[d] * input[d];
            }

            outputs[u] = sum;
        }

        return outputs;
    }
}
