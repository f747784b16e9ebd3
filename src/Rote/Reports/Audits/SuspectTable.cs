using System.Globalization;
using System.Text;
using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The first suspects with thumbnails, in a table that the page's script sorts and filters; without a script it is a plain table
/// in the order of suspicion.</summary>
internal static class SuspectTable
{
    /// <summary>Rows at most: with thumbnails of 32×32 pixels they are about 6 MB.</summary>
    public const int Most = 2000;

    /// <summary>Rows at most whose neighbours have pictures too, the two of a row costing twice what its own does.</summary>
    private const int MostWithNeighbours = 500;

    private static readonly string[] Headers =
    [
        "#",
        "example",
        "given label",
        "suggested",
        "it is right",
        "label wrong",
        "self-confidence",
        "memorization",
        "verdict",
        "most alike, same label",
        "most alike, other label",
    ];

    /// <summary>Draws the table and its tools.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="images">Its examples.</param>
    /// <param name="nameOf">What an example is called.</param>
    public static Html Draw(AuditResult result, Dataset images, Func<int, string> nameOf)
    {
        var texts = images.Texts;
        var suspects = result.Suspects.Take(Most).ToArray();
        var pictures = Thumbnails.Of(images, [.. suspects.Select(e => e.Id)]);
        var near = NeighbourPictures(suspects, images);
        var html = new StringBuilder();
        html.Append(Tools(result, suspects));
        html.Append(
            Html.Of(
                $"<div class=\"suspects wide\" role=\"region\" aria-label=\"Suspects\" tabindex=\"0\">\n<table "
                    + $"id=\"suspects-table\">\n<thead>\n<tr>"
            )
        );
        foreach (var header in Headers)
        {
            html.Append(
                Html.Of(
                    $"<th scope=\"col\"{Html.Trusted(header == "#" ? " aria-sort=\"ascending\"" : "")}><button "
                        + $"type=\"button\">{header}</button></th>"
                )
            );
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        for (var rank = 0; rank < suspects.Length; rank++)
        {
            html.Append(
                Row(
                    result,
                    suspects[rank],
                    rank,
                    texts is not null ? ShownText.Of(texts[suspects[rank].Id])
                        : pictures is not null ? Html.Of($"<img alt=\"\" loading=\"lazy\" src=\"{pictures[rank]}\">")
                        : default,
                    nameOf(suspects[rank].Id),
                    neighbour => Near(result, neighbour, near, texts, nameOf)
                )
            );
        }

        return Html.Trusted(html.Append("</tbody>\n</table>\n</div>\n").ToString());
    }

    /// <summary>The CSS class of a verdict.</summary>
    public static string Class(Verdict verdict) =>
        verdict switch
        {
            Verdict.ProbablyWrong => "verdict-wrong",
            Verdict.RareButRight => "verdict-rare",
            Verdict.Ambiguous => "verdict-unclear",
            _ => "verdict-rule",
        };

    private static Html Tools(AuditResult result, AuditedExample[] suspects) =>
        SuspectTools.Of(
            suspects.Length,
            result.ClassNames,
            suspects.Select(e => e.Verdict),
            suspects.Select(e => e.Label),
            suspects.Select(e => e.Suggested).OfType<int>()
        );

    private static Html Row(
        AuditResult result,
        AuditedExample example,
        int rank,
        Html image,
        string name,
        Func<(int Row, float Similarity), Html> near
    )
    {
        var (given, suggested) = (result.ClassNames[example.Label], example.Suggested is { } k ? result.ClassNames[k] : "");
        return Html.Of(
            $"<tr tabindex=\"0\" data-verdict=\"{example.Verdict.Name()}\" data-given=\"{example.Label}\" "
                + $"data-suggested=\"{example.Suggested ?? -1}\"><th scope=\"row\" data-value=\"{-rank}\">{rank + 1}</th>"
                + $"<td class=\"name\">{image}{name}</td><td>{given}</td><td>{suggested}</td>{Share(example.SuggestedProbability)}"
                + $"{Share(example.WrongProbability)}"
                + $"{Share(example.Outside.Value)}{Share(example.Memorization.Value)}"
                + $"<td class=\"{Class(example.Verdict)}\">{example.Verdict.Name()}</td>"
                + $"{near(example.Agreeing)}{near(example.Contradicting)}</tr>\n"
        );
    }

    /// <summary>Pictures of the first suspects' neighbours, by row: one that stands beside several is drawn once only, but written out with
    /// each.</summary>
    private static Dictionary<int, string> NeighbourPictures(AuditedExample[] suspects, Dataset images)
    {
        int[] rows =
        [
            .. suspects
                .Take(MostWithNeighbours)
                .SelectMany(e => new[] { e.Agreeing.Row, e.Contradicting.Row })
                .Where(row => row >= 0)
                .Distinct(),
        ];
        return Thumbnails.Of(images, rows) is { } pictures ? rows.Zip(pictures).ToDictionary(pair => pair.First, pair => pair.Second) : [];
    }

    /// <summary>The neighbour of a suspect: picture or name, label, cosine.</summary>
    private static Html Near(
        AuditResult result,
        (int Row, float Similarity) neighbour,
        Dictionary<int, string> pictures,
        IReadOnlyList<string>? texts,
        Func<int, string> nameOf
    )
    {
        if (neighbour.Row < 0)
        {
            return Html.Of($"<td class=\"near missing\" data-value=\"NaN\">none</td>");
        }

        var name = nameOf(neighbour.Row);
        var image =
            texts is not null ? Html.Of($"{ShownText.Of(texts[neighbour.Row])} ")
            : pictures.TryGetValue(neighbour.Row, out var picture)
                ? Html.Of($"<img alt=\"{name}\" title=\"{name}\" loading=\"lazy\" src=\"{picture}\">")
            : Html.Of($"{name}, ");
        return Html.Of(
            $"<td class=\"near\" data-value=\"{neighbour.Similarity.ToString("0.####", CultureInfo.InvariantCulture)}\">"
                + $"{image}{result.ClassNames[result.Examples[neighbour.Row].Label]} "
                + $"{neighbour.Similarity.ToString("0.00", CultureInfo.InvariantCulture)}</td>"
        );
    }

    private static Html Share(double value)
    {
        var number = value.ToString("0.####", CultureInfo.InvariantCulture);
        return double.IsNaN(value)
            ? Html.Of($"<td class=\"number missing\" data-value=\"NaN\">not known</td>")
            : Html.Of(
                $"<td class=\"number\" data-value=\"{number}\">{value.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture)}</td>"
            );
    }
}
