using System.Diagnostics;

namespace Rote.Tests.Foundation;

public sealed class ProcessSpaceTests
{
    [Fact]
    public void This_process_lives_and_a_number_that_nobody_has_does_not()
    {
        var started = ProcessSpace.Started(Environment.ProcessId);
        Assert.True(ProcessSpace.IsAlive(Environment.ProcessId, started));
        Assert.True(ProcessSpace.IsAlive(Environment.ProcessId));
        Assert.False(ProcessSpace.IsAlive(OrphansTests.Nobody));
    }

    [Fact]
    public void A_number_that_was_given_again_is_another_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The start of a process is read from /proc.");
        Assert.False(ProcessSpace.IsAlive(Environment.ProcessId, ProcessSpace.Started(Environment.ProcessId) + 1));
    }

    [Fact]
    public void A_dead_process_that_nobody_has_buried_is_dead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A shell makes the process.");
        // The shell becomes sleep, which waits for no child: the dead one stays.
        using var parent = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "sleep 0.01 & echo $!; exec sleep 60"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var child = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < 500 && ProcessSpace.IsAlive(child); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(Directory.Exists($"/proc/{child}"));
        Assert.False(ProcessSpace.IsAlive(child));
        parent.Kill();
    }
}
