using Rote.Cli.Doctor;
using Rote.Tests.Support;

namespace Rote.Tests.Doctor;

[NoTensorLeaks]
public sealed class MachineProbeTests
{
    [Fact]
    public void This_machine_is_looked_at()
    {
        var found = MachineProbe.Look(AppContext.BaseDirectory);

        Assert.Null(found.Torch.Problem);
        Assert.Equal("2.10.0.0", found.Torch.LibtorchVersion);
        Assert.True(found.Torch.Float32Rate > 0 && found.Torch.BFloat16Rate > 0);
        Assert.True(found.DataDisk.Free > 0 && found.WorkDisk.Free > 0);
    }

    [Fact]
    public void A_folder_without_the_library_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other libraries.");
        using var folder = new TempFolder();
        Assert.Equal($"{folder.File("libLibTorchSharp.so")} is not there", MachineProbe.Look(folder.Path).Torch.Problem);
    }

    [Fact]
    public void A_library_that_was_cut_short_is_named_and_not_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other libraries.");
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("libLibTorchSharp.so"), new TinyElf().Build());
        File.WriteAllBytes(folder.File("libtorch_cpu.so"), new TinyElf().Build()[..^1]);
        var found = MachineProbe.Look(folder.Path);
        Assert.Equal($"{folder.File("libtorch_cpu.so")} was cut short", found.Torch.Problem);
        Assert.Equal(CheckStatus.Missing, DoctorOutput.Overall(Diagnosis.Of(found)));
    }

    [Fact]
    public void A_file_that_is_no_library_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other libraries.");
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("libLibTorchSharp.so"), new string('x', 1000));
        Assert.NotNull(MachineProbe.Look(folder.Path).Torch.Problem);
    }
}
