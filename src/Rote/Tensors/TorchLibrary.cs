using System.Runtime.InteropServices;
using TorchSharp;

namespace Rote.Tensors;

/// <summary>Loads libtorch before TorchSharp does, so that a failure is one sentence.</summary>
/// <remarks>Left alone, TorchSharp 0.107.0 answers a failure by copying 500 MB of libraries beside the program and printing its attempts to
/// standard output.</remarks>
public static class TorchLibrary
{
    // Libtorch itself, then TorchSharp's layer on it: the first that fails is the one to name.
    private static readonly string[] Libraries = ["torch_cpu", "LibTorchSharp"];

    /// <summary>Loads libtorch into this process; call it before the first tensor. About 0.2 s; nothing where it is already
    /// loaded.</summary>
    /// <exception cref="MachineException">A library is missing, damaged or needs what this system lacks.</exception>
    public static void Load()
    {
        LimitSpinning();
        if (TryLoad() is { } failure)
        {
            throw new MachineException($"libtorch does not load: {failure}; {Remedy(failure)}.");
        }
    }

    /// <summary>What to do, for the words that follow a reason.</summary>
    /// <param name="reason">As <see cref="TryLoad"/> gives it.</param>
    internal static string Remedy(string reason) =>
        reason.Contains("GLIBCXX_3.4.32", StringComparison.Ordinal)
            ? "a project that uses Rote mends it by importing Rote's build/Rote.targets (docs/guide/library.md)"
            : "rote doctor tells what to do";

    /// <summary>Loads libtorch into this process.</summary>
    /// <returns>Null if it is loaded; else why not, in one line without a full stop.</returns>
    public static string? TryLoad()
    {
        foreach (var library in Libraries)
        {
            try
            {
                NativeLibrary.Load(library, typeof(torch).Assembly, searchPath: null);
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                return Reason(library, failure.Message);
            }
        }

        return null;
    }

    /// <summary>Lets a thread that waits at a barrier give up its core soon, unless the user has decided otherwise.</summary>
    /// <remarks>
    /// GNU OpenMP spins 300,000 times by default, about a millisecond. Alone on the machine that is the fastest; beside other busy
    /// processes the thread that is waited for has no core to run on: at worst a step of the MLP took 126 ms instead of 2.5. With 3,000 two
    /// small quickstarts at once took 12.3 s instead of 23.7, and alone the same time as before. Read when the library is loaded, from the
    /// C environment, which .NET's does not reach.
    /// </remarks>
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

    /// <summary>The one line of the runtime's message that says why: it lists every place where it looked for the file.</summary>
    internal static string Reason(string library, string message)
    {
        var attempts = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return attempts.FirstOrDefault(a => !IsNotThere(a))?.TrimEnd('.') ?? $"the library {library} is not there";

        // "/app/libtorch_cpu.so: cannot open …" is a place without it; "libc10.so: cannot open …" is a library that it needs in turn.
        bool IsNotThere(string attempt) =>
            attempt.EndsWith("No such file or directory", StringComparison.Ordinal)
            && Path.GetFileNameWithoutExtension(attempt.Split(": ")[0]) is var name
            && (name == library || name == $"lib{library}");
    }
}
