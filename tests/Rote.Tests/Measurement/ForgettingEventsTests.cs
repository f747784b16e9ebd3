using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class ForgettingEventsTests
{
    [Fact]
    public void They_are_the_falls_from_right_to_wrong_of_a_naive_loop()
    {
        var dynamics = new Dynamics(2);
        dynamics.Check(
            dynamics.Measure(new ForgettingEvents(Dynamics.Examples), "forgettingEvents"),
            (margins, _, _) => margins.Zip(margins.Skip(1)).Count(pair => pair.First > 0 && pair.Second <= 0)
        );
    }
}
