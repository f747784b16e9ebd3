namespace Rote.Data.Formats.Parquet;

/// <summary>A Parquet file whose columns of 16-bit floating point numbers are shown as columns of two bytes: the library that reads it
/// refuses the whole file for one of them.</summary>
/// <remarks>In Parquet such a number is two bytes, the lower first, and the footer adds that they are one (LogicalType FLOAT16). The byte
/// that adds it is read as that of an unused type.</remarks>
/// <param name="inner">The file; closed with this object.</param>
/// <param name="offsets">Where those bytes stand.</param>
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
