using Rote.Data.Formats.Pictures;

namespace Rote.Tests.Data.Formats.Pictures;

public sealed class MemoryGateTests
{
    [Fact]
    public void Threads_together_never_hold_more_than_allowed()
    {
        var gate = new MemoryGate(100);
        var (held, most) = (0L, 0L);
        var lockObject = new Lock();
        Parallel.For(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
                gate.Hold(
                    10 + (i % 60),
                    () =>
                    {
                        Change(10 + (i % 60));
                        Thread.Yield();
                        Change(-10 - (i % 60));
                        return 0;
                    }
                )
        );
        Assert.InRange(most, 10, 100);
        Assert.Equal(0, held);

        void Change(long by)
        {
            lock (lockObject)
            {
                held += by;
                most = Math.Max(most, held);
            }
        }
    }

    [Fact]
    public void More_than_all_is_held_alone_and_a_failure_lets_others_in()
    {
        var gate = new MemoryGate(10);
        Assert.Throws<InvalidOperationException>(() => gate.Hold<int>(1000, () => throw new InvalidOperationException()));
        Assert.Equal(7, gate.Hold(1000, () => 7));
    }
}
