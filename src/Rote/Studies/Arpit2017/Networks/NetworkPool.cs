using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Trains many small networks, one a core, each on one thread of libtorch: a result depends neither on the number of cores nor on
/// which network is ready first.</summary>
internal static class NetworkPool
{
    /// <summary>Does jobs side by side.</summary>
    /// <typeparam name="TJob">What a network is.</typeparam>
    /// <typeparam name="TResult">What is measured of it.</typeparam>
    /// <param name="jobs">The jobs; the slowest first leave no core idle at the end.</param>
    /// <param name="train">Trains and measures one network; draws from streams of its own only, and does not change shared tensors.</param>
    /// <param name="cancel">Stops before the next job.</param>
    /// <returns>One result a job, in their order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static IReadOnlyList<TResult> Run<TJob, TResult>(IReadOnlyList<TJob> jobs, Func<TJob, TResult> train, CancellationToken cancel)
    {
        var results = new TResult[jobs.Count];
        var (next, failure, threads) = (-1, (ExceptionDispatchInfo?)null, get_num_threads());
        var workers = Enumerable
            .Range(0, Math.Min(Environment.ProcessorCount, jobs.Count))
            .Select(_ => new Thread(Work) { IsBackground = true })
            .ToArray();
        foreach (var worker in workers)
        {
            worker.Start();
        }

        foreach (var worker in workers)
        {
            worker.Join();
        }

        set_num_threads(threads);
        failure?.Throw();
        return results;

        void Work()
        {
            try
            {
                set_num_threads(1);
                using var noGrad = no_grad(); // gradient mode belongs to a thread
                for (var job = Interlocked.Increment(ref next); job < jobs.Count; job = Interlocked.Increment(ref next))
                {
                    cancel.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    results[job] = train(jobs[job]);
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failure = ExceptionDispatchInfo.Capture(error);
                Interlocked.Exchange(ref next, jobs.Count);
            }
        }
    }
}
