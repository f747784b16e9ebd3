using Rote.Audits;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>The answer of an audit in four tiles: how many labels are wrong, which to look at, how sure that is, and what to do.</summary>
internal static class AuditTiles
{
    /// <summary>Draws the tiles.</summary>
    /// <param name="result">The audit.</param>
    public static Html Draw(AuditResult result)
    {
        (string Title, string Value, Html Words)[] tiles =
        [
            .. new[] { HowMany(result), Which(result), HowSure(result) }.Select(tile => (tile.Item1, tile.Item2, Html.Text(tile.Item3))),
            Next(result),
        ];
        return Html.Of($"<dl class=\"tiles wide\">\n{Html.Join("", tiles.Select(Tile))}</dl>\n");

        static Html Tile((string Title, string Value, Html Words) tile) =>
            Html.Of($"<div><dt>{tile.Title}</dt><dd><strong>{tile.Value}</strong> {tile.Words}</dd></div>\n");
    }

    private static (string, string, string) HowMany(AuditResult result)
    {
        var (wrong, labels) = (result.Wrong, Numbers.Count(result.Examples.Count, "label"));
        return wrong switch
        {
            { IsTold: false } => ("Wrong labels", "not known", $"how many of the {labels} are wrong cannot be told"),
            { MayBeHidden: true } => ("Wrong labels", "not known", $"these vectors may know the {labels}, the wrong ones too"),
            { IsAtLeast: true, Low: < AuditWords.Visible } => (
                "Wrong labels",
                "not known",
                $"how many of the {labels} are wrong cannot be told; none need be"
            ),
            { IsAtLeast: true } => (
                "Wrong labels",
                $"at least {Numbers.Share(wrong.Low)}",
                $"of the {labels}; how many more cannot be told"
            ),
            _ => (
                "Wrong labels",
                Numbers.Share(wrong.Share),
                $"of the {labels}, {Numbers.Share(wrong.Low)} to {Numbers.Share(wrong.High)}"
            ),
        };
    }

    private static (string, string, string) Which(AuditResult result)
    {
        var (called, unclear) = (result.Count(Verdict.ProbablyWrong), result.Count(Verdict.Ambiguous));
        var more = unclear == 0 ? "" : $"; {Numbers.Count(unclear)} more where the audit cannot tell";
        return called == 0
            ? ("Look at first", "none", $"no label is called wrong{more}; the list is in the order of suspicion")
            : (
                "Look at first",
                Numbers.Count(called),
                result.WrongAmong(called) is var among && double.IsNaN(among.Value)
                    ? $"{(called == 1 ? "label" : "labels")} found wrong{more}"
                    : $"{(called == 1 ? "label" : "labels")} probably wrong: about {among.Value:N0} ± "
                        + $"{Math.Max(1, among.StandardError):N0} of these are{more}"
            );
    }

    private static (string, string, string) HowSure(AuditResult result)
    {
        var found = result.Canaries.Where(c => c.Planted > 0 && !double.IsNaN(c.Found.Value)).ToArray();
        var planted = found.Sum(c => c.Planted);
        var words =
            planted == 0 || result.Count(Verdict.ProbablyWrong) == 0
                ? ""
                : $"; of {Numbers.Count(planted)} labels made wrong on purpose it finds "
                    + $"{Numbers.Count((int)Math.Round(found.Sum(c => c.Found.Value * c.Planted)))}";
        return (
            AuditWords.AreWeak(result) || !result.Wrong.IsTold ? "How sure: doubtful" : "How sure",
            Numbers.Share(result.OutOfBagAccuracy.Value),
            $"of your labels agree with networks that were not trained on them{words}"
        );
    }

    private static (string, string, Html) Next(AuditResult result)
    {
        var first = SuspectCards.Of(result).Length;
        return (
            "What to do",
            "decide below",
            Html.Of(
                $"on the first {Numbers.Count(first)}: keys k keep, c change, d drop, u unsure; save decisions.csv, then <code>rote audit "
                    + $"DATA</code> <code>--decisions decisions.csv</code>, or <code>rote apply</code>"
            )
        );
    }
}
