namespace Rote.Data.Packing;

/// <summary>A part of a packed file beside its pixels.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Their SHA-256, lower-case hexadecimal.</param>
internal sealed record PackedSection(long Offset, long Length, string Sha256);

/// <summary>What a packed file says of itself: the last part of the file, as JSON. Its SHA-256 is the data's name in experiments.</summary>
internal sealed record PackedIndex
{
    /// <summary>Where the pixels begin: a page that a mapping can begin at.</summary>
    public const long PixelsAt = 4096;

    /// <summary>Rows of a picture.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a picture.</summary>
    public required int Width { get; init; }

    /// <summary>Values a pixel: 1 or 3.</summary>
    public required int Channels { get; init; }

    /// <summary>Pictures to train on, which come first.</summary>
    public required int Train { get; init; }

    /// <summary>Pictures to test on, which follow.</summary>
    public required int Test { get; init; }

    /// <summary>Whether the test pictures were set apart by packing, because the source has none.</summary>
    public required bool TestIsSetAside { get; init; }

    /// <summary>A name a class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Where the pictures come from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>How pictures that were no squares became squares; absent where nothing was scaled.</summary>
    public PictureFit? Fit { get; init; }

    /// <summary>Whether JPEG files were decoded at a fraction of their size.</summary>
    public bool IsDecodedScaled { get; init; }

    /// <summary>Pictures that have one checksum.</summary>
    public required int ChunkRows { get; init; }

    /// <summary>[train + test] int32 class numbers.</summary>
    public required PackedSection Labels { get; init; }

    /// <summary>[train + test] int32: which of the names is the picture's file.</summary>
    public required PackedSection Files { get; init; }

    /// <summary>[train + test] int64 rows in it; −1 where the file is the picture.</summary>
    public required PackedSection Rows { get; init; }

    /// <summary>Names of the files: of each its length in bytes as int32, then its UTF-8.</summary>
    public required PackedSection Names { get; init; }

    /// <summary>[chunks, 32] SHA-256 of each chunk's pixels.</summary>
    public required PackedSection Chunks { get; init; }

    /// <summary>Bytes of a picture.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int RowBytes => Height * Width * Channels;

    /// <summary>All pictures.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Count => Train + Test;

    /// <summary>Chunks of <see cref="ChunkRows"/> pictures; the last may be smaller.</summary>
    /// <param name="count">All pictures.</param>
    /// <param name="chunkRows">Pictures a chunk.</param>
    public static int ChunksOf(int count, int chunkRows) => (int)(((long)count + chunkRows - 1) / chunkRows);
}
