using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class FirstLearnedTests
{
    [Fact]
    public void It_is_the_first_right_epoch_of_a_naive_loop()
    {
        var dynamics = new Dynamics(3);
        dynamics.Check(
            dynamics.Measure(new FirstLearned(Dynamics.Examples), "firstLearned"),
            (margins, _, _) => Array.FindIndex(margins, margin => margin > 0) is var first and >= 0 ? first + 1 : Dynamics.Epochs + 1
        );
    }
}
