using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>Examples side by side, each with a caption: pictures, texts, or names where there is nothing to see.</summary>
internal static class ExampleGallery
{
    /// <summary>Draws the gallery.</summary>
    /// <param name="ids">Which examples.</param>
    /// <param name="examples">The data.</param>
    /// <param name="caption">The caption of the example at an index of <paramref name="ids"/>.</param>
    public static Html Draw(IEnumerable<int> ids, Dataset examples, Func<int, string> caption)
    {
        int[] rows = [.. ids];
        var pictures = Thumbnails.Of(examples, rows);
        var items = rows.Select(
            (row, place) =>
                examples.Texts is { } texts
                    ? Html.Of(
                        $"<li>{ShownText.Of(texts[row])} {examples.Rows[row].Name}<span class=\"given\">{caption(place)}</span></li>\n"
                    )
                : pictures is null ? Html.Of($"<li>{examples.Rows[row].Name}<span class=\"given\">{caption(place)}</span></li>\n")
                : Html.Of($"<li><img loading=\"lazy\" alt=\"{examples.Rows[row].Name}\" src=\"{pictures[place]}\">{caption(place)}</li>\n")
        );
        var kind = examples.Texts is null ? "images wide" : "texts wide";
        return Html.Of($"<ul class=\"{kind}\">\n{Html.Join("", items)}</ul>\n");
    }
}
