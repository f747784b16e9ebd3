using Rote.Cli.Doctor;
using Rote.Tensors;
using Rote.Tests.Support;
using Spectre.Console;

namespace Rote.Tests.Doctor;

public sealed class DoctorTests
{
    private static Findings Healthy =>
        new()
        {
            RoteVersion = "0.1.0",
            RuntimeVersion = "10.0.12",
            OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
            Platform = "linux-x64",
            NativeLibraries = new NativeLibraryFindings(MarkerState.Weak, Problem: null),
            Torch = new TorchFindings
            {
                TorchSharpVersion = "0.107.0",
                LibtorchVersion = "2.10.0.0",
                Float32Rate = 187.3,
                BFloat16Rate = 888.2,
                ConvolutionsTried = 16,
            },
            Processor = new ProcessorFindings("AMD EPYC", 2, 2, "avx512_bf16", Precision.BFloat16),
            Memory = new MemoryFindings(25_276_510_208, 24_775_991_296),
            DataDisk = new DiskFindings("/home/ada/.cache/rote", 82_257_121_280),
            WorkDisk = new DiskFindings("/home/ada/rote", 82_257_121_280),
            Data = new DataFindings("/home/ada/.cache/rote", IsWritable: true, ["cifar10", "mnist"], ["fashion-mnist"]),
            Npm = "/usr/bin/npm",
        };

    private static Findings Ailing =>
        Healthy with
        {
            Platform = "linux-arm64",
            NativeLibraries = new NativeLibraryFindings(MarkerState.Required, Problem: null),
            Torch = new TorchFindings
            {
                TorchSharpVersion = "0.107.0",
                Problem = "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by [app]/libLibTorchSharp.so)",
            },
            Processor = new ProcessorFindings(Model: null, 64, 2, BFloat16Instructions: null, Precision.Float32),
            Memory = new MemoryFindings(4_000_000_000, 900_000_000),
            DataDisk = new DiskFindings("/read/only", 12_000_000),
            WorkDisk = new DiskFindings("/gone", Free: null),
            Data = new DataFindings("/read/only", IsWritable: false, [], ["cifar10", "mnist", "fashion-mnist"]),
            Npm = null,
        };

    [Fact]
    public void A_healthy_machine_is_ready() => Snapshot.Verify(Text(Healthy), "doctor-healthy");

    [Fact]
    public void An_ailing_machine_is_told_what_to_do() => Snapshot.Verify(Text(Ailing), "doctor-ailing");

    [Fact]
    public void The_answer_for_programs_is_one_document() =>
        Snapshot.Verify(DoctorOutput.ToJson(Ailing, Diagnosis.Of(Ailing)), "doctor-ailing", "json");

    [Theory]
    [InlineData(0, "none that this build can use; everything runs on the processor")]
    [InlineData(1, "1 CUDA device; --device cuda uses one; never run on a GPU by this project")]
    [InlineData(2, "2 CUDA devices; --device cuda uses one; never run on a GPU by this project")]
    public void A_GPU_is_told_and_not_ticked_off(int count, string expected)
    {
        var check = Diagnosis.Of(Healthy with { Torch = Healthy.Torch with { Gpus = count } }).Single(c => c.Name == "GPU");
        Assert.Equal((CheckStatus.Note, expected), (check.Status, check.Found));
    }

    [Fact]
    public void Every_check_that_is_not_fine_says_what_to_do() =>
        Assert.All(
            Diagnosis.Of(Ailing).Concat(Diagnosis.Of(Healthy)),
            c => Assert.Equal(c.Status is CheckStatus.Ok or CheckStatus.Note, c.Advice is null)
        );

    [Theory]
    [InlineData(nameof(MarkerState.NotNeeded))]
    [InlineData(nameof(MarkerState.Required))]
    [InlineData(nameof(MarkerState.Weak))]
    public void Whatever_the_native_fix_is_a_libtorch_that_loads_is_fine(string name)
    {
        var checks = Diagnosis.Of(
            Healthy with
            {
                NativeLibraries = new NativeLibraryFindings(Enum.Parse<MarkerState>(name), Problem: null),
            }
        );
        Assert.Equal(CheckStatus.Ok, DoctorOutput.Overall(checks));
    }

    [Fact]
    public void A_shared_data_folder_may_be_read_only()
    {
        var data = Healthy.Data with { IsWritable = false };
        Assert.Equal(CheckStatus.Warning, Status("data", Healthy with { Data = data }));
        Assert.Equal(CheckStatus.Missing, Status("data", Healthy with { Data = data with { Fetched = [] } }));
    }

    [Fact]
    public void Memory_that_others_give_back_is_enough()
    {
        var few = Healthy with { Memory = Healthy.Memory with { Available = 900_000_000 } };
        var check = Diagnosis.Of(few).Single(c => c.Name == "memory");
        Assert.Equal(CheckStatus.Warning, check.Status);
        Assert.Contains(": close something, or use fewer examples", check.Advice, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Ok, Status("memory", Healthy));
    }

    [Fact]
    public void On_the_system_that_is_tested_nothing_is_advised()
    {
        var check = Diagnosis.Of(Healthy with { Platform = "linux-arm64" }).Single(c => c.Name == "system");
        Assert.Equal("Rote is tested on linux-x64 only; use that where a result matters.", check.Advice);
        Assert.Equal(CheckStatus.Ok, Status("system", Healthy with { Platform = "linux-x64" }));
    }

    [Fact]
    public void Npm_is_missed_only_while_cifar10_is_not_there()
    {
        Assert.Equal(CheckStatus.Ok, Status("npm", Healthy with { Npm = null }));
        Assert.Equal(CheckStatus.Warning, Status("npm", Healthy with { Npm = null, Data = Healthy.Data with { Fetched = ["mnist"] } }));
    }

    [Fact]
    public void Convolutions_that_are_wrong_are_named_and_nothing_is_to_be_done()
    {
        var checks = Diagnosis.Of(Healthy with { Torch = Healthy.Torch with { ConvolutionsWrong = 3 } });
        var check = checks.Single(c => c.Name == "kernels");
        Assert.Equal(CheckStatus.Ok, check.Status);
        Assert.Contains("wrong here in 3 of 16 shapes", check.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_without_such_a_library_is_not_asked_about_it() =>
        Assert.DoesNotContain(Diagnosis.Of(Healthy with { NativeLibraries = null }), c => c.Name == "native fix");

    private static CheckStatus Status(string name, Findings findings) => Diagnosis.Of(findings).Single(c => c.Name == name).Status;

    private static string Text(Findings findings)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = 10_000;
        DoctorOutput.Write(Diagnosis.Of(findings), console);
        return text.ToString();
    }
}
