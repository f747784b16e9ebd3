using Rote.Audits.OwnModel;
using Rote.Audits.Review;
using Rote.Audits.Scoring;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.OwnModel;

/// <summary>What people decided is known to an audit by a model of the user's own.</summary>
public sealed class OwnModelDecisionsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OwnModels _model = new();

    public OwnModelDecisionsTests()
    {
        _folder.Put("p.npy", _model.Npy());
        File.WriteAllText(_folder.File("y.txt"), _model.LabelText(label => $"k{label}"));
        File.WriteAllText(_folder.File("log.csv"), _model.Csv());
    }

    public void Dispose() => _folder.Dispose();

    private OwnModelInput Predictions => new() { Predictions = _folder.File("p.npy"), Labels = _folder.File("y.txt") };

    [Fact]
    public void A_kept_label_is_known_right_and_what_it_had_of_the_count_is_taken_off()
    {
        var before = OwnModelAudit.Run(Predictions);
        var first = before.Ranking[0];
        Assert.Equal(Verdict.ProbablyWrong, before.VerdictOn(first));
        var after = OwnModelAudit.Run(Predictions with { Decisions = Decisions($"p.npy,{first},keep,") });
        Assert.Equal(Verdict.KnownRight, after.VerdictOn(first));
        Assert.Equal(first, after.Ranking[^1]);
        Assert.Equal(before.Identity, after.Identity);
        Assert.Equal((1, 0, 0), (after.Decided!.Kept, after.Decided.Changed, after.Decided.Dropped));

        // By hand: one example goes from its cell of the counts to the diagonal.
        var (label, suggested) = (before.Labels[first], before.Predictions!.Suggested[first]);
        var counts = before.Predictions.Joint.Counts.Select(row => row.ToArray()).ToArray();
        (counts[label][suggested], counts[label][label]) = (counts[label][suggested] - 1, counts[label][label] + 1);
        Assert.Equal(counts, after.Predictions!.Joint.Counts.Select(row => row.ToArray()));
        Assert.True(after.Predictions.WrongShare < before.Predictions.WrongShare);
        Assert.Equal(before.Predictions.Joint.Thresholds, after.Predictions.Joint.Thresholds);
    }

    [Fact]
    public void A_changed_label_is_corrected_and_a_dropped_example_left_out()
    {
        var before = OwnModelAudit.Run(Predictions);
        var (changed, dropped) = (before.Ranking[0], before.Ranking[1]);
        var target = before.ClassNames[before.Predictions!.Suggested[changed]];
        var after = OwnModelAudit.Run(
            Predictions with
            {
                Decisions = Decisions($"p.npy,{changed},change,{target}", $"p.npy,{dropped},drop,"),
            }
        );
        Assert.Equal(OwnModels.Examples - 1, after.Labels.Length);
        Assert.NotEqual(before.Identity, after.Identity);
        Assert.DoesNotContain(after.Rows, row => row.Row == dropped);
        Assert.Equal(OwnModels.Examples, after.AllRows.Count);
        var place = after.Rows.Index().Single(row => row.Item.Row == changed).Index;
        Assert.Equal(target, after.ClassNames[after.Labels[place]]);
        Assert.Equal(Verdict.KnownRight, after.VerdictOn(place));

        // It is the audit of the file that was corrected by hand.
        string[] labels = [.. File.ReadLines(_folder.File("y.txt"))];
        labels[changed] = target;
        File.WriteAllLines(_folder.File("y2.txt"), labels);
        var corrected = OwnModelAudit.Run(Predictions with { Labels = _folder.File("y2.txt") });
        var same = Enumerable.Range(0, OwnModels.Examples).Where(i => i != dropped).ToArray();
        Assert.Equal(same.Select(i => corrected.Score[i]), after.Score);
    }

    [Fact]
    public void A_log_takes_what_was_kept_and_dropped()
    {
        var before = OwnModelAudit.Run(new OwnModelInput { Dynamics = _folder.File("log.csv") });
        var after = OwnModelAudit.Run(
            new OwnModelInput
            {
                Dynamics = _folder.File("log.csv"),
                Decisions = Decisions($",{before.Rows[before.Ranking[0]].Row},keep,", $",{before.Rows[before.Ranking[1]].Row},drop,"),
            }
        );
        Assert.Equal(OwnModels.Examples - 1, after.Labels.Length);
        Assert.Equal(before.Rows[before.Ranking[2]], after.Rows[after.Ranking[0]]);
        Assert.Equal(Verdict.KnownRight, after.VerdictOn(after.Ranking[^1]));
        var column = OwnModelColumns.Of(after, after.Ranking).Single(c => c.Name == "verdict");
        Assert.Equal("known right", ((string[])column.Values)[^1]);
        Assert.Equal("", ((string[])column.Values)[0]);
    }

    [Fact]
    public void What_a_log_cannot_take_is_refused_in_a_sentence()
    {
        Refused("and the log", "changes 1 labels, and", new OwnModelInput { Dynamics = _folder.File("log.csv") }, ",20,change,1");
        Refused("other data", "decides on other data", Predictions, "t.csv,3,keep,");
        Refused("class", "a class that the data does not have", Predictions, "p.npy,3,change,cow");
        var rows = Enumerable.Range(0, OwnModels.Examples).Where(i => _model.Labels[i] != 0).Select(i => $"p.npy,{i},drop,").ToArray();
        Refused("one class", "leaves examples of one class", Predictions, rows);
        _folder.Put("few.npy", _model.Npy(known: 3));
        var few = Predictions with { Predictions = _folder.File("few.npy") };
        Refused("nothing left", "nothing is left to audit", few, "few.npy,0,drop,", "few.npy,1,drop,", "few.npy,2,drop,");
        Assert.Equal(2, OwnModelAudit.Run(few with { Decisions = Decisions("few.npy,0,drop,") }).Predictions!.Count);
    }

    private void Refused(string what, string part, OwnModelInput input, params string[] lines)
    {
        var error = Assert.Throws<InputException>(() => OwnModelAudit.Run(input with { Decisions = Decisions(lines) }));
        Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    private DecisionFile Decisions(params string[] lines)
    {
        File.WriteAllText(_folder.File("d.csv"), $"file,row,decision,newLabel\n{string.Join('\n', lines)}\n");
        return DecisionFile.Read(_folder.File("d.csv"));
    }
}
