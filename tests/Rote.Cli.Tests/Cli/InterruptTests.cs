using System.Diagnostics;
using Rote.Cli;

namespace Rote.Tests.Cli;

public sealed class InterruptTests
{
    [Fact]
    public void The_first_signal_is_answered_and_cancels_and_whoever_stops_says_what_is_kept_once()
    {
        using var output = new StringWriter();
        using var ended = new CountdownEvent(1);
        using var interrupt = new Interrupt(
            new Screen(json: false, quiet: false, output, TextWriter.Null),
            "All is kept.",
            _ => ended.Signal()
        );
        Assert.False(interrupt.Token.IsCancellationRequested);
        interrupt.Request();
        Assert.True(interrupt.Token.IsCancellationRequested);
        Assert.Equal(ExitCode.Interrupted, interrupt.Stopped());
        Assert.Equal("Stopping after this step … (Ctrl-C again: stop now)\nAll is kept.\n", output.ToString());
        Assert.True(ended.Wait(TimeSpan.FromSeconds(20)), "the process was not ended in time");
        Assert.Equal("Stopping after this step … (Ctrl-C again: stop now)\nAll is kept.\n", output.ToString());
    }

    [Fact]
    public void Work_that_does_not_end_is_ended_and_what_is_kept_is_said()
    {
        using var output = new StringWriter();
        using var ended = new ManualResetEventSlim();
        var begun = Stopwatch.GetTimestamp();
        using var interrupt = new Interrupt(
            new Screen(json: false, quiet: false, output, TextWriter.Null),
            "All is kept.",
            _ => ended.Set()
        );
        interrupt.Request();
        Assert.True(ended.Wait(TimeSpan.FromSeconds(20)));
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 1, 20);
        Assert.EndsWith("\nAll is kept.\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_signal_ends_at_once()
    {
        using var ended = new CountdownEvent(2);
        using var interrupt = new Interrupt(
            new Screen(json: false, quiet: false, TextWriter.Null, TextWriter.Null),
            end: _ => ended.Signal()
        );
        interrupt.Request();
        Assert.Equal(2, ended.CurrentCount);
        interrupt.Request();
        Assert.Equal(1, ended.CurrentCount);
        Assert.True(ended.Wait(TimeSpan.FromSeconds(20)));
    }
}
