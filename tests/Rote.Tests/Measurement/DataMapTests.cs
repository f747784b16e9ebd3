using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class DataMapTests
{
    [Fact]
    public void Confidence_is_the_mean_probability_of_a_naive_loop()
    {
        var dynamics = new Dynamics(4);
        dynamics.Check(dynamics.Measure(new DataMap(Dynamics.Examples), "confidence"), (_, probabilities, _) => probabilities.Average());
    }

    [Fact]
    public void Variability_is_the_standard_deviation_of_a_naive_loop()
    {
        var dynamics = new Dynamics(5);
        dynamics.Check(
            dynamics.Measure(new DataMap(Dynamics.Examples), "variability"),
            (_, probabilities, _) => Math.Sqrt(probabilities.Average(p => Math.Pow(p - probabilities.Average(), 2)))
        );
    }
}
