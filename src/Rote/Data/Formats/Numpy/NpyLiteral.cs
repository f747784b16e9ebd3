using System.Globalization;
using System.Text;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads the one Python dictionary in a NumPy header, and nothing else of Python.</summary>
/// <remarks><c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>: three known keys, each once, in any order.</remarks>
internal ref struct NpyLiteral
{
    /// <summary>NumPy itself allows 32 dimensions (64 from version 2 on).</summary>
    private const int MostDimensions = 64;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private NpyLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads the dictionary.</summary>
    /// <param name="text">The header's text.</param>
    /// <returns>The dtype (null if it is structured), order and shape.</returns>
    /// <exception cref="FormatException">It is no such dictionary; the message says why, without a full stop.</exception>
    public static (string? Descr, bool IsFortranOrder, long[] Shape) Parse(string text)
    {
        var reader = new NpyLiteral(text);
        return reader.Dictionary();
    }

    private (string? Descr, bool IsFortranOrder, long[] Shape) Dictionary()
    {
        string? descr = null;
        var isStructured = false;
        bool? isFortran = null;
        long[]? shape = null;
        Expect('{');
        while (Peek() != '}')
        {
            switch (Text())
            {
                case "descr" when descr is null && !isStructured:
                    Expect(':');

                    // A list of fields: its content does not matter, because structured dtypes are not read.
                    if (Peek() is '[' or '(')
                    {
                        return (null, false, []);
                    }

                    descr = Text();
                    break;
                case "fortran_order" when isFortran is null:
                    Expect(':');
                    isFortran = Boolean();
                    break;
                case "shape" when shape is null:
                    Expect(':');
                    shape = Tuple();
                    break;
                case var key:
                    throw new FormatException($"the key '{Printable(key)}' is not expected");
            }

            if (Peek() != ',')
            {
                break;
            }

            _at++;
        }

        Expect('}');
        if (Peek() != '\0')
        {
            throw new FormatException("it goes on after its dictionary");
        }

        return descr is not null && isFortran is { } fortran && shape is not null
            ? (descr, fortran, shape)
            : throw new FormatException("it lacks one of descr, fortran_order and shape");
    }

    /// <summary>Skips white space and returns the next character; NUL at the end.</summary>
    private char Peek()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\t' or '\r')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private void Expect(char expected)
    {
        var found = Peek();
        if (found != expected)
        {
            throw new FormatException(
                $"found {(found == '\0' ? "its end" : $"'{Printable(found.ToString())}'")} where '{expected}' is expected"
            );
        }

        _at++;
    }

    private string Text()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw new FormatException($"found {(quote == '\0' ? "its end" : $"'{Printable(quote.ToString())}'")} where a text is expected");
        }

        var length = _text[(_at + 1)..].IndexOf(quote);
        if (length < 0)
        {
            throw new FormatException("a text has no end");
        }

        var text = _text.Slice(_at + 1, length).ToString();
        _at += length + 2;
        return text;
    }

    private bool Boolean()
    {
        Peek();
        var rest = _text[_at..];
        var value = rest.StartsWith("True", StringComparison.Ordinal);
        if (!value && !rest.StartsWith("False", StringComparison.Ordinal))
        {
            throw new FormatException("fortran_order is neither True nor False");
        }

        _at += value ? 4 : 5;
        return value;
    }

    private long[] Tuple()
    {
        var sizes = new List<long>();
        Expect('(');
        while (Peek() != ')')
        {
            sizes.Add(Number());
            if (sizes.Count > MostDimensions)
            {
                throw new FormatException($"it has more than {MostDimensions} dimensions");
            }

            if (Peek() != ',')
            {
                break;
            }

            _at++;
        }

        Expect(')');
        return [.. sizes];
    }

    private long Number()
    {
        Peek();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        var digits = _text[start.._at];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new FormatException("a size is not a whole number of 64 bits");
        }

        // Python 2 marks long integers with an L.
        if (_at < _text.Length && _text[_at] == 'L')
        {
            _at++;
        }

        return value;
    }

    /// <summary>Returns at most 40 characters, without any that move a terminal's cursor.</summary>
    private static string Printable(string text)
    {
        var safe = new StringBuilder();
        foreach (var c in text.AsSpan(0, Shortened.LengthOfBeginning(text, 40)))
        {
            safe.Append(char.IsControl(c) ? '?' : c);
        }

        return safe.ToString();
    }
}
