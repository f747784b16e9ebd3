namespace Rote.Data.Packing;

/// <summary>A part of a packed file other than its pixels.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Their SHA-256, lower-case hexadecimal.</param>
internal sealed record PackedSection(long Offset, long Length, string Sha256);

/// <summary>The description of a packed file: its last part, as JSON. Its SHA-256 identifies the data in experiments.</summary>
internal sealed record PackedIndex
{
    /// <summary>Where the pixels begin: at a page, where a mapping can begin.</summary>
    public const long PixelsAt = 4096;

    /// <summary>Rows of a picture.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a picture.</summary>
    public required int Width { get; init; }

    /// <summary>Values per pixel: 1 or 3.</summary>
    public required int Channels { get; init; }

    /// <summary>Training pictures, which come first.</summary>
    public required int Train { get; init; }

    /// <summary>Test pictures, which follow.</summary>
    public required int Test { get; init; }

    /// <summary>Whether packing split off the test pictures, because the source has none.</summary>
    public required bool TestIsSetAside { get; init; }

    /// <summary>One name per class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Where the pictures come from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>How pictures that were not square became square; absent if nothing was scaled.</summary>
    public PictureFit? Fit { get; init; }

    /// <summary>Whether JPEG files were decoded at a fraction of their size.</summary>
    public bool IsDecodedScaled { get; init; }

    /// <summary>Pictures per checksum.</summary>
    public required int ChunkRows { get; init; }

    /// <summary>[train + test] int32 class numbers.</summary>
    public required PackedSection Labels { get; init; }

    /// <summary>[train + test] int32: the index of the picture's file in the names.</summary>
    public required PackedSection Files { get; init; }

    /// <summary>[train + test] int64 rows in it; −1 if the file is the picture.</summary>
    public required PackedSection Rows { get; init; }

    /// <summary>Names of the files: for each its length in bytes as int32, then its UTF-8.</summary>
    public required PackedSection Names { get; init; }

    /// <summary>[chunks, 32] SHA-256 of each chunk's pixels.</summary>
    public required PackedSection Chunks { get; init; }

    /// <summary>Bytes of a picture.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int RowBytes => Height * Width * Channels;

    /// <summary>All pictures.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Count => Train + Test;

    /// <summary>The number of chunks; the last may be smaller.</summary>
    /// <param name="count">All pictures.</param>
    /// <param name="chunkRows">Pictures per chunk.</param>
    public static int ChunksOf(int count, int chunkRows) => (int)(((long)count + chunkRows - 1) / chunkRows);
}
