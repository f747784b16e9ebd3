using Rote.Tensors;

namespace Rote.Tests.Tensors;

public sealed class PrecisionSupportTests
{
    // Shortened from /proc/cpuinfo of the processors named.
    private const string AmdZen5 =
        "processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx512f avx512_bf16 avx512_vnni\n\nprocessor\t: 1\nmodel name\t: AMD "
        + "EPYC\nflags\t\t: fpu avx512f avx512_bf16 avx512_vnni\n";
    private const string IntelSapphireRapids =
        "processor\t: 0\nmodel name\t: Intel(R) Xeon(R) Platinum 8480+\nflags\t\t: fpu avx512_bf16 amx_bf16 amx_tile amx_int8\nvmx "
        + "flags\t: vnmi\n";
    private const string IntelSkylake = "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i7-6700\nflags\t\t: fpu vme avx avx2\n";
    private const string ArmNeoverseV1 =
        "processor\t: 0\nBogoMIPS\t: 2100.00\nFeatures\t: fp asimd sve i8mm bf16 dgh\nCPU implementer\t: 0x41\n";
    private const string ArmCortexA72 = "processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\n";

    [Theory]
    [InlineData(AmdZen5, "avx512_bf16")]
    [InlineData(IntelSapphireRapids, "amx_bf16")]
    [InlineData(ArmNeoverseV1, "bf16")]
    [InlineData(IntelSkylake, null)]
    [InlineData(ArmCortexA72, null)]
    [InlineData("", null)]
    [InlineData("\0\u00ff:::\nflags\nflags:\n: avx512_bf16", null)]
    public void Native_bfloat16_is_read_from_the_processors_flags(string cpuInfo, string? instructions)
    {
        Assert.Equal(instructions, PrecisionSupport.NativeInstructions(cpuInfo));
        Assert.Equal(instructions is null ? Precision.Float32 : Precision.BFloat16, PrecisionSupport.Auto(cpuInfo));
    }

    [Fact]
    public void A_flag_that_only_contains_the_name_does_not_count() =>
        Assert.Equal(Precision.Float32, PrecisionSupport.Auto("flags : xavx512_bf16 avx512_bf16_not\nmodel name : bf16 avx512_bf16\n"));

    [Fact]
    public void Cores_of_two_kinds_count_as_the_lesser() =>
        Assert.Equal(Precision.Float32, PrecisionSupport.Auto(ArmNeoverseV1 + ArmCortexA72));

    [Fact]
    public void Any_text_gives_an_answer() =>
        Gen.String.Sample(text => PrecisionSupport.Auto("flags:" + text) is Precision.Float32 or Precision.BFloat16);
}
