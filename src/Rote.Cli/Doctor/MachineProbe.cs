using System.Reflection;
using System.Runtime.InteropServices;

using Rote.Tensors;

namespace Rote.Cli.Doctor;

/// <summary>Looks at the machine. A thing that cannot be found out is reported as such and never stops the rest.</summary>
internal static class MachineProbe
{
    private const string MarkedLibrary = "libLibTorchSharp.so";

    /// <summary>Everything doctor wants to know; about a second, most of it loading libtorch.</summary>
    /// <param name="applicationFolder">Where the command's own files are.</param>
    public static Findings Look(string applicationFolder)
    {
        var cache = DataCacheProbe.Look();
        var libraries = Libraries(applicationFolder);
        var cpuInfo = PrecisionSupport.ReadCpuInfo();
        return new Findings
        {
            RoteVersion = InformationalVersion(typeof(Findings).Assembly),
            RuntimeVersion = Environment.Version.ToString(),
            OperatingSystem = SystemText.OperatingSystemName(TextOf("/etc/os-release")) ?? RuntimeInformation.OSDescription,
            Platform = RuntimeInformation.RuntimeIdentifier,
            NativeLibraries = libraries,
            // A broken file is not given to the loader: one that was cut short ends the process with a bus error (seen on Debian 12).
            Torch = libraries?.Problem is { } problem
                ? new TorchFindings { TorchSharpVersion = TorchProbe.TorchSharpVersion, Problem = problem }
                : TorchProbe.Look(Environment.ProcessorCount),
            Processor = new ProcessorFindings(
                SystemText.ProcessorModel(cpuInfo),
                SystemText.ProcessorCount(cpuInfo),
                Environment.ProcessorCount,
                PrecisionSupport.NativeInstructions(cpuInfo),
                PrecisionSupport.Auto(cpuInfo)),
            Memory = Memory(),
            DataDisk = Disk(cache.Folder),
            WorkDisk = Disk(Environment.CurrentDirectory),
            DataCache = cache,
            Npm = OnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm"),
        };
    }

    /// <summary>A version without the commit that the SDK appends.</summary>
    internal static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The state of the native libraries in a folder; null on a platform that has none of this kind.</summary>
    internal static NativeLibraryFindings? Libraries(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var path = Path.Combine(folder, MarkedLibrary);
        try
        {
            var cut = Directory.EnumerateFiles(folder, "lib*.so*").Order(StringComparer.Ordinal).FirstOrDefault(IsCutShort);
            return cut is null
                ? new NativeLibraryFindings(GlibcxxMarker.Inspect(File.ReadAllBytes(path)), Problem: null)
                : new NativeLibraryFindings(State: null, $"{cut} was cut short");
        }
        catch (FileNotFoundException)
        {
            return new NativeLibraryFindings(State: null, $"{path} is not there");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new NativeLibraryFindings(State: null, $"{path}: {failure.Message.TrimEnd('.')}");
        }
    }

    private static bool IsCutShort(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[64];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || ElfFile.IsCutShort(start, file.Length);
    }

    private static MemoryFindings Memory() => SystemText.Memory(
        TextOf("/proc/meminfo"),
        TextOf("/sys/fs/cgroup/memory.max") is { Length: > 0 } limit ? limit : TextOf("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        TextOf("/sys/fs/cgroup/memory.current") is { Length: > 0 } used ? used : TextOf("/sys/fs/cgroup/memory/memory.usage_in_bytes"));

    private static DiskFindings Disk(string folder)
    {
        try
        {
            return new DiskFindings(folder, new DriveInfo(DataCacheProbe.NearestExisting(folder)).AvailableFreeSpace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new DiskFindings(folder, Free: null);
        }
    }

    private static string? OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);

    private static string TextOf(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
