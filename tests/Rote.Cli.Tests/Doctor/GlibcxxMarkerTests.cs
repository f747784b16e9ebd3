using System.Buffers.Binary;
using System.Diagnostics;
using Rote.Cli.Doctor;
using Rote.Tests.Support;

namespace Rote.Tests.Doctor;

public sealed class GlibcxxMarkerTests
{
    private const string Library = "libLibTorchSharp.so";

    [Fact]
    public void A_demand_is_made_weak_by_one_bit()
    {
        var strong = new TinyElf().Build();
        var weak = GlibcxxMarker.Weaken(strong);

        Assert.Equal(MarkerState.Required, GlibcxxMarker.Inspect(strong));
        Assert.Equal(MarkerState.Weak, GlibcxxMarker.Inspect(weak));
        var different = Enumerable.Range(0, strong.Length).Single(i => strong[i] != weak[i]);
        Assert.Equal((0, 2), (strong[different], weak[different]));
        Assert.Equal(
            [("GLIBCXX_3.4.30", false), ("GLIBCXX_3.4.32", true)],
            new ElfFile(weak).VersionNeeds().Skip(1).Take(2).Select(n => (n.Version, n.IsWeak))
        );
    }

    [Fact]
    public void A_weak_demand_is_left_alone()
    {
        var weak = GlibcxxMarker.Weaken(new TinyElf().Build());
        Assert.Same(weak, GlibcxxMarker.Weaken(weak));
    }

    [Fact]
    public void A_library_without_the_demand_is_left_alone()
    {
        var other = new TinyElf { Needs = [("libstdc++.so.6", [("GLIBCXX_3.4.30", 0, 4)])] }.Build();
        Assert.Equal(MarkerState.NotNeeded, GlibcxxMarker.Inspect(other));
        Assert.Same(other, GlibcxxMarker.Weaken(other));
    }

    [Fact]
    public void The_same_version_name_of_another_library_is_not_ours() =>
        Assert.Equal(
            MarkerState.NotNeeded,
            GlibcxxMarker.Inspect(new TinyElf { Needs = [("libother.so.1", [("GLIBCXX_3.4.32", 0, 4)])] }.Build())
        );

    [Fact]
    public void Another_symbol_of_the_version_is_refused_by_name()
    {
        var file = new TinyElf { Symbols = [("_ZSt21ios_base_library_initv", 4), ("_ZSt6really_used", 4)], Relocations = [] }.Build();
        var refusal = Assert.Throws<InvalidDataException>(() => GlibcxxMarker.Weaken(file));
        Assert.Equal(
            "it uses _ZSt6really_used of GLIBCXX_3.4.32, expected nothing but _ZSt21ios_base_library_initv, so it cannot be made to load "
                + "without that version",
            refusal.Message
        );
    }

