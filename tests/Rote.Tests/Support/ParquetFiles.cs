using Parquet;
using Parquet.Schema;

namespace Rote.Tests.Support;

/// <summary>Writes Parquet files with one row group a part, in the layouts that other programs write.</summary>
internal static class ParquetFiles
{
    /// <summary>A column of a file to write.</summary>
    /// <param name="Field">Its place in the schema.</param>
    /// <param name="Write">Writes its values of a row group.</param>
    public sealed record Column(Field Field, Func<ParquetRowGroupWriter, ParquetSchema, int, Task> Write);

    /// <summary>A column of plain values; null is a missing one.</summary>
    public static Column Plain<T>(string name, params T?[][] parts)
        where T : struct
    {
        var field = new DataField<T?>(name);
        return new Column(field, (group, _, part) => group.WriteAsync<T>(field, parts[part].AsMemory()));
    }

    /// <summary>A column of texts; null is a missing one.</summary>
    public static Column Texts(string name, params string?[][] parts)
    {
        var field = new DataField<string>(name);
        return new Column(field, (group, _, part) => group.WriteAsync(field, parts[part]!));
    }

    /// <summary>A column of lists, as pyarrow writes them: optional lists of optional numbers would have one level more, which the reader
    /// takes from the schema.</summary>
    public static Column Lists(string name, params float[][][] parts)
    {
        var item = new DataField<float>("element");
        var field = new ListField(name, item);
        return new Column(
            field,
            (group, _, part) =>
                group.WriteAllPartsAsync<float>(
                    item,
                    parts[part].SelectMany(list => list).ToArray(),
                    parts[part].SelectMany(list => list.Length == 0 ? [1] : Enumerable.Repeat(2, list.Length)).ToArray(),
                    parts[part].SelectMany(list => list.Length == 0 ? [0] : list.Select((_, i) => i == 0 ? 0 : 1)).ToArray(),
                    default
                )
        );
    }

    /// <summary>A column of pictures in Hugging Face's layout: a struct of bytes and path.</summary>
    public static Column Pictures(string name, params byte[]?[][] parts)
    {
        var (bytes, path) = (new DataField<byte[]>("bytes"), new DataField<string>("path"));
        return new Column(
            new StructField(name, bytes, path),
            async (group, _, part) =>
            {
                await group.WriteAsync(bytes, parts[part]!);
                await group.WriteAsync(path, parts[part].Select((_, i) => $"{i}.png").ToArray());
            }
        );
    }

    /// <summary>A column of bytes.</summary>
    public static Column Bytes(string name, params byte[]?[][] parts)
    {
        var field = new DataField<byte[]>(name);
        return new Column(field, (group, _, part) => group.WriteAsync(field, parts[part]!));
    }

    /// <summary>A file.</summary>
    /// <param name="columns">All with as many parts.</param>
    /// <param name="parts">Number of row groups.</param>
    /// <param name="huggingFace">The text under the key "huggingface"; null: none.</param>
    public static byte[] Write(Column[] columns, int parts = 1, string? huggingFace = null) =>
        WriteAsync(columns, parts, huggingFace).GetAwaiter().GetResult();

    /// <summary>The metadata that names the classes of a column.</summary>
    public static string ClassLabel(string column, params string[] names) =>
        "{\"info\": {\"features\": {\""
        + column
        + "\": {\"names\": ["
        + string.Join(", ", names.Select(n => $"\"{n}\""))
        + "], \"_type\": \"ClassLabel\"}}}}";

    private static async Task<byte[]> WriteAsync(Column[] columns, int parts, string? huggingFace)
    {
        using var stream = new MemoryStream();
        var schema = new ParquetSchema(columns.Select(c => c.Field));
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            if (huggingFace is not null)
            {
                writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = huggingFace };
            }

            for (var part = 0; part < parts; part++)
            {
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                {
                    await column.Write(group, schema, part);
                }
            }
        }

        return stream.ToArray();
    }
}
