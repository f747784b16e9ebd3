using System.Runtime.ExceptionServices;

namespace Rote.Data.Packing;

/// <summary>Work on all cores whose first failure is thrown as it is: a full disk, a picture that is no picture.</summary>
internal static class AllCores
{
    /// <summary>Works on 0 … count − 1.</summary>
    /// <typeparam name="T">What a thread keeps from one to the next.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="begin">Makes what a thread keeps.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="token">Stops.</param>
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

    /// <summary>Works on 0 … count − 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="token">Stops.</param>
    public static void Each(int count, Action<int> work, CancellationToken token) => Each(count, () => 0, (i, _) => work(i), token);
}
