using System.Globalization;
using System.Text;
using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The first suspects of an audit by the user's own model, with thumbnails of pictures. The page's script sorts and filters the
/// table.</summary>
internal static class OwnModelSuspects
{
    /// <summary>The most rows: with thumbnails of 32×32 pixels they take about 6 MB.</summary>
    public const int Most = 2000;

    /// <summary>Draws the table and its tools.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">The examples; null where nothing of them can be shown.</param>
    public static Html Draw(OwnModelResult result, Dataset? examples)
    {
        var suspects = result.Ranking.Take(Most).ToArray();
        var pictures = examples is null ? null : Thumbnails.Of(examples, suspects);
        var measures = Measures(result);
        string[] headers =
        [
            "#",
            "example",
            "given label",
            .. result.Predictions is null ? [] : new[] { "suggested" },
            .. measures.Select(m => m.Header),
            .. result.HasVerdicts ? ["verdict"] : Array.Empty<string>(),
        ];
        var html = new StringBuilder();
        html.Append(Tools(result, suspects));
        html.Append(
            Html.Of(
                $"<div class=\"suspects wide\" role=\"region\" aria-label=\"Suspects\" tabindex=\"0\">\n<table "
                    + $"id=\"suspects-table\">\n<thead>\n<tr>"
            )
        );
        foreach (var header in headers)
        {
            html.Append(
                Html.Of(
                    $"<th scope=\"col\"{Html.Trusted(header == "#" ? " aria-sort=\"ascending\"" : "")}><button "
                        + $"type=\"button\">{header}</button></th>"
                )
            );
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (var (rank, example) in suspects.Index())
        {
            html.Append(Row(result, example, rank, pictures?[rank], measures));
        }

        return Html.Trusted(html.Append("</tbody>\n</table>\n</div>\n").ToString());
    }

    /// <summary>The numbers that the table shows of an example.</summary>
    private static (string Header, Func<int, double> Value)[] Measures(OwnModelResult result)
    {
        var measures = new List<(string Header, Func<int, double> Value)>();
        if (result.Predictions is { } own)
        {
            measures.Add(("self-confidence", i => own.SelfConfidence[i]));
            measures.Add(("normalized margin", i => own.NormalizedMargin[i]));
            measures.Add(("confidence-weighted entropy", i => own.ConfidenceWeightedEntropy[i]));
        }

        foreach (
            var (name, header) in new[]
            {
                ("aum", "AUM"),
                ("confidence", "confidence"),
                ("variability", "variability"),
                ("forgettingEvents", "forgetting events"),
                ("firstLearned", "first learned"),
                ("el2n", "EL2N"),
            }
        )
        {
            if (result.Dynamics.FirstOrDefault(m => m.Name == name).Values is { } values)
            {
                measures.Add((header, i => values[i]));
            }
        }

        return [.. measures];
    }

    private static Html Tools(OwnModelResult result, int[] suspects) =>
        SuspectTools.Of(
            suspects.Length,
            result.ClassNames,
            suspects.Select(i => result.VerdictOn(i)).OfType<Verdict>(),
            suspects.Select(i => result.Labels[i]),
            suspects.Select(i => result.Predictions?.Suggested[i] ?? -1).Where(k => k >= 0)
        );

    private static Html Row(
        OwnModelResult result,
        int example,
        int rank,
        string? picture,
        (string Header, Func<int, double> Value)[] measures
    )
    {
        var image = picture is null ? default : Html.Of($"<img alt=\"\" loading=\"lazy\" src=\"{picture}\">");
        var (verdict, suggested) = (result.VerdictOn(example), result.Predictions?.Suggested[example] ?? -1);
        return Html.Of(
            $"<tr tabindex=\"0\" data-verdict=\"{verdict?.Name() ?? ""}\" data-given=\"{result.Labels[example]}\" "
                + $"data-suggested=\"{suggested}\"><th scope=\"row\" data-value=\"{-rank}\">{rank + 1}</th>"
                + $"<td class=\"name\">{image}{result.Rows[example].Name}</td><td>{result.ClassNames[result.Labels[example]]}</td>"
                + $"{(result.Predictions is null ? default : Html.Of($"<td>{(suggested < 0 ? "" : result.ClassNames[suggested])}</td>"))}"
                + $"{Html.Join("", measures.Select(m => Number(m.Value(example))))}"
                + $"{(verdict is { } v ? Html.Of($"<td class=\"{VerdictWords.Class(v)}\">{v.Name()}</td>") : default)}</tr>\n"
        );
    }

    private static Html Number(double value) =>
        double.IsNaN(value)
            ? Html.Of($"<td class=\"number missing\" data-value=\"NaN\">not known</td>")
            : Html.Of(
                $"<td class=\"number\" data-value=\"{value.ToString("G6", CultureInfo.InvariantCulture)}\">"
                    + $"{(double.IsInfinity(value) ? "∞" : value.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture))}</td>"
            );
}
