using System.Runtime.InteropServices;
using TorchSharp;

namespace Rote.Tensors;

/// <summary>Loads libtorch before TorchSharp does, so that a failure gives one sentence.</summary>
/// <remarks>By itself, TorchSharp 0.107.0 reacts to a failure by copying 500 MB of libraries beside the program and printing its attempts
/// to stdout.</remarks>
public static class TorchLibrary
{
    // Libtorch itself, then TorchSharp's layer on it: the message names the first that fails.
    private static readonly string[] Libraries = ["torch_cpu", "LibTorchSharp"];

    /// <summary>Loads libtorch into this process, in about 0.2 s; does nothing if it is already loaded. Call it before the first
    /// tensor.</summary>
    /// <exception cref="MachineException">A library is missing or damaged, or needs something that this system lacks.</exception>
    public static void Load()
    {
        LimitSpinning();
        if (TryLoad() is { } failure)
        {
            throw new MachineException($"libtorch does not load: {failure}; {Remedy(failure)}.");
        }
    }

    /// <summary>Returns the remedy, for the words after a reason.</summary>
    /// <param name="reason">As <see cref="TryLoad()"/> returns it.</param>
    internal static string Remedy(string reason) =>
        reason.Contains("GLIBCXX_3.4.32", StringComparison.Ordinal)
            ? "a project that uses Rote mends it by importing Rote's build/Rote.targets (docs/guide/library.md)"
            : "rote doctor tells what to do";

    /// <summary>Loads libtorch into this process.</summary>
    /// <returns>Null if it is loaded; else the reason, in one line without a full stop.</returns>
    public static string? TryLoad()
    {
        // Where there is one, before anything computes: libtorch looks once whether it has a part for GPUs, as early as it is seeded.
        _ = NativeLibrary.TryLoad(CudaSupport.Library, typeof(torch).Assembly, searchPath: null, out _);
        foreach (var library in Libraries)
        {
            if (TryLoad(library) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>Loads one of libtorch's libraries.</summary>
    /// <param name="library">Its name without prefix and ending.</param>
    /// <returns>As for <see cref="TryLoad()"/>.</returns>
    internal static string? TryLoad(string library)
    {
        try
        {
            NativeLibrary.Load(library, typeof(torch).Assembly, searchPath: null);
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            return Reason(library, failure.Message);
        }
    }

    /// <summary>The reason where a library is in no place that is searched.</summary>
    internal static string NotThere(string library) => $"the library {library} is not there";

    /// <summary>Makes a thread that waits at a barrier give up its core soon, unless the user has set otherwise.</summary>
    /// <remarks>GNU OpenMP spins 300,000 times by default, about a millisecond. That is fastest alone on the machine. Beside other busy
    /// processes the awaited thread finds no core: at worst a step of the MLP took 126 ms instead of 2.5. With 3,000 spins, two small
    /// quickstarts at once took 12.3 s instead of 23.7, and one alone took the same time as before. The library reads the C environment
    /// when it loads; .NET's environment does not reach it.</remarks>
    private static void LimitSpinning()
    {
        if (OperatingSystem.IsLinux())
        {
            var isKept = SetEnvironment("GOMP_SPINCOUNT", "3000", overwrite: 0) == 0;
            System.Diagnostics.Debug.Assert(isKept, "setenv fails for lack of memory only");
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int overwrite);

    /// <summary>Returns the line of the runtime's message that gives the reason; the message lists every place that was searched.</summary>
    internal static string Reason(string library, string message)
    {
        var attempts = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return attempts.FirstOrDefault(a => !IsNotThere(a))?.TrimEnd('.') ?? NotThere(library);

        // "/app/libtorch_cpu.so: cannot open …" is a place without the file; "libc10.so: cannot open …" is a dependency.
        bool IsNotThere(string attempt) =>
            attempt.EndsWith("No such file or directory", StringComparison.Ordinal)
            && Path.GetFileNameWithoutExtension(attempt.Split(": ")[0]) is var name
            && (name == library || name == $"lib{library}");
    }
}
