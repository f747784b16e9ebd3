using Parquet;
using Parquet.Schema;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Tests.Storage.Tables;

public sealed class ParquetTableTests
{
    private static readonly Column[] Sample =
    [
        new("id", new[] { 0L, 1, long.MaxValue }),
        new("name", new[] { "a", "", "=\"ü\n,\"" }),
        new("class", new[] { 0, -1, int.MaxValue }),
        new("logit", new[] { 0.5f, -0f, float.MaxValue }),
        new("loss", new[] { 0.1, double.Epsilon, 1e300 }),
        new("changed", new[] { true, false, true }),
    ];

    [Fact]
    public async Task What_is_written_is_read_back_with_its_types()
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(Write(Sample)));
        Assert.Equal(
            ["INT64 id", "BYTE_ARRAY name", "INT32 class", "FLOAT logit", "DOUBLE loss", "BOOLEAN changed"],
            reader.Metadata!.Schema.Skip(1).Select(e => $"{e.Type} {e.Name}")
        );
        Assert.All(reader.Schema.DataFields, field => Assert.False(field.IsNullable));
        Assert.Equal("[\"a\"]", reader.CustomMetadata["classNames"]);
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal((long[])Sample[0].Values, await Read<long>(group, reader.Schema.DataFields[0]));
        var names = new string?[3];
        await group.ReadAsync(reader.Schema.DataFields[1], names.AsMemory());
        Assert.Equal((string[])Sample[1].Values, names);
        Assert.Equal((int[])Sample[2].Values, await Read<int>(group, reader.Schema.DataFields[2]));
        Assert.Equal((float[])Sample[3].Values, await Read<float>(group, reader.Schema.DataFields[3]));
        Assert.Equal((double[])Sample[4].Values, await Read<double>(group, reader.Schema.DataFields[4]));
        Assert.Equal((bool[])Sample[5].Values, await Read<bool>(group, reader.Schema.DataFields[5]));
    }

    [Fact]
    public void Equal_tables_are_equal_bytes() => Assert.Equal(Write(Sample), Write(Sample));

    [Fact]
    public async Task Many_rows_come_back_in_their_groups()
    {
        var values = Enumerable.Range(0, 1_000_003).ToArray();
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(Write(new Column("id", values))));
        Assert.Equal(2, reader.RowGroupCount);
        using var last = reader.OpenRowGroupReader(1);
        Assert.Equal(new[] { 1_000_000, 1_000_001, 1_000_002 }, await Read<int>(last, reader.Schema.DataFields[0]));
    }

    private static byte[] Write(params Column[] columns)
    {
        using var stream = new MemoryStream();
        ParquetTable.Write(stream, columns, new Dictionary<string, string> { ["classNames"] = "[\"a\"]" });
        return stream.ToArray();
    }

    private static async Task<T[]> Read<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory());
        return values;
    }
}
