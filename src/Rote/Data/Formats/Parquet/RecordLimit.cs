namespace Rote.Data.Formats.Parquet;

/// <summary>Reads another text, and throws if a record has more characters than any table needs, because a parser would keep them all in
/// memory.</summary>
/// <param name="inner">The text; closed with this object.</param>
/// <param name="label">The file, for the message.</param>
internal sealed class RecordLimit(TextReader inner, string label) : TextReader
{
    /// <summary>65,536 columns of 512 characters.</summary>
    public const int MostCharacters = 1 << 25;

    private long _read;

    /// <summary>Starts the count anew after a complete record.</summary>
    public void Reset() => _read = 0;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        var character = inner.Read();
        Count(character < 0 ? 0 : 1);
        return character;
    }

    public override int Read(char[] buffer, int index, int count) => Count(inner.Read(buffer, index, count));

    public override int Read(Span<char> buffer) => Count(inner.Read(buffer));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int characters)
    {
        _read += characters;
        return _read <= MostCharacters
            ? characters
            : throw new InputException(
                $"{label} has a record of more than {MostCharacters:N0} characters; it is no table of separated values."
            );
    }
}
