namespace Rote.Data.Formats.Parquet;

/// <summary>The fields and their types in the structs that describe a Parquet file; fields not listed may be of any type.</summary>
/// <remarks>After https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift. A reader parses a known field as the
/// type listed there, whatever type the file claims. A wrong claim therefore makes the reader lose its place.</remarks>
internal static class ParquetShapes
{
    public const string Footer = "FileMetaData";
    public const string PageHeader = "PageHeader";

    /// <summary>The field of a LogicalType that means float16.</summary>
    public const int Float16 = 15;

    /// <summary>A field of a LogicalType that no format uses.</summary>
    public const int Unused = 9;

    // number:type; [type] is a list. A name is a struct; a struct that is not listed has no known fields.
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        [Footer] = "1:i32 2:[SchemaElement] 3:i64 4:[RowGroup] 5:[KeyValue] 6:binary 7:[ColumnOrder] 8:EncryptionAlgorithm 9:binary",
        ["SchemaElement"] = "1:i32 2:i32 3:i32 4:binary 5:i32 6:i32 7:i32 8:i32 9:i32 10:LogicalType",
        ["LogicalType"] =
            "1:Empty 2:Empty 3:Empty 4:Empty 5:DecimalType 6:Empty 7:TimeType 8:TimeType 10:IntType 11:Empty 12:Empty 13:Empty 14:Empty "
            + "15:Empty 16:VariantType 17:GeometryType 18:GeographyType",
        ["DecimalType"] = "1:i32 2:i32",
        ["TimeType"] = "1:bool 2:TimeUnit",
        ["TimeUnit"] = "1:Empty 2:Empty 3:Empty",
        ["IntType"] = "1:byte 2:bool",
        ["VariantType"] = "1:byte",
        ["GeometryType"] = "1:binary",
        ["GeographyType"] = "1:binary 2:i32",
        ["RowGroup"] = "1:[ColumnChunk] 2:i64 3:i64 4:[SortingColumn] 5:i64 6:i64 7:i16",
        ["SortingColumn"] = "1:i32 2:bool 3:bool",
        ["ColumnChunk"] = "1:binary 2:i64 3:ColumnMetaData 4:i64 5:i32 6:i64 7:i32 8:ColumnCryptoMetaData 9:binary",
        ["ColumnMetaData"] =
            "1:i32 2:[i32] 3:[binary] 4:i32 5:i64 6:i64 7:i64 8:[KeyValue] 9:i64 10:i64 11:i64 12:Statistics 13:[PageEncodingStats] "
            + "14:i64 15:i32 16:SizeStatistics 17:GeospatialStatistics",
        ["KeyValue"] = "1:binary 2:binary",
        ["Statistics"] = "1:binary 2:binary 3:i64 4:i64 5:binary 6:binary 7:bool 8:bool",
        ["PageEncodingStats"] = "1:i32 2:i32 3:i32",
        ["SizeStatistics"] = "1:i64 2:[i64] 3:[i64]",
        ["GeospatialStatistics"] = "1:BoundingBox 2:[i32]",
        ["BoundingBox"] = "1:double 2:double 3:double 4:double 5:double 6:double 7:double 8:double",
        ["ColumnOrder"] = "1:Empty",
        ["EncryptionAlgorithm"] = "1:AesGcm 2:AesGcm",
        ["AesGcm"] = "1:binary 2:binary 3:bool",
        ["ColumnCryptoMetaData"] = "1:Empty 2:EncryptionWithColumnKey",
        ["EncryptionWithColumnKey"] = "1:[binary] 2:binary",
        [PageHeader] = "1:i32 2:i32 3:i32 4:i32 5:DataPageHeader 6:Empty 7:DictionaryPageHeader 8:DataPageHeaderV2",
        ["DataPageHeader"] = "1:i32 2:i32 3:i32 4:i32 5:Statistics",
        ["DictionaryPageHeader"] = "1:i32 2:i32 3:bool",
        ["DataPageHeaderV2"] = "1:i32 2:i32 3:i32 4:i32 5:i32 6:i32 7:bool 8:Statistics",
    };

    private static readonly Dictionary<string, Dictionary<int, string>> Types = Fields.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Split(' ').Select(field => field.Split(':')).ToDictionary(field => int.Parse(field[0]), field => field[1]),
        StringComparer.Ordinal
    );

    /// <summary>Returns the type of a field.</summary>
    /// <param name="shape">The struct's name; null if it is not known.</param>
    /// <param name="field">The field's number.</param>
    /// <returns>The type; null if the field may be of any type.</returns>
    public static string? TypeOf(string? shape, int field) =>
        shape is not null && Types.TryGetValue(shape, out var fields) ? fields.GetValueOrDefault(field) : null;
}
