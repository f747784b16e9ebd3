using Rote.Data.Formats.Numpy;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Numpy;

public sealed class NpyHeaderTests
{
    // The bytes that numpy.save wrote for numpy.zeros((2, 3), 'float32') (NumPy 1.24): the example of numpy/lib/format.py, with its padding
    // to 64.
    [Fact]
    public void A_header_as_NumPy_writes_it_is_read()
    {
        byte[] file =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            0x76,
            0,
            .. "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"u8,
            .. Enumerable.Repeat((byte)' ', 58),
            (byte)'\n',
        ];
        Assert.Equal(128, file.Length);
        var header = Read(file);
        Assert.Equal(
            ('f', 4, false, false, 6L, 128),
            (header.Kind, header.ItemBytes, header.IsBigEndian, header.IsFortranOrder, header.Count, header.HeaderBytes)
        );
        Assert.Equal([2, 3], header.Shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_are_read(byte version) =>
        Assert.Equal([7], Read(NpyFiles.WithHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }", [], version)).Shape);

    [Theory]
    [InlineData("|b1", "bool")]
    [InlineData("|i1", "int8")]
    [InlineData(">u8", "uint64")]
    [InlineData("<f2", "float16")]
    [InlineData("=f8", "float64")]
    public void Types_have_NumPys_names(string descr, string name) => Assert.Equal(name, Read(NpyFiles.Array(descr, [], 0)).TypeName);

    [Theory]
    [InlineData("{'shape': (), 'fortran_order': True, 'descr': '<i4'}", "[]")]
    [InlineData("{\"shape\": (5L, 2L,), \"descr\": \"<i4\", \"fortran_order\": False,\n}", "[5, 2]")]
    public void Any_order_and_either_quote_will_do(string text, string shape) =>
        Assert.Equal(shape, Rote.Tensors.Shape.Text(Read(NpyFiles.WithHeader(text, [])).Shape));

    [Theory]
    [InlineData(
        "|O",
        "a holds Python objects (dtype object), which only unpickling could read, and unpickling can run any program; save names of "
            + "classes with y.astype(str), and numbers with x.astype(float)."
    )]
    [InlineData("<M8[ns]", "a holds dates or times (\"<M8[ns]\"), expected numbers; x.astype('int64') makes some of them")]
    [InlineData("<c8", "a holds complex numbers (\"<c8\"), expected real ones")]
    [InlineData("<f16", "a has elements of type \"<f16\"")]
    [InlineData("|V4", "a has elements of type \"|V4\"")]
    public void Other_types_are_refused(string descr, string sentence) =>
        Assert.StartsWith(
            sentence,
            Assert.Throws<InputException>(() => Read(NpyFiles.Array(descr, [], 1))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_structured_type_is_refused() =>
        Assert.StartsWith(
            "a has a structured type, one with named fields, expected plain numbers; numpy.lib.recfunctions.structured_to_unstructured",
            Assert
                .Throws<InputException>(() =>
                    Read(NpyFiles.WithHeader("{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (3,), }", []))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", "found its end where '{' is expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "it lacks one of descr, fortran_order and shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'extra': 1}", "the key 'extra' is not expected")]
    [InlineData("{'descr': '<f4', 'descr': '<f4'}", "the key 'descr' is not expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (3,)}", "fortran_order is neither True nor False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}", "a size is not a whole number of 64 bits")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "a size is not a whole number of 64 bits")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3)} or exit()", "it goes on after its dictionary")]
    [InlineData("{'descr': '<f4", "a text has no end")]
    [InlineData("{'descr': __import__('os').system('x')}", "found '_' where a text is expected")]
    [InlineData("{'\u001b[2J': 1}", "the key '?[2J' is not expected")]
    public void A_header_that_is_no_such_dictionary_is_refused(string text, string reason) =>
        Assert.Equal(
            $"a: its header is not one of NumPy's ({reason}).",
            Assert.Throws<InputException>(() => Read(NpyFiles.WithHeader(text, []))).Message
        );

    [Fact]
    public void Sizes_that_overflow_are_refused() =>
        Assert.Equal(
            "a: its shape [4294967296, 4294967296, 0, 8] is more than any memory holds.",
            Assert.Throws<InputException>(() => Read(NpyFiles.Array("<f8", [], 1L << 32, 1L << 32, 0, 8))).Message
        );

    [Theory]
    [InlineData("", "a is not a NumPy array (it is empty)")]
    [InlineData("894e554d50590100", "a is not a NumPy array (its first bytes are others)")]
    [InlineData("934e554d50590400", "a has version 4.0 of NumPy's format, expected 1 to 3.")]
    [InlineData("934e554d50590200ffffffff", "a: its header claims 4294967295 bytes, expected at most 65536.")]
    [InlineData("934e554d50590100ffff", "a is cut: it ends in its header.")]
    public void Other_files_are_refused(string hex, string sentence) =>
        Assert.StartsWith(
            sentence,
            Assert.Throws<InputException>(() => Read(Convert.FromHexString(hex))).Message,
            StringComparison.Ordinal
        );

    private static NpyHeader Read(byte[] file) => NpyHeader.Read(new MemoryStream(file), "a");
}
