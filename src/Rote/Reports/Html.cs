using System.Runtime.CompilerServices;
using System.Text;

namespace Rote.Reports;

/// <summary>Markup that is safe to put into a page. Text becomes markup only by escaping.</summary>
/// <remarks>
/// <see cref="Of"/> takes an interpolated string. Its literal parts are our own and stay as they are; its holes are data and are escaped.
/// So a hostile class name cannot reach a page as markup, however the page is written.
/// </remarks>
internal readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Turns data into markup: escaped, and without control characters.</summary>
    public static Html Text(string text) => new(Escape(text));

    /// <summary>Our own markup with data in its holes: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(Template template) => new(template.Markup);

    /// <summary>Takes markup from a library or one of our files as it is. Never for data.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>Joins pieces of markup.</summary>
    public static Html Join(string separator, IEnumerable<Html> pieces) => new(string.Join(separator, pieces));

    /// <inheritdoc/>
    public override string ToString() => _markup ?? "";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in PlainText.Clean(text))
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Collects an interpolated string: literals as they are, holes escaped unless they are markup already.</summary>
    /// <param name="literalLength">Length of the literal parts, from the compiler.</param>
    /// <param name="formattedCount">Number of holes, from the compiler.</param>
    [InterpolatedStringHandler]
    internal readonly ref struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _markup = new(literalLength + (16 * formattedCount));

        public string Markup => _markup.ToString();

        public void AppendLiteral(string literal) => _markup.Append(literal);

        public void AppendFormatted(Html markup) => _markup.Append(markup);

        public void AppendFormatted(string? data) => _markup.Append(Escape(data ?? ""));

        public void AppendFormatted(int data) => _markup.Append(data);
    }
}
