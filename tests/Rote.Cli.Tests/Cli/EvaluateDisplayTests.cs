using Rote.Cli;
using Rote.Cli.Displays;

namespace Rote.Tests.Cli;

public sealed class EvaluateDisplayTests
{
    [Fact]
    public void Nothing_is_said_for_two_seconds_and_then_a_line_every_five()
    {
        var clock = new Clock();
        using var people = new StringWriter();
        using (var display = new EvaluateDisplay(new Screen(json: false, quiet: false, people, TextWriter.Null), 1000, clock))
        {
            foreach (var (second, done) in new[] { (1.0, 100), (1.9, 190), (4.0, 400), (5.0, 500), (9.0, 900), (9.5, 950) })
            {
                clock.Seconds = second;
                display.Report(done);
            }
        }

        Assert.Equal(
            ["Predicted 400 of 1,000 examples, 100 a second, 6 s left", "Predicted 900 of 1,000 examples, 100 a second, 1 s left"],
            people.ToString().TrimEnd().Split(Environment.NewLine)
        );
    }

    [Fact]
    public void Quiet_is_silent()
    {
        var clock = new Clock();
        using var people = new StringWriter();
        using var display = new EvaluateDisplay(new Screen(json: false, quiet: true, people, TextWriter.Null), 1000, clock);
        clock.Seconds = 60;
        display.Report(500);
        Assert.Empty(people.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
