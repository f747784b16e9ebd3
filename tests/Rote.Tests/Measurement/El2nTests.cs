using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class El2nTests
{
    [Fact]
    public void It_is_the_mean_length_of_the_error_in_the_first_epochs_of_a_naive_loop()
    {
        var dynamics = new Dynamics(6);
        dynamics.Check(dynamics.Measure(new El2n(Dynamics.Examples, 3), "el2n"), (_, _, errors) => errors.Take(3).Average());
    }
}
