using System.Globalization;
using System.Text;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads labels from an array as texts: names of classes, or numbers as they are written.</summary>
internal static class ArrayTexts
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UTF32Encoding Utf32 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);

    /// <summary>Whether an array holds texts.</summary>
    public static bool AreIn(ArrayStore store, string name)
    {
        using var array = store.Open(name);
        return array.Header.IsText;
    }

    /// <summary>Reads the labels of an array; whole numbers become texts.</summary>
    /// <exception cref="InputException">They are not labels, or one is missing.</exception>
    public static LabelTexts Read(ArrayStore store, string name)
    {
        var labels = new LabelTexts();
        if (!AreIn(store, name))
        {
            foreach (var value in ArrayLabels.Values(store, name))
            {
                labels.Add(value.ToString(CultureInfo.InvariantCulture));
            }

            return labels;
        }

        using var array = store.Open(name);
        if (array.Header.Shape is not ([_] or [_, 1]) || array.Header.Count == 0)
        {
            throw new InputException($"{array.Label} has the shape {array.ShapeText}, expected one label an example, [N] or [N, 1].");
        }

        var bytes = array.Header.ItemBytes;
        array.Read(
            (first, elements) =>
            {
                for (var i = 0; i < elements.Length / bytes; i++)
                {
                    Add(labels, elements.Slice(i * bytes, bytes), array, first + i);
                }
            }
        );
        return labels;
    }

    private static void Add(LabelTexts labels, ReadOnlySpan<byte> element, NpyArray array, long row)
    {
        var text = Text(element, array, row);
        if (TableProblems.IsNoLabel(text))
        {
            throw new InputException(
                $"{array.Label}: the label of row {row} is missing{(text.Length > 0 ? $" (\"{text}\")" : "")}; leave out examples "
                    + $"without a class."
            );
        }

        if (!labels.Add(text))
        {
            throw new InputException(
                $"{array.Label}: the label of row {row} has {text.Length} characters, expected at most {LabelTexts.Longest}."
            );
        }
    }

    /// <summary>Returns one element without its zero padding.</summary>
    private static string Text(ReadOnlySpan<byte> element, NpyArray array, long row)
    {
        try
        {
            return (array.Header.Kind == 'U' ? Utf32.GetString(element) : Utf8.GetString(element)).TrimEnd('\0');
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            throw new InputException(
                array.Header.Kind == 'U'
                    ? $"{array.Label}: the label of row {row} is no text; the array is damaged."
                    : $"{array.Label}: the label of row {row} is not UTF-8; np.char.decode(y, 'latin-1') makes text of it.",
                e
            );
        }
    }
}
