using System.Runtime.ExceptionServices;

namespace Rote.Data.Packing;

/// <summary>Runs work on all cores, and throws the first failure as it is: a full disk, a picture that is no picture.</summary>
internal static class AllCores
{
    /// <summary>Runs the work for items 0 … count − 1.</summary>
    /// <typeparam name="T">What a thread keeps from one item to the next.</typeparam>
    /// <param name="count">Number of items.</param>
    /// <param name="begin">Makes what a thread keeps.</param>
    /// <param name="work">Works on one item.</param>
    /// <param name="token">Cancels.</param>
    public static void Each<T>(int count, Func<T> begin, Action<int, T> work, CancellationToken token)
    {
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token },
                begin,
                (i, _, kept) =>
                {
                    work(i, kept);
                    return kept;
                },
                _ => { }
            );
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    /// <summary>Runs the work for items 0 … count − 1.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="work">Works on one item.</param>
    /// <param name="token">Cancels.</param>
    public static void Each(int count, Action<int> work, CancellationToken token) => Each(count, () => 0, (i, _) => work(i), token);
}
