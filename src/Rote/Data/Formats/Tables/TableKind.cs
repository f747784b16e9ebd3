namespace Rote.Data.Formats.Tables;

/// <summary>The file formats of tables.</summary>
internal enum TableKind
{
    /// <summary>One record per line, fields separated by commas, tabs, semicolons or spaces.</summary>
    Separated,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Apache Arrow's record batches, also called Feather.</summary>
    Arrow,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
