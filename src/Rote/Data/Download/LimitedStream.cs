namespace Rote.Data.Download;

/// <summary>Reads what an archive inflates to, and fails after a limit: a small archive cannot inflate without end.</summary>
/// <param name="inner">The inflated bytes; disposed of with this.</param>
/// <param name="archive">What the archive is called.</param>
/// <param name="packed">Its size in bytes.</param>
/// <param name="maxBytes">The most bytes that it may inflate to.</param>
internal sealed class LimitedStream(Stream inner, string archive, long packed, long maxBytes) : ForwardStream(inner)
{
    /// <summary>Pictures and digits shrink to a half or a tenth; gzip can shrink zeros to a thousandth, but no data set is all
    /// zeros.</summary>
    private const int MostTimes = 200;

    private const long Free = 1 << 20;

    private readonly long _most = Math.Min(maxBytes, Math.Max(Free, packed * MostTimes));
    private long _read;

    /// <exception cref="SourceFailure">The archive inflates to more than it may.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        _read += count;
        return _read <= _most
            ? count
            : throw new SourceFailure(
                _most == maxBytes
                    ? $"{archive} unpacks to more than {maxBytes:N0} bytes"
                    : $"{archive} unpacks to more than {MostTimes} times its {packed:N0} bytes"
            );
    }
}
