namespace Rote.Tensors;

/// <summary>Which <see cref="Precision"/> is fast on this machine's processor: read from the system, never timed, so that the answer never
/// changes from run to run.</summary>
public static class PrecisionSupport
{
    private const string CpuInfoFile = "/proc/cpuinfo";

    // Instructions that multiply bfloat16 matrices, best first: Intel's tiles, AVX-512 (Intel and AMD), Arm. Without any of them libtorch
    // converts back and forth, which is slower than float32. AVX-NE-CONVERT (avx_ne_convert) only converts, so it does not count.
    private static readonly string[] Instructions = ["amx_bf16", "avx512_bf16", "bf16"];

    /// <summary>Returns the precision that <c>auto</c> means on this machine.</summary>
    /// <returns><see cref="Precision.BFloat16"/> if every core has bfloat16 instructions; else, or if the system does not tell,
    /// <see cref="Precision.Float32"/>.</returns>
    public static Precision Auto() => Auto(ReadCpuInfo());

    /// <summary>Returns the precision that <c>auto</c> means on a machine with this processor description.</summary>
    /// <param name="cpuInfo">The text of Linux's <c>/proc/cpuinfo</c>; empty if there is none.</param>
    /// <returns>As for <see cref="Auto()"/>.</returns>
    public static Precision Auto(string cpuInfo) => NativeInstructions(cpuInfo) is null ? Precision.Float32 : Precision.BFloat16;

    /// <summary>Returns the instruction set that makes bfloat16 fast.</summary>
    /// <param name="cpuInfo">The text of Linux's <c>/proc/cpuinfo</c>; empty if there is none.</param>
    /// <returns>Linux's name of it, such as <c>avx512_bf16</c>; null if no instruction set is on every core.</returns>
    public static string? NativeInstructions(string cpuInfo)
    {
        string[][] cores = [.. cpuInfo.Split('\n').Select(Features).OfType<string[]>()];
        return cores.Length == 0 ? null : Instructions.FirstOrDefault(i => cores.All(c => c.Contains(i)));
    }

    /// <summary>Reads the system's description of the processor.</summary>
    /// <returns>The text of <c>/proc/cpuinfo</c>; empty where there is no such file.</returns>
    public static string ReadCpuInfo() => File.Exists(CpuInfoFile) ? File.ReadAllText(CpuInfoFile) : "";

    // The line is "flags\t\t: fpu vme …" on x86 and "Features\t: fp asimd …" on Arm.
    private static string[]? Features(string line)
    {
        var colon = line.IndexOf(':');
        return colon > 0 && line[..colon].Trim() is "flags" or "Features"
            ? line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : null;
    }
}
