using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>The ledger as tables for a terminal, one for each group of claims. They show a claim's name because its sentence does not
/// fit.</summary>
internal static class LedgerTables
{
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["figure1a"] = "Figure 1a: every kind of data is fitted",
        ["figure1b"] = "Figure 1b: how long fitting takes",
        ["figure1c"] = "Figure 1c: what the fitted network is worth",
        ["faster"] = "Real data is fitted faster",
        ["first"] = "Real data is fitted first",
        ["easy"] = "Random labels stay easy to optimize",
        ["parameters"] = "The networks",
        ["table1"] = "Table 1",
        ["table4"] = "Table 4: random labels with a regularizer on",
        ["section3"] = "Section 3: what explicit regularization is worth",
        ["figure2"] = "Figure 2: implicit regularization",
        ["section2.2"] = "Section 2.2: Rademacher complexity",
        ["section4"] = "Section 4: what a network of 2n + d weights can represent",
        ["section5"] = "Section 5: kernels",
        ["arpit"] = "Critical samples",
        ["imagenet"] = "Table 2: ImageNet",
        ["random"] = "Random labels of a thousand classes",
        ["probes"] = "Linear probes",
        ["depth"] = "Prediction depth",
        ["cka"] = "Similarity of layers",
        ["dimension"] = "Intrinsic dimension",
        ["alignment"] = "Alignment with the data",
        ["v1"] = "The first layer and V1",
        ["knock-out"] = "Where memory sits",
        ["code-length"] = "Compression of labels",
        ["kernels"] = "Kernels that fit every label",
        ["gaussian"] = "The Gaussian kernel",
        ["laplacian"] = "The Laplacian kernel",
        ["linear"] = "A linear classifier after one step",
        ["spheres"] = "Two spheres",
        ["networks"] = "Norms of trained networks",
        ["width"] = "Test error against width",
        ["noise"] = "Label noise",
        ["stopping"] = "Early stopping",
        ["epochs"] = "Test error against epochs",
        ["samples"] = "Test error against examples",
        ["norms"] = "Norms of weights",
        ["flatness"] = "Flatness",
        ["gradients"] = "Gradients of examples",
        ["margins"] = "Margins",
        ["layers"] = "Hidden layers",
        ["speed"] = "Speed of training",
        ["robust"] = "What a mean hides",
        ["memorized"] = "What is memorized",
        ["agree"] = "Two halves of the networks",
        ["utility"] = "What memorized examples are worth",
        ["pairs"] = "Pairs of high influence",
        ["last-layer"] = "The last layer alone",
        ["architectures"] = "Other architectures",
        ["control"] = "Controls",
        ["examples"] = "Easy examples",
        ["sensitivity"] = "Which examples matter",
        ["classes"] = "Classes that depend on each other",
        ["capacity"] = "Units",
        ["time"] = "Time to fit",
        ["patterns"] = "Patterns first",
        ["critical"] = "Critical samples",
        ["regularizers"] = "Regularizers",
    };

    /// <summary>Returns one table a group, in the order of the claims.</summary>
    /// <param name="ledger">The findings.</param>
    public static IEnumerable<(string Id, Table Table)> Of(Ledger ledger) =>
        ledger.Findings.GroupBy(finding => finding.Claim.Group).Select(group => (group.Key, Create([.. group], Title(group.Key))));

    /// <summary>A group's heading.</summary>
    public static string Title(string group) => Titles.GetValueOrDefault(group, group);

    private static Table Create(IReadOnlyList<Finding> findings, string title) =>
        new(
            title,
            [
                new TableColumn("claim", "", ColumnKind.Text),
                new TableColumn("paper", "", ColumnKind.Text),
                new TableColumn("ours", ""),
                new TableColumn("criterion", "", ColumnKind.Text),
                new TableColumn("verdict", "", ColumnKind.Text),
            ],
            [.. findings.Select(Row)]
        );

    private static IReadOnlyList<TableCell> Row(Finding finding)
    {
        var isLooked = finding.Claim.NotAtThisScale is null;
        return
        [
            finding.Claim.Id[(finding.Claim.Group.Length + 1)..],
            finding.Claim.Paper,
            isLooked ? ClaimNumbers.Measured(finding) : TableCell.Missing(""),
            isLooked ? ClaimNumbers.Criterion(finding.Claim) : TableCell.Missing(""),
            new TableCell(ClaimNumbers.Verdict(finding.Verdict), "", IsMissing: !isLooked),
        ];
    }
}
