using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;
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
        using var images = AuditSamples.Images(4);
        using var data = AuditData.Of(images);
        Snapshot.Verify(AuditReport.ToHtml(AuditSamples.Result(), data, Provenance), "audit", "html");
    }

    [Fact]
    public void The_page_says_above_the_cards_how_many_there_are_and_where_the_others_are()
    {
        const int Open = 520;
        using var vectors = Vectors.Table(700, 4);
        using var data = AuditData.Of(vectors);
        var examples = Enumerable
            .Range(0, 700)
            .Select(i =>
                AuditSamples.Result().Examples[1] with
                {
                    Id = i,
                    Label = i % 3,
                    Verdict = i < Open ? Verdict.Ambiguous : Verdict.Rule,
                    Agreeing = (-1, 0),
                    Contradicting = (-1, 0),
                }
            )
            .ToArray();
        var result = AuditSamples.Result() with { Examples = examples, Duplicates = new Duplicates([], [], [], 0), Checks = null };
        var page = AuditReport.ToHtml(result, data, Provenance).Replace('\u00A0', ' ');
        var said = page.IndexOf("The first 500 of 520 suspects among 700 examples, in the order of suspicion.", StringComparison.Ordinal);
        Assert.InRange(said, 1, page.IndexOf("<li class=\"suspect\"", StringComparison.Ordinal));
        Assert.Equal(500, page.Split("<li class=\"suspect\"").Length - 1);
    }

    [Theory]
    [InlineData(500, 501, 50_000, "The first 500 of 501 suspects among 50,000 examples, in the order of suspicion. Search")]
    [InlineData(500, 2_000, 2_000, "The first 500 of 2,000 examples, in the order of suspicion. Search")] // without verdicts all are listed
    [InlineData(500, 500, 50_000, "500 suspects among 50,000 examples, all of them here, in the order of suspicion; examples.csv")]
    [InlineData(1, 1, 90, "1 suspect among 90 examples, all of them here, in")]
    [InlineData(100, 0, 50_000, "Nothing is suspect. The first 100 of 50,000 examples in the order of suspicion; examples.csv")]
    public void The_extent_of_the_cards_is_said(int shown, int suspects, int examples, string expected)
    {
        var said = CardList.Extent(shown, suspects, examples).Replace('\u00A0', ' ');
        Assert.StartsWith(expected, said, StringComparison.Ordinal);
        Assert.Equal(suspects > shown, said.Contains("suspects.csv beside this page goes on to the last", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_files_that_are_written_are_named()
    {
        var result = AuditSamples.Result() with { OutOfBagProbabilities = null };
        Assert.Contains(AuditFiles.Checks, AuditFiles.Of(result));
        Assert.DoesNotContain(AuditFiles.Checks, AuditFiles.Of(result with { Checks = null }));
        Assert.DoesNotContain(AuditFiles.Probabilities, AuditFiles.Of(result));
        Assert.Contains(
            AuditFiles.Probabilities,
            AuditFiles.Of(result with { OutOfBagProbabilities = ClassProbabilities.Whole(new float[36], 3) })
        );
    }

    [Fact]
    public void A_class_name_cannot_become_markup()
    {
        using var images = AuditSamples.Images(4);
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
        Assert.Contains("row 4", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_stand_in_place_of_pictures_shortened_and_never_as_markup()
    {
        string[] texts =
        [
            .. Enumerable
                .Range(0, Math.Max(42, AuditSamples.Count))
                .Select(i => $"<b>text</b> {i}\n  {new string('x', 300)} \u0007 end{i}"),
        ];
        using var all = TextSamples.Of(texts, [.. texts.Select((_, i) => (long)(i % 3))]);
        using var splits = new DatasetSplits(all.Take(AuditSamples.Count), all.With());
        using var data = AuditData.Of(splits);
        var page = AuditReport.ToHtml(AuditSamples.Result(), data, Provenance);
        Assert.DoesNotContain("<b>text", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0007", page, StringComparison.Ordinal);
        Assert.Contains($">&lt;b&gt;text&lt;/b&gt; 0 {new string('x', 145)}…</span>", page, StringComparison.Ordinal);
        Assert.Contains($"{new string('x', 300)} \uFFFD end0\"", page, StringComparison.Ordinal);
        Assert.Contains("to look at", AuditWords.ToLookAt(AuditSamples.Result()), StringComparison.Ordinal);
        Assert.Contains(
            "<b>text</b> 11 xxxxxxxxxxxxxxxxxxxxxxxx…",
            AuditTables.First(AuditSamples.Result(), data.Examples.Rows, 12, data.Examples.Texts).ToText(),
            StringComparison.Ordinal
        );
        var columns = AuditColumns.Of(AuditSamples.Result(), AuditSamples.Result().Examples, data);
        Assert.Equal("text", columns[2].Name);
        Assert.Equal(texts[5].Replace('\u0007', '\uFFFD'), columns[2].Values.GetValue(5));
    }

    [Fact]
    public void What_cannot_be_told_is_not_told()
    {
        var result = AuditSamples.Untold();
        Table?[] tables = [AuditTables.Suspects(result), AuditTables.Wrong(result), AuditTables.Canaries(result)];
        Snapshot.Verify(
            string.Join("\n", [.. AuditWords.Summary(result), .. AuditWords.Notes(result), .. tables.Select(t => t!.ToText())]),
            "audit-untold"
        );
    }

    [Fact]
    public void The_words_and_tables_are_pinned()
    {
        var result = AuditSamples.Result();
        Table?[] tables =
        [
            AuditTables.Suspects(result),
            AuditTables.Wrong(result),
            AuditTables.Canaries(result),
            AuditTables.Confusions(result),
            AuditTables.Weights(result),
        ];
        Snapshot.Verify(
            string.Join("\n", [.. AuditWords.Summary(result), .. AuditWords.Notes(result), .. tables.Select(t => t!.ToText())]),
            "audit-tables"
        );
    }

    [Fact]
    public void Of_vectors_that_may_know_the_labels_no_number_is_given()
    {
        var result = AuditSamples.Hidden();
        Table[] tables =
        [
            AuditTables.Suspects(result),
            AuditTables.Wrong(result),
            AuditTables.First(result, SourceRows.Of("emb.npy", AuditSamples.Count), 2),
        ];
        Snapshot.Verify(
            string.Join("\n", [.. AuditWords.Summary(result), .. AuditWords.Notes(result), .. tables.Select(t => t.ToText())]),
            "audit-hidden"
        );
    }

    [Fact]
    public void The_first_suspects_are_named_with_labels_and_never_for_certain()
    {
        var rows = SourceRows.OfFiles(Enumerable.Range(0, AuditSamples.Count).Select(i => $"{new string('a', 80)}/\u001b[31m{i}.png"));
        var result = AuditSamples.Result() with
        {
            Examples = [.. AuditSamples.Result().Examples.Select(e => e.Id == 0 ? e with { WrongProbability = 1 } : e)],
        };
        var text = AuditTables.First(result, rows, 2).ToText();
        Assert.Contains("cat → dog", text, StringComparison.Ordinal);
        Assert.Contains("> 0.99", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.Contains("0.png", text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('a', 61), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.11, 1, "")] // 1.3 of 12
    [InlineData(0.6, 1, " One by one 1 is called wrong: the others of these about 7 cannot be told from right ones.")]
    [InlineData(0.01, 6, " One by one 6 are called wrong, more than these about 0: some of them are right.")]
    public void Two_answers_to_one_question_are_explained(double share, int called, string expected)
    {
        var result = AuditSamples.Result();
        result = result with
        {
            Wrong = result.Wrong with { Share = share },
            Examples = [.. result.Examples.Select(e => e with { Verdict = e.Id < called ? Verdict.ProbablyWrong : Verdict.Rule })],
        };
        Assert.EndsWith($".{expected}", AuditWords.Summary(result)[0], StringComparison.Ordinal);
        Assert.Equal(expected.Length > 0, AuditWords.Summary(result)[0].Contains("One by one", StringComparison.Ordinal));
    }

    [Fact]
    public void Agreement_is_the_second_sentence_and_warns_where_it_is_low()
    {
        var sure = AuditSamples.Result() with { OutOfBagAccuracy = Estimate.Share(960, 1000) };
        Assert.Equal(
            $"On examples that they were not trained on, the networks agree with {Numbers.PercentWithError(sure.OutOfBagAccuracy)} of "
                + $"your labels.",
            AuditWords.Summary(sure)[1]
        );
        Assert.EndsWith(
            "take what follows as a list to look at, not as a count.",
            AuditWords.Summary(AuditSamples.Result())[1],
            StringComparison.Ordinal
        );

        // Networks that disagree with what they call wrong, and hardly more, are not too weak.
        var unlevel = sure.Wrong with
        {
            IsLevel = false,
        };
        Assert.DoesNotContain("too weak", string.Join(' ', AuditWords.Notes(sure with { Wrong = unlevel })), StringComparison.Ordinal);
        Assert.Contains(
            "too weak",
            string.Join(
                ' ',
                AuditWords.Notes(AuditSamples.Result() with { OutOfBagAccuracy = Estimate.Share(380, 1000), Wrong = unlevel })
            ),
            StringComparison.Ordinal
        );
    }
}
