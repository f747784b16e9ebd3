using Rote.Audits;
using Rote.Reports;
using Rote.Reports.Audits;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Audits;

[NoTensorLeaks]
public sealed class AuditReportTests
{
    private static readonly (string, string)[] Provenance = [("Command", "./rote audit farm"), ("Data", "farm, made by the test")];

    [Fact]
    public void The_page_is_pinned()
    {
        using var images = Samples.Noise(AuditSamples.Count, 4, side: 4, classes: 3);
        using var data = AuditData.Of(images);
        Snapshot.Verify(AuditReport.ToHtml(AuditSamples.Result(), data, Provenance), "audit", "html");
    }

    [Fact]
    public void A_class_name_cannot_become_markup()
    {
        using var images = Samples.Noise(AuditSamples.Count, 4, side: 4, classes: 3);
        using var data = AuditData.Of(images);
        Assert.DoesNotContain("<b>cow", AuditReport.ToHtml(AuditSamples.Result(), data, Provenance), StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_have_names_in_place_of_pictures()
    {
        using var vectors = Vectors.Table(AuditSamples.Count, 4);
        using var data = AuditData.Of(vectors);
        var page = AuditReport.ToHtml(AuditSamples.Result(), data, Provenance);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("row 11", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_is_not_told()
    {
        var result = AuditSamples.Untold();
        Table?[] tables = [AuditTables.Suspects(result), AuditTables.Wrong(result), AuditTables.Canaries(result)];
        Snapshot.Verify(string.Join("\n", [.. AuditWords.Summary(result), .. AuditWords.Notes(result), .. tables.Select(t => t!.ToText())]), "audit-untold");
    }

    [Fact]
    public void The_words_and_tables_are_pinned()
    {
        var result = AuditSamples.Result();
        Table?[] tables = [AuditTables.Suspects(result), AuditTables.Wrong(result), AuditTables.Canaries(result), AuditTables.Confusions(result), AuditTables.Weights(result)];
        Snapshot.Verify(string.Join("\n", [.. AuditWords.Summary(result), .. AuditWords.Notes(result), .. tables.Select(t => t!.ToText())]), "audit-tables");
    }
}
