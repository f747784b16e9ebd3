using System.Runtime.ExceptionServices;

namespace Rote.Foundation;

/// <summary>Pieces of work at the same time, each thread taking the next one. Threads and not tasks: libtorch's scopes and gradient mode
/// are a thread's own.</summary>
internal static class SideBySide
{
    /// <summary>How many pieces may be in work at once.</summary>
    /// <param name="threads">Threads that each computes with, at least 1.</param>
    /// <param name="bytes">Memory of each.</param>
    /// <returns>As many as there are cores for, and room in half of the free memory; at least 1.</returns>
    public static int Fitting(int threads, double bytes) =>
        (int)Math.Max(1, Math.Min(Environment.ProcessorCount / threads, MemoryGuard.Available() / 2 / bytes));

    /// <summary>Does every piece once.</summary>
    /// <param name="pieces">How many there are.</param>
    /// <param name="threads">How many may be in work at once, at least 1; with one, on the calling thread.</param>
    /// <param name="work">Does the piece with a number from 0, and stops when the token asks for it.</param>
    /// <param name="cancel">Stops all.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    /// <remarks>The first failure stops the others and is thrown.</remarks>
    public static void Run(int pieces, int threads, Action<int, CancellationToken> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        if (Math.Min(pieces, threads) <= 1)
        {
            TakeTurns();
        }
        else
        {
            var running = Enumerable.Range(0, Math.Min(pieces, threads)).Select(_ => new Thread(TakeTurns)).ToArray();
            Array.ForEach(running, thread => thread.Start());
            Array.ForEach(running, thread => thread.Join());
        }

        failure?.Throw();
        cancel.ThrowIfCancellationRequested();

        void TakeTurns()
        {
            try
            {
                for (
                    var piece = Interlocked.Increment(ref next);
                    piece < pieces && !stop.IsCancellationRequested;
                    piece = Interlocked.Increment(ref next)
                )
                {
                    work(piece, stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The piece that failed first gives the reason.
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
                stop.Cancel();
            }
        }
    }
}
