using Parquet;
using Parquet.Schema;
using Rote.Measurement;

namespace Rote.Storage.Tables;

/// <summary>Columns as Apache Parquet, which keeps their types.</summary>
/// <remarks>Format: https://parquet.apache.org/docs/file-format/. Plain types only, and no value is null but of a column of <c>long?</c>;
/// equal tables give equal bytes.</remarks>
public static class ParquetTable
{
    /// <summary>Rows a group: readers hold one group at a time.</summary>
    private const int GroupRows = 1_000_000;

    /// <summary>Writes a table.</summary>
    /// <param name="stream">Where to, from its beginning; left open.</param>
    /// <param name="columns">Of one length, with distinct names: <c>int</c> becomes INT32, <c>long</c> INT64, <c>float</c> FLOAT,
    /// <c>double</c> DOUBLE, <c>bool</c> BOOLEAN, <c>string</c> UTF-8.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    public static void Write(Stream stream, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> metadata) =>
        WriteAsync(stream, columns, metadata).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> metadata)
    {
        var fields = columns
            .Select(c => new DataField(
                c.Name,
                Nullable.GetUnderlyingType(c.Values.GetType().GetElementType()!) ?? c.Values.GetType().GetElementType()!,
                isNullable: c.Values is long?[]
            ))
            .ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        writer.CustomMetadata = metadata.ToDictionary();
        var rows = columns[0].Values.Length;
        for (var start = 0; start < rows; start += GroupRows)
        {
            using var group = writer.CreateRowGroup();
            for (var c = 0; c < columns.Count; c++)
            {
                await WriteAsync(group, fields[c], columns[c], start, Math.Min(GroupRows, rows - start));
            }

            group.CompleteValidate();
        }
    }

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, Column column, int start, int count) =>
        column.Values switch
        {
            string[] texts => group.WriteAsync(field, new ArraySegment<string>(texts, start, count)),
            bool[] truths => group.WriteAsync<bool>(field, truths.AsMemory(start, count)),
            int[] numbers => group.WriteAsync<int>(field, numbers.AsMemory(start, count)),
            long[] numbers => group.WriteAsync<long>(field, numbers.AsMemory(start, count)),
            long?[] numbers => group.WriteAsync<long>(field, numbers.AsMemory(start, count)),
            float[] numbers => group.WriteAsync<float>(field, numbers.AsMemory(start, count)),
            double[] numbers => group.WriteAsync<double>(field, numbers.AsMemory(start, count)),
            _ => throw new InvalidOperationException($"The column {column.Name} is of no plain type."),
        };
}
