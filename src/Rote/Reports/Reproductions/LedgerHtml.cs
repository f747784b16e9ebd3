using System.Text;
using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>The ledger on a page: a mark, the claim in words, the paper's number, and ours.</summary>
internal static class LedgerHtml
{
    private const string Legend =
        "✓ reproduced, ✗ not reproduced, – not run at this scale, ! a run failed. Under each claim: where it stands in the paper, and "
        + "its name for rote reproduce --only. "
        + "Ours: ± is the binomial standard error of one run's examples (n of them), which knows nothing of the spread between seeds; "
        + "or, with several seeds, the standard error over n runs. "
        + "It is n/a where one run gives none, and then the number alone decides. Under it the criterion; its reason stands in the "
        + "ledger's JSON.";

    /// <summary>Draws one table with a body for each group.</summary>
    public static Html Draw(Ledger ledger)
    {
        var html = new StringBuilder(
            "<div class=\"wide\">\n<figure class=\"table\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"The "
                + "ledger\">\n<table class=\"ledger\">\n"
        );
        html.Append(
            "<thead>\n<tr><th scope=\"col\"></th><th scope=\"col\">claim</th><th scope=\"col\">paper</th><th "
                + "scope=\"col\">ours</th></tr>\n</thead>\n"
        );
        foreach (var group in ledger.Findings.GroupBy(finding => finding.Claim.Group))
        {
            html.Append(Html.Of($"<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"4\">{LedgerTables.Title(group.Key)}</th></tr>\n"));
            foreach (var finding in group)
            {
                html.Append(Row(finding));
            }

            html.Append("</tbody>\n");
        }

        return Html.Trusted(
            html.Append("</table>\n</div>\n").Append(Html.Of($"<figcaption>{Legend}</figcaption>\n</figure>\n</div>\n")).ToString()
        );
    }

    private static Html Row(Finding finding)
    {
        var (claim, words) = (finding.Claim, ClaimNumbers.Verdict(finding.Verdict));
        var cell = ClaimNumbers.Measured(finding);
        var ours =
            claim.NotAtThisScale is not null ? Html.Of($"<small>{claim.NotAtThisScale}</small>")
            : finding.Measured is null ? Html.Of($"<small>{finding.Note}</small>")
            : Html.Of(
                $"{cell.Text} <span class=\"muted\">{cell.Error}</span><small>{ClaimNumbers.Criterion(claim)}; n = "
                    + $"{Numbers.Count(finding.Measured.Value.Samples)}</small>"
            );
        return Html.Of(
            $"<tr class=\"{Class(finding.Verdict)}\"><td title=\"{words[2..]}\"><span "
                + $"aria-label=\"{words[2..]}\">{words[..1]}</span></td><td>{claim.Statement}<small>{claim.Source} · "
                + $"{claim.Id}</small></td><td>{claim.Paper}</td><td>{ours}</td></tr>\n"
        );
    }

    private static string Class(ClaimVerdict verdict) =>
        verdict switch
        {
            ClaimVerdict.Reproduced => "yes",
            ClaimVerdict.NotReproduced => "no",
            _ => "open",
        };
}
