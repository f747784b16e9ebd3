namespace Rote.Data.Formats.Parquet;

/// <summary>Shows the float16 columns of a Parquet file as columns of two bytes, because the Parquet library refuses a whole file for one
/// float16 column.</summary>
/// <remarks>Parquet stores float16 as two little-endian bytes, and the footer marks them as one number (LogicalType FLOAT16). This stream
/// replaces the marking byte by that of an unused type.</remarks>
/// <param name="inner">The file; closed with this object.</param>
/// <param name="offsets">The offsets of the marking bytes.</param>
internal sealed class HalfStream(FileStream inner, IReadOnlyList<long> offsets) : Stream
{
    private const byte Replacement = (ParquetShapes.Unused << 4) | 12; // 12: a struct

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var start = inner.Position;
        var count = inner.Read(buffer);
        foreach (var offset in offsets.Where(o => o >= start && o < start + count))
        {
            buffer[(int)(offset - start)] = Replacement;
        }

        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
