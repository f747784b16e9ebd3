using Rote.Data.Formats.Parquet;

namespace Rote.Tests.Data.Formats.Parquet;

/// <summary>Structs of Thrift's compact protocol, written by hand after its specification.</summary>
public sealed class ThriftStructTests
{
    // Field 1: i32 150 (zigzag 300 = AC 02); field 3: text "ab"; field 5: struct with field 1 = i64 -1; field 6: list of two i32; end; one
    // byte more.
    // csharpier-ignore
    private static readonly byte[] Known =
    [
        0x15, 0xAC, 0x02, 0x28, 0x02, (byte)'a', (byte)'b', 0x2C, 0x16, 0x01, 0x00, 0x19, 0x25, 0x02, 0x04, 0x00, 0x99,
    ];

    [Fact]
    public void Whole_numbers_are_found_by_field_and_the_length_ends_with_the_struct()
    {
        var (length, numbers) = ThriftStruct.Walk(Known);
        Assert.Equal(Known.Length - 1, length);
        Assert.Equal(new Dictionary<(int, int), long> { [(1, 0)] = 150, [(5, 1)] = -1 }, numbers);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused() =>
        Assert.All(
            Enumerable.Range(0, Known.Length - 1),
            length => Assert.Throws<InvalidDataException>(() => ThriftStruct.Walk(Known.AsSpan()[..length]))
        );

    [Theory]
    [InlineData("a text longer than the rest", new byte[] { 0x18, 0x7F, 1, 0 })]
    [InlineData("more elements than bytes", new byte[] { 0x19, 0xF5, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 2, 0 })]
    [InlineData("a number that does not end", new byte[] { 0x15, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0 })]
    [InlineData("an end mark that is none", new byte[] { 0x10, 0 })]
    [InlineData("a map", new byte[] { 0x1B, 0, 0 })]
    [InlineData("field 0", new byte[] { 0x05, 0x00, 2, 0 })]
    [InlineData("a list of bools", new byte[] { 0x19, 0x21, 1, 1, 0 })]
    public void Claims_that_cannot_be_are_refused(string what, byte[] bytes) =>
        Assert.True(Record.Exception(() => ThriftStruct.Walk(bytes)) is InvalidDataException, what);

    // A page header: 1 and 2: i32; 5: a data page header with 1: i32. Its reader takes field 1 for an i32 whatever the file says that it
    // is.
    [Theory]
    [InlineData(true, new byte[] { 0x15, 2, 0x15, 4, 0x3C, 0x15, 6, 0, 0 })]
    [InlineData(true, new byte[] { 0x15, 2, 0x5C, 0, 0 })] // 6: an index page, of which nothing is known
    [InlineData(true, new byte[] { 0x15, 2, 0x98, 1, (byte)'a', 0 })] // 10: no field of ours
    [InlineData(false, new byte[] { 0x16, 2, 0 })]
    [InlineData(false, new byte[] { 0x18, 1, (byte)'a', 0 })]
    [InlineData(false, new byte[] { 0x15, 2, 0x45, 2, 0 })]
    [InlineData(false, new byte[] { 0x15, 2, 0x4C, 0x18, 1, (byte)'a', 0, 0 })]
    public void A_known_field_has_the_type_of_the_format(bool isRight, byte[] bytes) =>
        Assert.Equal(isRight, Record.Exception(() => ThriftStruct.Walk(bytes, ParquetShapes.PageHeader)) is null);

    // 2: schema elements. An empty list may say anything of its elements.
    [Theory]
    [InlineData(true, new byte[] { 0x29, 0x1C, 0x15, 2, 0, 0 })]
    [InlineData(true, new byte[] { 0x29, 0x05, 0 })]
    [InlineData(false, new byte[] { 0x29, 0x15, 2, 0 })]
    [InlineData(false, new byte[] { 0x29, 0x1C, 0x48, 1, (byte)'a', 0x16, 2, 0, 0 })]
    public void So_have_the_elements_of_a_list(bool isRight, byte[] bytes) =>
        Assert.Equal(isRight, Record.Exception(() => ThriftStruct.Walk(bytes, ParquetShapes.Footer)) is null);

    [Fact]
    public void Structs_within_structs_without_end_are_refused() =>
        Assert.Throws<InvalidDataException>(() => ThriftStruct.Walk(Enumerable.Repeat((byte)0x1C, 100_000).ToArray()));
}
