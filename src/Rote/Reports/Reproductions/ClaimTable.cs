using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>The claims of a study, before any run.</summary>
public static class ClaimTable
{
    /// <summary>Creates the table.</summary>
    /// <param name="claims">The claims.</param>
    /// <returns>One row a claim.</returns>
    public static Table Create(IReadOnlyList<Claim> claims) =>
        new(
            $"{Numbers.Count(claims.Count, "claim")}, resting on {Numbers.Count(Runs(claims), "run")}",
            [
                new TableColumn("claim", "The name under which --only looks at it alone.", ColumnKind.Text),
                new TableColumn("paper", "The paper's own number or words.", ColumnKind.Text),
                new TableColumn("criterion", "When it counts as reproduced.", ColumnKind.Text),
                new TableColumn("runs", "Runs it rests on; several claims share them."),
                new TableColumn("", "", ColumnKind.Text),
            ],
            [
                .. claims.Select(claim =>
                    (IReadOnlyList<TableCell>)
                        [
                            claim.Id,
                            claim.Paper,
                            claim.NotAtThisScale is null ? ClaimNumbers.Criterion(claim) : TableCell.Missing("not at this scale"),
                            $"{claim.Needs.Count}",
                            claim.Extra is null ? "" : "only with --all",
                        ]
                ),
            ]
        );

    private static int Runs(IReadOnlyList<Claim> claims) =>
        claims
            .Where(claim => claim.NotAtThisScale is null)
            .SelectMany(claim => claim.Needs)
            .DistinctBy(experiment => experiment.Identity)
            .Count();
}
