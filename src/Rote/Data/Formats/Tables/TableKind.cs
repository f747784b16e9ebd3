namespace Rote.Data.Formats.Tables;

/// <summary>The forms that tables are kept in.</summary>
internal enum TableKind
{
    /// <summary>A record a line, fields separated by commas, tabs, semicolons or spaces.</summary>
    Separated,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>Apache Arrow's record batches, also called Feather.</summary>
    Arrow,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
