using Rote.Cli.Doctor;

namespace Rote.Tests.Doctor;

public sealed class SystemTextTests
{
    private const string MemInfo = "MemTotal:       16000000 kB\nMemFree:          500000 kB\nMemAvailable:    8000000 kB\n";

    [Theory]
    [InlineData("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\n", "Debian GNU/Linux 12 (bookworm)")]
    [InlineData("NAME=Arch\nPRETTY_NAME='Arch Linux'", "Arch Linux")]
    [InlineData("PRETTY_NAME=\"\"", null)]
    [InlineData("", null)]
    public void The_system_is_named_as_it_names_itself(string osRelease, string? name) =>
        Assert.Equal(name, SystemText.OperatingSystemName(osRelease));

    [Fact]
    public void Processors_are_counted_and_named()
    {
        const string Two = "processor\t: 0\nmodel name\t: AMD EPYC\n\nprocessor\t: 1\nmodel name\t: AMD EPYC\n";
        Assert.Equal(("AMD EPYC", 2), (SystemText.ProcessorModel(Two), SystemText.ProcessorCount(Two)));
        Assert.Equal((null, 0), (SystemText.ProcessorModel(""), SystemText.ProcessorCount("")));
    }

    [Theory]
    [InlineData("", "", 16_384_000_000, 8_192_000_000)]
    [InlineData("max\n", "123\n", 16_384_000_000, 8_192_000_000)]
    [InlineData("9223372036854771712\n", "123\n", 16_384_000_000, 8_192_000_000)] // no limit, in the first version of control groups
    [InlineData("4000000000\n", "1500000000\n", 4_000_000_000, 2_500_000_000)]
    [InlineData("4000000000\n", "5000000000\n", 4_000_000_000, 0)]
    [InlineData("12000000000\n", "", 12_000_000_000, 8_192_000_000)] // the machine itself has less than the limit leaves
    public void A_containers_limit_counts_where_it_is_lower(string limit, string used, long total, long available) =>
        Assert.Equal(new MemoryFindings(total, available), SystemText.Memory(MemInfo, limit, used));

    [Fact]
    public void Any_text_gives_an_answer() =>
        Gen.Select(Gen.String, Gen.String, Gen.String)
            .Sample(
                (info, limit, used) =>
                {
                    var memory = SystemText.Memory("MemTotal:" + info + "\nMemAvailable:" + used, limit, used);
                    return memory.Total >= 0 && memory.Available >= 0 && SystemText.ProcessorCount(info) >= 0;
                }
            );
}
