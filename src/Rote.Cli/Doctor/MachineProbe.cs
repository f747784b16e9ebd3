using System.Reflection;
using System.Runtime.InteropServices;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Tensors;

namespace Rote.Cli.Doctor;

/// <summary>Inspects the machine. A fact that cannot be found is reported as such and never stops the rest.</summary>
internal static class MachineProbe
{
    private const string MarkedLibrary = "libLibTorchSharp.so";

    /// <summary>Everything doctor wants to know; about a second, most of it loading libtorch.</summary>
    /// <param name="applicationFolder">Where the command's own files are.</param>
    /// <exception cref="MachineException">There is no place for data: no home folder, and none was named.</exception>
    public static Findings Look(string applicationFolder)
    {
        var data = DataFolder.Default();
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
                PrecisionSupport.Auto(cpuInfo)
            ),
            Memory = Memory(),
            DataDisk = FolderProbe.Disk(data.Path),
            WorkDisk = FolderProbe.Disk(Environment.CurrentDirectory),
            Data = Data(data),
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

    private static MemoryFindings Memory() =>
        SystemText.Memory(
            TextOf("/proc/meminfo"),
            TextOf("/sys/fs/cgroup/memory.max") is { Length: > 0 } limit ? limit : TextOf("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
            TextOf("/sys/fs/cgroup/memory.current") is { Length: > 0 } used ? used : TextOf("/sys/fs/cgroup/memory/memory.usage_in_bytes")
        );

    private static DataFindings Data(DataFolder folder)
    {
        var sets = DataCatalog.Entries.Where(e => e.Files.Count > 0).ToLookup(e => e.IsCached(folder), e => e.Name);
        return new DataFindings(folder.Path, FolderProbe.IsWritable(folder.Path), [.. sets[true]], [.. sets[false]]);
    }

    private static string? OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);

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
