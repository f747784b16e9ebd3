using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rote.Pages.Runs;

/// <summary>How far a page has read an <see cref="ItemBook"/>.</summary>
/// <param name="Version">The last change that it knows; 0: none.</param>
/// <param name="Begun">The book's version when it began to read from the first item on: what was removed before that it never saw.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct Bookmark(long Version, long Begun)
{
    /// <summary>The text that a page sends back: <c>VERSION-BEGUN</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}-{Begun}");

    /// <summary>Reads a text of a page; an empty one, or 0: nothing is known.</summary>
    /// <exception cref="InputException">It is no bookmark.</exception>
    public static Bookmark Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return default;
        }

        return
            text.Split('-') is [var version, var begun]
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            && long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? new Bookmark(known, first)
            : throw new InputException("A number of the request cannot be read.");
    }

    /// <summary>Writes it as its text.</summary>
    internal sealed class Converter : JsonConverter<Bookmark>
    {
        /// <inheritdoc/>
        public override Bookmark Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, Bookmark value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
