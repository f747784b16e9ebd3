namespace Rote.Data.Download;

/// <summary>Reads what an archive inflates to, and refuses to go on after so many bytes: a small archive cannot inflate without
/// end.</summary>
/// <param name="inner">The inflated bytes; disposed of with this.</param>
/// <param name="archive">What the archive is called.</param>
/// <param name="packed">Its size.</param>
/// <param name="maxBytes">The most bytes that it may inflate to.</param>
internal sealed class LimitedStream(Stream inner, string archive, long packed, long maxBytes) : Stream
{
    /// <summary>Pictures and digits shrink to a half or a tenth; gzip can shrink zeros to a thousandth, which no data set is.</summary>
    private const int MostTimes = 200;

    private const long Free = 1 << 20;

    private readonly long _most = Math.Min(maxBytes, Math.Max(Free, packed * MostTimes));
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="SourceFailure">The archive inflates to more than it may.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        return _read <= _most ? count
            : throw new SourceFailure(_most == maxBytes ? $"{archive} unpacks to more than {maxBytes:N0} bytes" : $"{archive} unpacks to more than {MostTimes} times its {packed:N0} bytes");
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
