using Rote.Cli;
using Rote.Cli.Displays;
using Rote.Theory;

namespace Rote.Tests.Cli.Displays;

public sealed class TheoryDisplayTests
{
    [Fact]
    public void Nothing_is_told_in_the_first_two_seconds_then_every_five_and_at_each_new_part()
    {
        var time = new Clock();
        using var output = new StringWriter();
        using (var display = new TheoryDisplay(new Screen(json: false, quiet: false, output, output), time))
        {
            Report(1, new("Projecting", 10, 100, "points"));
            Report(3, new("Projecting", 30, 100, "points"));
            Report(4, new("Projecting", 40, 100, "points"));
            Report(5, new("Sorting", 0, 0, ""));
            Report(6, new("Interpolating", 1, 0, "iterations, residual 2e-1"));
            Report(12, new("Interpolating", 1234, 0, "iterations, residual 1e-1"));

            void Report(int second, TheoryProgress progress)
            {
                time.Seconds = second;
                display.Report(progress);
            }
        }

        Assert.Equal(
            "Projecting: 30 of 100 points (3 s)\nSorting (5 s)\nInterpolating: 1 iterations, residual 2e-1 (6 s)\nInterpolating: 1,234 "
                + "iterations, residual 1e-1 (12 s)\n",
            output.ToString().ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public void Quiet_is_silent()
    {
        var time = new Clock();
        using var output = new StringWriter();
        using var display = new TheoryDisplay(new Screen(json: false, quiet: true, output, output), time);
        time.Seconds = 100;
        display.Report(new TheoryProgress("Sorting", 0, 0, ""));
        Assert.Empty(output.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
