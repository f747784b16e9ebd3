using Rote.Audits.OwnModel;
using Rote.Reports;
using Rote.Reports.Audits;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Audits;

[NoTensorLeaks]
public sealed class OwnModelReportTests : IDisposable
{
    private static readonly (string, string)[] Provenance = [("Command", "rote audit --predictions p.npy --labels y.txt")];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_words_and_tables_are_pinned() => Snapshot.Verify(Text(Both()), "own-model");

    [Fact]
    public void A_log_alone_counts_nothing() => Snapshot.Verify(Text(LogAlone()), "own-model-log");

    [Fact]
    public void What_may_know_the_labels_is_not_counted() => Snapshot.Verify(Text(Knowing()), "own-model-knowing");

    [Fact]
    public void The_page_says_all_of_it_and_no_name_becomes_markup()
    {
        var page = OwnModelReport.ToHtml(Both(), null, Provenance);
        foreach (var id in new[] { "suspects-first", "classes", "confusions", "map", "again" })
        {
            Assert.Contains($"<h2 id=\"{id}\">", page, StringComparison.Ordinal);
        }

        Assert.Contains("&lt;b&gt;kind 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>kind", page, StringComparison.Ordinal);
        Assert.Equal(OwnModelCards.Of(Both()).Length, page.Split("<li class=\"suspect\"").Length - 1);
        Assert.Equal(page, OwnModelReport.ToHtml(Both(), null, Provenance));
        Assert.DoesNotContain("<h2 id=\"confusions\">", OwnModelReport.ToHtml(Knowing(), null, Provenance), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_above_the_cards_how_many_there_are_and_where_the_others_are()
    {
        var log = new System.Text.StringBuilder("id,epoch,label,logit0,logit1\n");
        foreach (var i in Enumerable.Range(0, 2 * 600))
        {
            log.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i % 600},{i / 600},{i % 2},{i % 7},{i % 5}\n");
        }

        File.WriteAllText(_folder.File("log.csv"), log.ToString());
        var result = OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File("log.csv") });
        var page = OwnModelReport.ToHtml(result, null, Provenance).Replace('\u00A0', ' ');
        var said = page.IndexOf("The first 500 of 600 examples, in the order of suspicion.", StringComparison.Ordinal);
        Assert.InRange(said, 1, page.IndexOf("<li class=\"suspect\"", StringComparison.Ordinal));
        Assert.Equal(500, page.Split("<li class=\"suspect\"").Length - 1);

        var both = Both();
        var suspects = both.Ranking.Count(i => both.VerdictOn(i) is not Rote.Audits.Scoring.Verdict.Rule);
        Assert.InRange(suspects, 2, OwnModels.Examples - 1);
        Assert.Contains(
            $"{suspects} suspects among {OwnModels.Examples} examples, all of them here, in",
            OwnModelReport.ToHtml(both, null, Provenance).Replace('\u00A0', ' '),
            StringComparison.Ordinal
        );
    }

    private OwnModelResult Both()
    {
        var model = new OwnModels();
        File.WriteAllText(_folder.File("y.txt"), model.LabelText(label => $"<b>kind {label}"));
        File.WriteAllText(_folder.File("log.csv"), model.Csv());
        var input = new OwnModelInput { Predictions = _folder.Put("p.npy", model.Npy()), Labels = _folder.File("y.txt") };
        return OwnModelAudit.Run(input with { Dynamics = _folder.File("log.csv") });
    }

    private OwnModelResult LogAlone()
    {
        File.WriteAllText(_folder.File("log.csv"), new OwnModels().Csv());
        return OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File("log.csv") });
    }

    private OwnModelResult Knowing()
    {
        var model = new OwnModels();
        File.WriteAllText(_folder.File("y.txt"), model.LabelText());
        var known = model.Labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => k == label ? 0.998f : 0.001f)).ToArray();
        return OwnModelAudit.Run(
            new OwnModelInput
            {
                Predictions = _folder.Put("p.npy", NpyFiles.Floats(known, OwnModels.Examples, 3)),
                Labels = _folder.File("y.txt"),
            }
        );
    }

    private static string Text(OwnModelResult result)
    {
        Table?[] tables = [OwnModelTables.Classes(result), OwnModelTables.Confusions(result), OwnModelTables.First(result, 5)];
        return string.Join(
            "\n",
            [
                .. OwnModelWords.Summary(result),
                .. OwnModelWords.Notes(result),
                .. tables.OfType<Table>().Select(table => table.ToText()),
                OwnModelWords.ToLookAt(result),
            ]
        );
    }
}
