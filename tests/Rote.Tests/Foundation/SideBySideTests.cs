using System.Collections.Concurrent;

namespace Rote.Tests.Foundation;

public sealed class SideBySideTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(7, 1)]
    [InlineData(7, 3)]
    public void Every_piece_is_done_once(int pieces, int threads)
    {
        var done = new ConcurrentBag<int>();
        SideBySide.Run(pieces, threads, (piece, _) => done.Add(piece), default);
        Assert.Equal(Enumerable.Range(0, pieces), done.Order());
    }

    [Fact]
    public void Pieces_are_in_work_at_the_same_time()
    {
        using var both = new Barrier(2); // would wait for ever for a second one
        SideBySide.Run(2, 2, (_, cancel) => both.SignalAndWait(cancel), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_first_failure_stops_the_others_and_is_thrown()
    {
        var error = Assert.Throws<InputException>(() =>
            SideBySide.Run(
                100,
                2,
                (piece, cancel) =>
                {
                    if (piece == 1)
                    {
                        throw new InputException("the second");
                    }

                    cancel.WaitHandle.WaitOne();
                    cancel.ThrowIfCancellationRequested();
                },
                default
            )
        );
        Assert.Equal("the second", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_token_stops_all(int threads)
    {
        using var stop = new CancellationTokenSource();
        var begun = 0;
        Assert.Throws<OperationCanceledException>(() =>
            SideBySide.Run(
                100,
                threads,
                (_, cancel) =>
                {
                    Interlocked.Increment(ref begun);
                    stop.Cancel();
                    cancel.ThrowIfCancellationRequested();
                },
                stop.Token
            )
        );
        Assert.InRange(begun, 1, threads);
    }
}
