using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rote.Foundation;

/// <summary>A sentence for the user that may name settings: <c>$"There is no such column; choose one with
/// {Setting.LabelColumn}."</c></summary>
/// <remarks>Whoever shows it decides how settings are called: a command by its options, all else in words.</remarks>
[InterpolatedStringHandler]
public sealed class Sentence
{
    private readonly List<object> _parts; // strings and settings

    /// <summary>Begins one; the compiler calls this for an interpolated string.</summary>
    /// <param name="literalLength">Characters outside of holes.</param>
    /// <param name="formattedCount">Holes.</param>
    public Sentence(int literalLength, int formattedCount) => _parts = new List<object>((literalLength > 0 ? 1 : 0) + (2 * formattedCount));

    /// <summary>A sentence of a text that names no setting.</summary>
    /// <param name="text">The text.</param>
    public Sentence(string text) => _parts = [text];

    /// <summary>Adds the text outside of holes.</summary>
    /// <param name="text">The text.</param>
    public void AppendLiteral(string text) => _parts.Add(text);

    /// <summary>Adds a setting.</summary>
    /// <param name="setting">The setting.</param>
    public void AppendFormatted(Setting setting) => _parts.Add(setting);

    /// <summary>Adds a part of a sentence with its settings.</summary>
    /// <param name="part">The part.</param>
    public void AppendFormatted(Sentence part) => _parts.AddRange(part._parts);

    /// <summary>Adds a value as an interpolated string does.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format; null: the usual one.</param>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _parts.Add(value is IFormattable number ? number.ToString(format, CultureInfo.CurrentCulture) : value?.ToString() ?? "");

    /// <summary>Adds characters.</summary>
    /// <param name="text">The characters.</param>
    public void AppendFormatted(ReadOnlySpan<char> text) => _parts.Add(text.ToString());

    /// <summary>The sentence in words.</summary>
    public override string ToString() => Format(setting => setting.ToString());

    /// <summary>The sentence where settings have names.</summary>
    /// <param name="name">The name of a setting.</param>
    public string Format(Func<Setting, string> name) =>
        string.Concat(_parts.Select(part => part is Setting setting ? name(setting) : part));
}
