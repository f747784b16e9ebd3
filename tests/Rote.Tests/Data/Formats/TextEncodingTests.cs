using System.Text;
using Rote.Data;
using Rote.Data.Formats;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats;

/// <summary>Texts in UTF-16 are read with a mark and without; others are refused with the line, and what makes them UTF-8.</summary>
[NoTensorLeaks]
public sealed class TextEncodingTests : IDisposable
{
    private const string Table = "a,label\n1,é\n2,b\n4,é\n8,b\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_table_in_UTF_16_is_read(bool isBig, bool hasMark)
    {
        var encoding = new UnicodeEncoding(isBig, hasMark);
        File.WriteAllBytes(_folder.File("t.csv"), [.. encoding.GetPreamble(), .. encoding.GetBytes(Table)]);
        RequireRead();
    }

    [Fact]
    public void A_folder_of_texts_in_UTF_16_is_read()
    {
        foreach (var (i, kind) in new[] { (0, "x"), (1, "x"), (2, "y"), (3, "y") })
        {
            PictureFiles.Write(_folder, $"d/{kind}/{i}.txt", new UnicodeEncoding(false, false).GetBytes($"caf\u00e9 {i}"));
        }

        using var data = DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(["caf\u00e9 0", "caf\u00e9 1", "caf\u00e9 2", "caf\u00e9 3"], all.Texts!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_table_of_Windows_is_named_with_its_line_and_read_once_converted()
    {
        File.WriteAllBytes(_folder.File("t.csv"), Encoding.Latin1.GetBytes(Table));
        var message = Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"))).Message;
        Assert.StartsWith($"{_folder.File("t.csv")} is not UTF-8 (line 2); save it as UTF-8, as in Python: t = open(", message);
        PythonLines.Run(PythonLines.With("sys"), message.Split("in Python: ")[1].TrimEnd('.'));
        RequireRead();
    }

    [Theory]
    [InlineData(new byte[] { 65, 0, 66, 0 }, "utf-16")]
    [InlineData(new byte[] { 0, 65, 0, 66 }, "utf-16BE")]
    [InlineData(new byte[] { 65, 66, 67, 68 }, "utf-8")]
    [InlineData(new byte[] { 65, 0, 0, 0 }, "utf-8")]
    [InlineData(new byte[] { 65, 0 }, "utf-8")]
    [InlineData(new byte[0], "utf-8")]
    public void The_first_letters_tell_the_order_of_bytes(byte[] start, string name) =>
        Assert.Equal(name, TextEncoding.Of(start).WebName, ignoreCase: true);

    private void RequireRead()
    {
        using var data = DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"));
        Assert.Equal(["b", "é"], data.Data.Train.ClassNames);
        Assert.Equal(["[0] 1 é", "[1] 2 b", "[2] 4 é", "[3] 8 b"], Packed.Rows(data));
    }

    // Found by mutated inputs: bytes that are no UTF-8 in a gzip file whose checksum is wrong.
    [Fact]
    public void Damage_before_the_fault_has_no_place()
    {
        var bytes = Packed.Gzip([.. "a,label\n1,x\n"u8]);
        bytes[^6] ^= 1;
        File.WriteAllBytes(_folder.File("d.csv.gz"), bytes);
        Assert.Null(TextEncoding.PlaceOfFault(_folder.File("d.csv.gz")));
    }
}
