using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rote.Tensors;

/// <summary>The C library's heap, where libtorch's tensors live.</summary>
/// <remarks>
/// glibc keeps what is freed to use it again (build/environment.sh makes it keep more: that is what makes steps fast), but blocks aligned to 64 bytes often do not fit where their like was (glibc bug 14581, mended in 2.38).
/// Between training and evaluation, whose blocks differ in size, that added up: a residual network on CIFAR-10 took 1.7 GB more during each evaluation, and 40 to 80 MB more from epoch to epoch. With this the least of each epoch stayed
/// within 1,603 and 1,683 MB for half an hour; one evaluation still grew to 3.7 GB, for a reason that is not known.
/// </remarks>
internal static partial class NativeHeap
{
    /// <summary>Pages given back are zeroed when they are used again, a quarter of a second for 2 GB: seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly bool HasTrim = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _);

    private static long _last = Stopwatch.GetTimestamp();

    /// <summary>Gives pages that hold nothing back to the system, if that was not done in the last seconds. Changes no result.</summary>
    public static void TrimSometimes()
    {
        var last = Interlocked.Read(ref _last);
        if (HasTrim && Stopwatch.GetElapsedTime(last) > Pause && Interlocked.CompareExchange(ref _last, Stopwatch.GetTimestamp(), last) == last)
        {
            Trim();
        }
    }

    /// <summary>Gives pages that hold nothing back to the system.</summary>
    /// <returns>False where the C library cannot.</returns>
    internal static bool Trim() => HasTrim && Trim(0) is 0 or 1;

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint kept);
}