    [Fact]
    public void A_marker_that_is_called_is_refused()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => GlibcxxMarker.Weaken(new TinyElf { Relocations = [1, 3] }.Build()));
        Assert.StartsWith("it calls _ZSt21ios_base_library_initv of GLIBCXX_3.4.32", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is not an ELF file")]
    [InlineData("4d5a9000", "it is not an ELF file")] // a Windows program
    [InlineData("7f454c4601010100", "it is not an ELF file of x86-64 (64 bits, little-endian)")] // 32 bits
    [InlineData("7f454c4602020100", "it is not an ELF file of x86-64 (64 bits, little-endian)")] // big-endian
    [InlineData("7f454c4602010100", "it is not an ELF file of x86-64 (64 bits, little-endian)")] // another processor: machine 0
    public void A_foreign_file_is_named_as_such(string start, string message)
    {
        var file = start.Length == 0 ? [] : new byte[4096];
        Convert.FromHexString(start).CopyTo(file, 0);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => GlibcxxMarker.Inspect(file)).Message);
    }

    [Fact]
    public void A_file_cut_anywhere_gives_a_clean_error()
    {
        var whole = new TinyElf().Build();
        Assert.False(ElfFile.IsCutShort(whole[..64], whole.Length));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => GlibcxxMarker.Weaken(whole[..length]));
            Assert.True(ElfFile.IsCutShort(whole[..Math.Min(64, length)], length));
        }
    }

    [Fact]
    public void A_damaged_file_gives_an_answer_or_a_clean_error()
    {
        var whole = new TinyElf().Build();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.UInt, Gen.UInt[0, 64]))
            .Array[1, 6]
            .Sample(
                damages =>
                {
                    var file = (byte[])whole.Clone();
                    foreach (var (at, value) in damages)
                    {
                        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Math.Min(at, file.Length - 4)), value);
                    }

                    try
                    {
                        return GlibcxxMarker.Weaken(file).Length == file.Length;
                    }
                    catch (InvalidDataException damage)
                    {
                        return damage.Message.Length > 0;
                    }
                },
                iter: 20_000
            );
    }

    [Fact]
    public void A_list_that_turns_on_the_spot_ends()
    {
        // 20,000 needs, each with 65,535 versions that are all the last entry, whose link to the next leads to itself: 10⁹ steps if nothing
        // counts.
        const int Needs = 20_000;
        var file = new TinyElf { Needs = [("libm.so.6", [.. Enumerable.Repeat(("X", (ushort)0, (ushort)2), Needs - 1)])] }.Build();
        var section = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 0, (Needs - 1) & 0xff, (Needs - 1) >> 8]);
        for (var i = 0; i < Needs; i++)
        {
            var need = file.AsSpan(section + (16 * i), 16);
            BinaryPrimitives.WriteUInt32LittleEndian(need, 0xffff_0001); // version 1, 65,535 entries
            BinaryPrimitives.WriteUInt32LittleEndian(need[4..], 0); // name: empty
            BinaryPrimitives.WriteUInt32LittleEndian(need[8..], (uint)(16 * (Needs - 1 - i))); // its first entry: the last of the table
            BinaryPrimitives.WriteUInt32LittleEndian(need[12..], i == Needs - 1 ? 0u : 16u); // next
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(
            "its list of symbol versions is broken",
            Assert.Throws<InvalidDataException>(() => GlibcxxMarker.Inspect(file)).Message
        );
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Writing_spares_a_hard_linked_original_and_keeps_its_mode()
    {
        using var folder = new TempFolder();
        var (package, output) = (folder.File("package.so"), folder.File("obj/output.so"));
        var original = new TinyElf().Build();
        File.WriteAllBytes(package, original);
        Directory.CreateDirectory(folder.File("obj"));
        HardLink(package, output);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                package,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            );
        }

        GlibcxxMarker.WriteWeakened(package, output);

        Assert.Equal(original, File.ReadAllBytes(package));
        Assert.Equal(MarkerState.Weak, GlibcxxMarker.Inspect(File.ReadAllBytes(output)));
        Assert.Equal([output], Directory.GetFiles(folder.File("obj")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(File.GetUnixFileMode(package), File.GetUnixFileMode(output));
        }
    }

    [Fact]
    public void A_refused_library_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("broken.so"), "not a library");
        Assert.Throws<InvalidDataException>(() => GlibcxxMarker.WriteWeakened(folder.File("broken.so"), folder.File("output.so")));
        Assert.Equal([folder.File("broken.so")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_library_that_these_tests_load_is_weakened()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Library);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library of other systems is another one.");
        Assert.Equal(MarkerState.Weak, GlibcxxMarker.Inspect(File.ReadAllBytes(path)));
        Assert.Equal(["_ZSt21ios_base_library_initv"], MarkerSymbols(File.ReadAllBytes(path)));
    }

    private static string[] MarkerSymbols(byte[] file)
    {
        var elf = new ElfFile(file);
        return
        [
            .. elf.SymbolsOf(elf.VersionNeeds().Where(n => n.Version == GlibcxxMarker.Version).Select(n => n.Index)).Select(s => s.Name),
        ];
    }

    // The runtime has no call for it.
    private static void HardLink(string existing, string link)
    {
        using var process = Process.Start("ln", [existing, link]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
