using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Arrow;

/// <summary>Tables in Apache Arrow's file and stream formats.</summary>
[NoTensorLeaks]
public sealed class ArrowRecordsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, CompressionCodecType.Lz4Frame)]
    [InlineData(true, CompressionCodecType.Zstd)]
    public void Columns_of_numbers_and_text_are_read_in_either_format_packed_or_not(bool isFile, CompressionCodecType? packing)
    {
        Write(
            isFile,
            packing,
            Batch(("a", Floats(0.5f, -1f)), ("n", new Int16Array.Builder().Append(3).Append(-4).Build()), ("label", Texts("cat", "dog"))),
            Batch(("a", Floats(2f, 4f)), ("n", new Int16Array.Builder().Append(5).Append(6).Build()), ("label", Texts("cat", "dog")))
        );
        using var data = Load();
        Assert.Equal(["a", "n"], data.Data.Train.FeatureNames);
        Assert.Equal(["[0] 0.5 3 cat", "[1] -1 -4 dog", "[2] 2 5 cat", "[3] 4 6 dog"], Packed.Rows(data));
    }

    [Fact]
    public void Text_kept_by_numbers_bool_and_16_bit_numbers_are_read()
    {
        var words = new DictionaryArray(
            new DictionaryType(Int8Type.Default, StringType.Default, false),
            new Int8Array.Builder().Append(1).Append(0).Append(1).Append(0).Build(),
            Texts("owl", "cat")
        );
        var half = new HalfFloatArray.Builder().Append((Half)0.25f).Append((Half)1).Append((Half)2).Append((Half)3).Build();
        var flags = new BooleanArray.Builder().Append(true).Append(false).Append(true).Append(true).Build();
        Write(true, null, Batch(("h", half), ("flag", flags), ("label", words)));
        using var data = Load();
        Assert.Equal(["[0] 0.25 1 cat", "[1] 1 0 owl", "[2] 2 1 cat", "[3] 3 1 owl"], Packed.Rows(data));
    }

    [Fact]
    public void A_column_of_lists_is_a_vector_and_what_is_beside_it_is_not_read()
    {
        var lists = new ListArray.Builder(FloatType.Default);
        var items = (FloatArray.Builder)lists.ValueBuilder;
        for (var i = 0; i < 4; i++)
        {
            lists.Append();
            items.Append(i).Append(i + 0.5f);
        }

        Write(
            true,
            null,
            Batch(
                ("id", new Int64Array.Builder().Append(9).Append(7).Append(8).Append(6).Build()),
                ("v", lists.Build()),
                ("label", Texts("a", "b", "a", "b"))
            )
        );
        using var data = Load();
        Assert.Null(data.Data.Train.FeatureNames);
        Assert.Equal(["[0] 0 0.5 a", "[1] 1 1.5 b", "[2] 2 2.5 a", "[3] 3 3.5 b"], Packed.Rows(data));
        Assert.Contains("read v and label; not read: id.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_used_is_one_sentence()
    {
        var times = new DurationArray.Builder(DurationType.Second).Append(1).Append(2).Build();
        Write(true, null, Batch(("when", times), ("label", Texts("a", "b"))));
        Assert.Contains(
            "the column when holds dates or times, expected numbers, text or lists of numbers",
            Refused(),
            StringComparison.Ordinal
        );
        Assert.EndsWith("; convert it, or save the table without it.", Refused(), StringComparison.Ordinal);
        Write(true, null, Batch(("a", Floats(1, 2, 3, 4)), ("label", Texts("a", "b", "a", "b"))));
        using (var without = Load())
        {
            Assert.Equal(["[0] 1 a", "[1] 2 b", "[2] 3 a", "[3] 4 b"], Packed.Rows(without));
        }

        Write(true, null, Batch(("a", Floats(1, float.PositiveInfinity)), ("label", Texts("a", "b"))));
        Assert.Contains("a value that is missing or not finite, the first in row 1, column a", Refused(), StringComparison.Ordinal);
        foreach (var damaged in new byte[][] { [], [1, 2, 3], [.. "FEA1"u8, 0, 0, 0, 0], [.. "ARROW1"u8, 0, 0, 9, 9, 9, 9] })
        {
            File.WriteAllBytes(_folder.File("t.arrow"), damaged);
            Assert.StartsWith(_folder.File("t.arrow"), Refused(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_two_columns_of_lists_one_is_left()
    {
        Write(true, null, Batch(("v", Pairs()), ("w", Pairs()), ("label", Texts("a", "b", "a", "b"))));
        Assert.EndsWith(" has 2 columns of lists of numbers, v, w; leave one.", Refused(), StringComparison.Ordinal);
        Write(true, null, Batch(("v", Pairs()), ("label", Texts("a", "b", "a", "b"))));
        using var data = Load();
        Assert.Equal(["[0] 0 0.5 a", "[1] 1 1.5 b", "[2] 2 2.5 a", "[3] 3 3.5 b"], Packed.Rows(data));

        static ListArray Pairs()
        {
            var lists = new ListArray.Builder(FloatType.Default);
            var items = (FloatArray.Builder)lists.ValueBuilder;
            for (var i = 0; i < 4; i++)
            {
                lists.Append();
                items.Append(i).Append(i + 0.5f);
            }

            return lists.Build();
        }
    }

    [Fact]
    public void A_cut_file_is_refused_wherever_it_is_cut()
    {
        Write(true, null, Batch(("a", Floats(0.5f, -1f, 2, 3)), ("label", Texts("cat", "dog", "cat", "dog"))));
        var whole = File.ReadAllBytes(_folder.File("t.arrow"));
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_folder.File("t.arrow"), whole[..length]);
            Assert.StartsWith(_folder.File("t.arrow"), Refused(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, CompressionCodecType.Zstd)]
    [InlineData(true, CompressionCodecType.Lz4Frame)]
    public void A_length_that_claims_more_than_there_is_takes_no_memory(bool isFile, CompressionCodecType? packing)
    {
        Write(isFile, packing, Batch(("a", Floats(0.5f, -1f, 2, 3)), ("label", Texts("cat", "dog", "cat", "dog"))));
        var whole = File.ReadAllBytes(_folder.File("t.arrow"));
        var (read, refused) = (0, 0);
        for (var at = 0; at + sizeof(int) <= whole.Length; at += sizeof(int))
        {
            foreach (var claim in new[] { 0, 0x40000000, 0x7ffffff0 })
            {
                var changed = whole.ToArray();
                BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), claim);
                File.WriteAllBytes(_folder.File("t.arrow"), changed);
                var before = GC.GetAllocatedBytesForCurrentThread();
                if (Record.Exception(() => Load().Dispose()) is { } error)
                {
                    refused++;
                    Assert.StartsWith(_folder.File("t.arrow"), Assert.IsType<InputException>(error).Message, StringComparison.Ordinal);
                }
                else
                {
                    read++; // nothing hangs on that number, as on a float's bits
                }

                // Zstandard's decoder takes a window of its own, 49 MB at the most that was seen.
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
            }
        }

        // Many words are values, padding, or the second copy of the schema: a file without checksums cannot tell.
        Assert.True(refused > read / 4 && read > 0, $"{refused} refused, {read} read");
    }

    private static FloatArray Floats(params float[] values) => new FloatArray.Builder().AppendRange(values).Build();

    private static StringArray Texts(params string[] values) => new StringArray.Builder().AppendRange(values).Build();

    private static RecordBatch Batch(params (string Name, IArrowArray Values)[] columns) =>
        new(
            new Schema(columns.Select(c => new Field(c.Name, c.Values.Data.DataType, true)), null),
            columns.Select(c => c.Values),
            columns[0].Values.Length
        );

    private void Write(bool isFile, CompressionCodecType? packing, params RecordBatch[] batches)
    {
        using var stream = File.Create(_folder.File("t.arrow"));
        var options = new IpcOptions { CompressionCodec = packing, CompressionCodecFactory = new CompressionCodecFactory() };
        using var writer = isFile
            ? new ArrowFileWriter(stream, batches[0].Schema, false, options)
            : new ArrowStreamWriter(stream, batches[0].Schema, false, options);
        foreach (var batch in batches)
        {
            writer.WriteRecordBatch(batch);
        }

        writer.WriteEnd();
    }

    private NamedData Load() => DatasetLoader.Load(_folder.File("t.arrow"), new DataFolder("/nowhere"), null, _told);

    private string Refused() => Assert.Throws<InputException>(() => Load()).Message;
}
