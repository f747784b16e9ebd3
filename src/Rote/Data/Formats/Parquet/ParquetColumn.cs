using Parquet.Schema;

namespace Rote.Data.Formats.Parquet;

/// <summary>What a column of a Parquet file holds.</summary>
internal enum ParquetKind
{
    /// <summary>A number or bool per row.</summary>
    Number,

    /// <summary>A text per row.</summary>
    Text,

    /// <summary>A list of numbers per row, such as an embedding.</summary>
    Numbers,

    /// <summary>An encoded picture per row: bytes, or a struct of bytes and path.</summary>
    Picture,

    /// <summary>A kind that is not read, or dates.</summary>
    Other,
}

/// <summary>A top-level column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Field">The field of its values; null if it is not read.</param>
/// <param name="IsHalf">Whether they are float16, which the library returns as two bytes each.</param>
internal sealed record ParquetColumn(string Name, ParquetKind Kind, DataField? Field, bool IsHalf = false)
{
    /// <summary>The field of the pictures' file paths; null if there are only bytes.</summary>
    public DataField? PathField { get; init; }

    /// <summary>The names by which a plain column of bytes is taken as pictures.</summary>
    public static readonly string[] PictureNames = ["image", "img"];

    private static readonly Type[] NumberTypes =
    [
        typeof(bool),
        typeof(byte),
        typeof(sbyte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
        typeof(float),
        typeof(double),
        typeof(Half),
        typeof(decimal),
    ];

    /// <summary>Whether it holds dates.</summary>
    public bool IsTime { get; private init; }

    /// <summary>Whether it holds a number, a text or a date per row.</summary>
    public bool IsPlain => Kind is ParquetKind.Number or ParquetKind.Text || IsTime;

    /// <summary>Classifies a field of the schema.</summary>
    /// <remarks>Hugging Face data sets store a picture as struct&lt;bytes: binary, path: string&gt;, and a label as int64 with the class
    /// names in the file's metadata.</remarks>
    /// <param name="field">A top-level field.</param>
    /// <param name="halves">The fields that hold float16.</param>
    public static ParquetColumn Of(Field field, IReadOnlyCollection<DataField> halves) =>
        field switch
        {
            DataField half when IsHalfOf(halves, half) => new(
                field.Name,
                half.IsArray ? ParquetKind.Numbers : ParquetKind.Number,
                half,
                true
            ),
            ListField { Item: DataField item } when IsHalfOf(halves, item) && item.MaxRepetitionLevel == 1 => new(
                field.Name,
                ParquetKind.Numbers,
                item,
                true
            ),
            DataField { IsArray: true } items when IsNumber(items) => new(field.Name, ParquetKind.Numbers, items),
            DataField number when IsNumber(number) => new(field.Name, ParquetKind.Number, number),
            DataField text when IsText(text) => new(field.Name, ParquetKind.Text, text),
            DataField bytes when IsBytes(bytes) && PictureNames.Contains(field.Name, StringComparer.OrdinalIgnoreCase) => new(
                field.Name,
                ParquetKind.Picture,
                bytes
            ),
            ListField { Item: DataField item } when IsNumber(item) && item.MaxRepetitionLevel == 1 => new(
                field.Name,
                ParquetKind.Numbers,
                item
            ),
            StructField picture when picture.Fields.OfType<DataField>().FirstOrDefault(f => f.Name == "bytes" && IsBytes(f)) is { } bytes =>
                new(field.Name, ParquetKind.Picture, bytes)
                {
                    PathField = picture.Fields.OfType<DataField>().FirstOrDefault(f => f.Name == "path" && IsText(f)),
                },
            DataField { IsArray: false } date when date.ClrType == typeof(DateTime) || date.ClrType == typeof(DateOnly) => new(
                field.Name,
                ParquetKind.Other,
                date
            )
            {
                IsTime = true,
            },
            _ => new(field.Name, ParquetKind.Other, null),
        };

    private static bool IsHalfOf(IReadOnlyCollection<DataField> halves, DataField field) => halves.Any(h => h.Path.Equals(field.Path));

    private static bool IsNumber(DataField field) =>
        NumberTypes.Contains(field.ClrType)
        && field.GetType() is var type
        && (type == typeof(DataField) || type == typeof(DecimalDataField) || type.IsGenericType);

    private static bool IsText(DataField field) =>
        !field.IsArray && (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>));

    private static bool IsBytes(DataField field) =>
        !field.IsArray && (field.ClrType == typeof(byte[]) || field.ClrType == typeof(ReadOnlyMemory<byte>));
}
