using ADRaffy.ENSNormalize;

namespace Rote.Data.Labels;

/// <summary>Unicode's normal form C: a letter with an accent is one text, whether it was written as one character or as two (macOS writes
/// file names as two).</summary>
/// <remarks>Not <c>string.Normalize()</c>: it returns text unchanged in programs that run without the system's ICU. This program
/// does, to write numbers alike everywhere.</remarks>
internal static class NormalForm
{
    /// <summary>Every character before this one, the first combining mark, is in the normal form by itself, and nothing composes with
    /// it.</summary>
    private const char First = '\u0300';

    /// <summary>Whether a text could have another normal form.</summary>
    public static bool MayChange(ReadOnlySpan<char> text) => text.IndexOfAnyInRange(First, char.MaxValue) >= 0;

    /// <summary>A text in the normal form.</summary>
    public static string Of(string text) => MayChange(text) ? ENSNormalize.NF.NFC(text) : text;
}
