using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class DecidedExamplesTests : IDisposable
{
    private const string Header = "file,row,givenLabel,decision,newLabel\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kept_labels_stay_changed_ones_are_corrected_and_dropped_examples_are_left_out()
    {
        using var data = Data();
        using var audited = AuditData.Of(
            data,
            decisions: File(
                "t.csv,0,cat,keep,\nt.csv,1,dog,change,cat\nt.csv,2,cat,drop,\nt.csv,3,dog,unsure,\nt.csv,4,dog,keep,\n"
                    + "t.csv,5,cat,change,dog\nt.csv,70,cat,drop,\n"
            )
        );
        Assert.Equal([0, 0, 1, 0, 1], audited.Examples.Labels.data<long>().ToArray()); // rows 0, 1, 3, 4, 5
        Assert.Equal([true, true, false, false, true], audited.KnownRight!);
        Assert.Equal(
            "Decisions of people: 2 found right, 1 corrected, 1 left out, 1 unsure, audited as they came. "
                + "Passed over: 1 on examples that are not here, 1 on labels that are other ones by now.",
            $"{audited.Decided}"
        );
        Assert.Equal(64, audited.Decided!.Identity!.Length);
    }

    [Fact]
    public void What_is_only_kept_needs_no_other_networks()
    {
        using var data = Data();
        using var audited = AuditData.Of(data, decisions: File("t.csv,0,cat,keep,\nt.csv,3,dog,unsure,\n"));
        Assert.Null(audited.Decided!.Identity);
        Assert.Equal(data.Train.Labels.data<long>().ToArray(), audited.Examples.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Order_does_not_change_which_audit_it_is_and_another_class_does()
    {
        using var data = Data();
        string Of(string rows)
        {
            using var audited = AuditData.Of(data, decisions: File(rows));
            return audited.Decided!.Identity!;
        }

        var one = Of("t.csv,1,dog,change,cat\nt.csv,2,cat,drop,\n");
        Assert.Equal(one, Of("t.csv,2,cat,drop,\nt.csv,1,dog,change,cat\nt.csv,0,cat,keep,\n"));
        Assert.NotEqual(one, Of("t.csv,2,cat,drop,\n"));
    }

    [Theory]
    [InlineData(
        "u.csv,0,cat,keep,\n",
        "decides on other data: none of its 1 examples is here (it names \"u.csv[0]\", the data \"t.csv[0]\")."
    )]
    [InlineData("t.csv,0,dog,keep,\n", "decides on other labels: none of its 1 examples has the label that was looked at.")]
    [InlineData("t.csv,0,cat,change,dgo\n", "gives \"t.csv[0]\" a class that the data does not have, \"dgo\"; ")]
    [InlineData(
        "t.csv,0,cat,drop,\nt.csv,1,dog,drop,\nt.csv,2,cat,drop,\nt.csv,3,dog,drop,\nt.csv,4,cat,drop,\nt.csv,5,dog,drop,\n",
        "drops every example"
    )]
    public void Decisions_that_do_not_fit_are_refused_in_a_sentence(string rows, string expected)
    {
        using var data = Data();
        var error = Assert.Throws<InputException>(() => AuditData.Of(data, decisions: File(rows)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspect_that_was_kept_is_cleared_and_the_count_is_lower_without_training_anything()
    {
        using var clean = Samples.Learnable(300, 20);
        var labels = clean.Train.Labels.data<long>().ToArray();
        for (var i = 0; i < 30; i++)
        {
            labels[i] = (labels[i] + 1 + (i % 3)) % 4;
        }

        using var data = new DatasetSplits(clean.Train.With(labels: tensor(labels, int64)), clean.Test.With());
        var before = Audit.Run(Plan(data), Audited(data, null, out var first), Budget, _folder.File("a"));
        first.Dispose();
        var kept = before.Suspects.Take(10).ToArray();
        var rows = string.Concat(kept.Select(e => $",{e.Id},{before.ClassNames[e.Label]},keep,\n"));
        var members = Directory
            .GetFiles(_folder.File("a"), "*", SearchOption.AllDirectories)
            .ToDictionary(f => f, System.IO.File.GetLastWriteTimeUtc);
        var after = Audit.Run(Plan(data), Audited(data, File(rows), out var second), Budget, _folder.File("a"));
        Assert.All(kept, e => Assert.Equal(Verdict.KnownRight, after.Examples[e.Id].Verdict));
        Assert.All(kept, e => Assert.Equal(0, after.Examples[e.Id].WrongProbability));
        Assert.DoesNotContain(after.Suspects.Take(290), e => e.Verdict == Verdict.KnownRight);

        // All ten had a probability above one half, and of every other label is said what was said before.
        var all = before.Examples.Count;
        Assert.InRange(before.Wrong.Share - after.Wrong.Share, 5.0 / all, 10.0 / all);
        Assert.True(after.Wrong.Low <= before.Wrong.Low && after.Wrong.Share >= after.Wrong.Low);
        Assert.All(
            before.Examples.Where(e => !kept.Any(k => k.Id == e.Id)),
            e => Assert.Equal(e.WrongProbability, after.Examples[e.Id].WrongProbability)
        );
        Assert.Equal(10, AuditSummary.Of(after).Verdicts["known right"]);
        Assert.DoesNotContain("known right", AuditSummary.Of(before).Verdicts.Keys);
        Assert.All(
            members.Where(f => f.Key.EndsWith(".parquet", StringComparison.Ordinal)),
            f => Assert.Equal(f.Value, System.IO.File.GetLastWriteTimeUtc(f.Key))
        );
        AuditFiles.Write(after, second, _folder.File("out"));
        Assert.DoesNotContain("known right", System.IO.File.ReadAllText(_folder.File("out/suspects.csv")), StringComparison.Ordinal);
        Assert.Equal(11, System.IO.File.ReadAllText(_folder.File("out/examples.csv")).Split("known right").Length);
        second.Dispose();
    }

    private static AuditBudget Budget => new() { Members = 3, Time = TimeSpan.FromHours(1) };

    private static AuditData Audited(DatasetSplits data, DecisionFile? decisions, out AuditData audited) =>
        audited = AuditData.Of(data, decisions: decisions);

    private static AuditPlan Plan(DatasetSplits data) =>
        AuditPlan.For(new DataSpec { Name = "d" }, data.Train, new Mlp { Hidden = [32] }) with
        {
            Canaries = 30,
        };

    private DecisionFile File(string rows)
    {
        System.IO.File.WriteAllText(_folder.File("d.csv"), Header + rows);
        return DecisionFile.Read(_folder.File("d.csv"));
    }

    private static DatasetSplits Data()
    {
        using var scope = NewDisposeScope();
        var from = new Provenance("d", "the test", new string('a', 64));
        Dataset Of(int count) =>
            new(
                zeros([count, 2, 2, 1], uint8),
                tensor(Enumerable.Range(0, count).Select(i => (long)(i % 2)).ToArray()),
                ["cat", "dog"],
                Split.Train,
                from,
                SourceRows.Of("t.csv", count)
            );
        return new DatasetSplits(Of(6), Of(2));
    }
}
