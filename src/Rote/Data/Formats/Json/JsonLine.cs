namespace Rote.Data.Formats.Json;

/// <summary>Reads a file line by line as bytes, and refuses a line too long for a record before it fills the memory.</summary>
/// <param name="stream">The unpacked file; closed with this object.</param>
/// <param name="path">Its path, for messages.</param>
internal sealed class JsonLine(Stream stream, string path) : IDisposable
{
    /// <summary>As many bytes as a record of separated values may have characters.</summary>
    private const int MostBytes = Parquet.RecordLimit.MostCharacters;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The current line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Moves to the next line that is not blank.</summary>
    /// <param name="line">The line, valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">A line is too long.</exception>
    public bool Next(out ReadOnlyMemory<byte> line)
    {
        while (Read(out line))
        {
            Number++;
            if (Number == 1 && line.Span.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => stream.Dispose();

    private bool Read(out ReadOnlyMemory<byte> line)
    {
        for (var looked = 0; ; )
        {
            var place = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (place >= 0)
            {
                line = _buffer.AsMemory(_start, looked + place);
                _start += looked + place + 1;
                return true;
            }

            looked = _end - _start;
            if (!Fill())
            {
                line = _buffer.AsMemory(_start, looked);
                _start = _end;
                return looked > 0;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MostBytes)
            {
                throw new InputException($"{path}: line {Number + 1} has more than {MostBytes:N0} bytes, expected a JSON object a line.");
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var count = stream.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
