using System.Text;
using Rote.Data;
using Rote.Measurement;

namespace Rote.Audits.Shown;

/// <summary>What examples are called and which picture is theirs: the columns <c>name</c> and <c>picture</c> of an audit's
/// tables.</summary>
internal static class NamedColumns
{
    /// <summary>The columns.</summary>
    /// <param name="shown">What is shown of the examples; null: nothing.</param>
    /// <param name="rows">The examples, in the order of the table.</param>
    /// <returns>None where examples have neither names nor pictures of their own; empty texts where one has none.</returns>
    public static IReadOnlyList<Column> Of(ShownExamples? shown, IReadOnlyList<RowIdentity> rows) =>
        [
            .. shown is { HaveNames: true }
                ? [new Column("name", rows.Select(row => Readable(shown.ListedName(row))).ToArray())]
                : Array.Empty<Column>(),
            .. shown is { HavePictures: true }
                ? [new Column("picture", rows.Select(row => Readable(shown.PictureOf(row))).ToArray())]
                : Array.Empty<Column>(),
        ];

    /// <summary>A text without what readers of tables stumble over: NUL and other control characters, and halves of pairs.</summary>
    /// <param name="text">As it was read.</param>
    public static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            readable.Append(Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t') ? Rune.ReplacementChar : rune);
        }

        return readable.ToString();
    }
}
