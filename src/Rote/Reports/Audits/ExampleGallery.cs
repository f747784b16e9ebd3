using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>Examples side by side, each with a caption: pictures, texts, or names where there is nothing to see.</summary>
internal static class ExampleGallery
{
    private const int LongestName = 200;

    /// <summary>Draws it.</summary>
    /// <param name="ids">Which examples.</param>
    /// <param name="examples">The data.</param>
    /// <param name="caption">The line below the example at a place of <paramref name="ids"/>.</param>
    /// <param name="looks">What the user wants to see of examples; null: nothing.</param>
    public static Html Draw(IEnumerable<int> ids, Dataset examples, Func<int, string> caption, ExampleLooks? looks = null)
    {
        int[] rows = [.. ids];
        var seen = Thumbnails.Of(examples, rows);
        string?[] pictures = [.. rows.Select((row, place) => looks?.SmallPictureOf(row) ?? seen?[place])];
        string NameOf(int row) => ShownText.Line(looks?.Name(row) ?? examples.Rows[row].Name, LongestName);
        var items = rows.Select(
            (row, place) =>
                examples.Texts is { } texts
                    ? Html.Of($"<li>{ShownText.Of(texts[row])} {NameOf(row)}<span class=\"given\">{caption(place)}</span></li>\n")
                : pictures[place] is not { } picture ? Html.Of($"<li>{NameOf(row)}<span class=\"given\">{caption(place)}</span></li>\n")
                : Html.Of($"<li><img loading=\"lazy\" alt=\"{NameOf(row)}\" src=\"{picture}\">{caption(place)}</li>\n")
        );
        var kind = examples.Texts is null ? "images wide" : "texts wide";
        return Html.Of($"<ul class=\"{kind}\">\n{Html.Join("", items)}</ul>\n");
    }
}
