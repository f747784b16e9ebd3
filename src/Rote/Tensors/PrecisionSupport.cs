namespace Rote.Tensors;

/// <summary>Which <see cref="Precision"/> this machine's processor is fast in: read from the system, never timed, so that the answer does
/// not change from run to run.</summary>
public static class PrecisionSupport
{
    private const string CpuInfoFile = "/proc/cpuinfo";

    // Instructions that multiply bfloat16 matrices, best first: Intel's tiles, AVX-512 (Intel and AMD), Arm. Without one of them libtorch
    // converts back and forth, slower than float32. AVX-NE-CONVERT (avx_ne_convert) only converts, so it does not count.
    private static readonly string[] Instructions = ["amx_bf16", "avx512_bf16", "bf16"];

    /// <summary>What precision <c>auto</c> means on this machine.</summary>
    /// <returns><see cref="Precision.BFloat16"/> if every core has bfloat16 instructions; else, or where the system does not tell, <see
    /// cref="Precision.Float32"/>.</returns>
    public static Precision Auto() => Auto(ReadCpuInfo());

    /// <summary>What precision <c>auto</c> means on a machine with this processor description.</summary>
    /// <param name="cpuInfo">The text of Linux's <c>/proc/cpuinfo</c>; empty if there is none.</param>
    /// <returns>As for <see cref="Auto()"/>.</returns>
    public static Precision Auto(string cpuInfo) => NativeInstructions(cpuInfo) is null ? Precision.Float32 : Precision.BFloat16;

    /// <summary>The instruction set that makes bfloat16 fast.</summary>
    /// <param name="cpuInfo">The text of Linux's <c>/proc/cpuinfo</c>; empty if there is none.</param>
    /// <returns>Linux's name of it, as <c>avx512_bf16</c>; null if a core lacks all of them.</returns>
    public static string? NativeInstructions(string cpuInfo)
    {
        string[][] cores = [.. cpuInfo.Split('\n').Select(Features).OfType<string[]>()];
        return cores.Length == 0 ? null : Instructions.FirstOrDefault(i => cores.All(c => c.Contains(i)));
    }

    /// <summary>The processor's description by the system.</summary>
    /// <returns>The text of <c>/proc/cpuinfo</c>; empty where there is no such file.</returns>
    public static string ReadCpuInfo() => File.Exists(CpuInfoFile) ? File.ReadAllText(CpuInfoFile) : "";

    // x86 says "flags\t\t: fpu vme …", Arm "Features\t: fp asimd …".
    private static string[]? Features(string line)
    {
        var colon = line.IndexOf(':');
        return colon > 0 && line[..colon].Trim() is "flags" or "Features"
            ? line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : null;
    }
}
