using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

/// <summary>Archives made by hand, byte for byte, as no honest program writes them.</summary>
public sealed class TarEntriesTests : IDisposable
{
    private static readonly Dictionary<string, long> Wanted = new(StringComparer.Ordinal) { ["p/a"] = 1_000_000 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Every_format_is_read_with_long_names_too(TarEntryFormat format)
    {
        var name =
            format is TarEntryFormat.V7 ? "p/a"
            : format is TarEntryFormat.Ustar ? $"{new string('f', 60)}/{new string('n', 90)}"
            : $"{new string('f', 150)}/{new string('ä', 150)}";
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, format, leaveOpen: true))
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                _ => new PaxTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream([1, 2, 3]);
            tar.WriteEntry(entry);
        }

        Assert.Equal([1, 2, 3], TarGz.Read(Packed(stream.ToArray()), new Dictionary<string, long> { [name] = 3 }, 1_000_000)[name]);
    }

    [Fact]
    public void A_size_in_GNUs_binary_form_is_read_and_one_that_no_number_holds_refused()
    {
        Assert.Equal([7], Read(Header("p/a", size: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), Block([7])));
        Refused(Header("p/a", size: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
        Refused(Header("p/a", size: [0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
        Refused(Header("other", size: [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), Block([7]));
        Refused(Header("p/a", size: "12345678901"u8.ToArray()));
        Refused(Header("p/a", size: "-0000000001"u8.ToArray()));
    }

    [Fact]
    public void An_entry_that_claims_more_than_it_has_takes_no_memory_for_it()
    {
        var wanted = new Dictionary<string, long> { ["p/a"] = 2_000_000_000 };
        var archive = Packed([.. Header("p/a", size: "16000000000"u8.ToArray()), .. Block([1])]); // 1.9 GB in octal
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SourceFailure>(() => TarGz.Read(archive, wanted, 3_000_000_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('L')]
    public void An_extended_header_that_claims_a_gigabyte_takes_no_memory_for_it(char type)
    {
        var archive = Packed([.. Header("e", type, "10000000000"u8.ToArray()), .. Block([1])]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SourceFailure>(() => TarGz.Read(archive, Wanted, 3_000_000_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData("28 size=99999999999999999999\n")]
    [InlineData("10 size=-1\n")]
    [InlineData("10 size=x\n")]
    [InlineData("nonsense\n")]
    public void An_extended_header_that_is_none_is_refused(string record) =>
        Refused(Header("e", 'x', Octal(record.Length)), Block(Encoding.ASCII.GetBytes(record)), Header("p/a", size: Octal(1)), Block([1]));

    [Fact]
    public void An_extended_headers_name_and_size_count()
    {
        const string Records = "12 path=p/a\n10 size=2\n";
        Assert.Equal(
            [5, 6],
            Read(
                Header("e", 'x', Octal(Records.Length)),
                Block(Encoding.ASCII.GetBytes(Records)),
                Header("other", size: Octal(0)),
                Block([5, 6])
            )
        );
    }

    [Theory]
    [InlineData("22 GNU.sparse.major=1\n", '0')]
    [InlineData("", 'S')]
    public void A_sparse_file_is_refused_as_one(string record, char type)
    {
        byte[] extension = record.Length == 0 ? [] : [.. Header("e", 'x', Octal(record.Length)), .. Block(Encoding.ASCII.GetBytes(record))];
        Assert.Equal(
            "p/a in x.tgz is stored with its zeros left out (sparse), expected a plain file",
            Refused(extension, Header("p/a", type, Octal(1)), Block([1]))
        );
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var header = Header("p/a", size: Octal(1));
        header[0] = (byte)'q';
        Refused(header, Block([1]));
    }

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('5')]
    public void Links_and_folders_of_a_wanted_name_are_passed_over(char type) =>
        Assert.Equal([9], Read(Header("p/a", type, Octal(0)), Header("p/a", size: Octal(1)), Block([9])));

    [Fact]
    public void What_inflates_to_hundreds_of_times_its_size_is_refused_in_a_sentence() =>
        Assert.Matches(
            "^x.tgz unpacks to more than 200 times its [0-9,]+ bytes$",
            Refused(Header("other", size: Octal(30_000_000)), new byte[30_000_640])
        );

    [Fact]
    public void Mutated_archives_are_read_or_refused()
    {
        byte[] whole =
        [
            .. Header("e", 'x', Octal(22)),
            .. Block("12 path=p/a\n10 size=2\n"u8.ToArray()),
            .. Header("other", size: Octal(2)),
            .. Block([5, 6]),
        ];
        for (var seed = 0; seed < 500; seed++)
        {
            var archive = Packed(Mutations.Bytes(whole, seed));
            try
            {
                TarGz.Read(archive, Wanted, 1_000_000);
            }
            catch (SourceFailure)
            {
                continue;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }
    }

    private byte[] Read(params byte[][] parts) => TarGz.Read(Packed([.. parts.SelectMany(part => part)]), Wanted, 40_000_000)["p/a"];

    private string Refused(params byte[][] parts) => Assert.Throws<SourceFailure>(() => Read(parts)).Message;

    private string Packed(byte[] tar)
    {
        using var gzip = new GZipStream(File.Create(_folder.File("x.tgz")), CompressionLevel.Optimal);
        gzip.Write(tar);
        return _folder.File("x.tgz");
    }

    private static byte[] Octal(long number) => Encoding.ASCII.GetBytes(Convert.ToString(number, 8).PadLeft(11, '0'));

    private static byte[] Block(byte[] content) => [.. content, .. new byte[(512 - (content.Length % 512)) % 512]];

    private static byte[] Header(string name, char type = '0', byte[]? size = null)
    {
        var header = new byte[512];
        Encoding.UTF8.GetBytes(name).CopyTo(header, 0);
        (size ?? Octal(0)).CopyTo(header, 124);
        header[156] = (byte)type;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }
}
