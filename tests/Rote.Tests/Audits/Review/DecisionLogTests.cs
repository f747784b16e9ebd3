using System.Text;
using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class DecisionLogTests : IDisposable
{
    private const string By = "\"reviewer\":\"x\",\"time\":\"2026-01-01T00:00:00Z\"}";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Audit => ReviewSamples.Write(_folder.File("audit"), 60, suspects: 20);

    [Fact]
    public void Decisions_are_there_for_the_next_session()
    {
        var session = ReviewSamples.Session(Audit);
        session.Decide(3, ReviewChoice.Keep);
        session.Decide(4, ReviewChoice.Change, "cow");
        session.Decide(5, ReviewChoice.Drop);
        session.Decide(3, ReviewChoice.Unsure);
        var again = ReviewSamples.Session(Audit).Log;
        Assert.Equal(ReviewChoice.Unsure, again.Of(3, "ann")!.Decision);
        Assert.Equal("cow", again.Of(4, "ann")!.NewLabel);
        Assert.Equal(["ann"], again.Reviewers);
        Assert.Null(again.Of(3, "bob"));
        Assert.Equal(0, again.Skipped);
        var line = File.ReadAllLines(again.Path)[1];
        Assert.StartsWith(
            "{\"audit\":\"0123456789ab\",\"file\":\"t.csv\",\"row\":4,\"label\":\"dog\",\"decision\":\"change\",\"newLabel\":\"cow\","
                + "\"reviewer\":\"ann\",\"time\":\"20",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Undo_goes_back_decision_by_decision_also_in_the_next_session()
    {
        var session = ReviewSamples.Session(Audit);
        session.Decide(1, ReviewChoice.Keep);
        session.Decide(1, ReviewChoice.Drop);
        session.Decide(2, ReviewChoice.Unsure);
        Assert.Equal(2, session.Undo());
        Assert.Null(session.Log.Of(2, "ann"));
        var again = ReviewSamples.Session(Audit);
        Assert.Equal(1, again.Undo());
        Assert.Equal(ReviewChoice.Keep, again.Log.Of(1, "ann")!.Decision);
        Assert.Equal(1, again.Undo());
        Assert.Null(again.Log.Of(1, "ann"));
        Assert.Null(again.Undo());
        Assert.Null(ReviewSamples.Session(Audit, "bob").Undo());
    }

    [Fact]
    public void A_line_that_a_kill_cut_is_passed_over_and_the_next_one_stands_alone()
    {
        var session = ReviewSamples.Session(Audit);
        session.Decide(1, ReviewChoice.Keep);
        session.Decide(2, ReviewChoice.Keep);
        var bytes = File.ReadAllBytes(session.Log.Path);
        for (var cut = 1; cut < 40; cut += 7)
        {
            File.WriteAllBytes(session.Log.Path, bytes[..^cut]);
            var again = ReviewSamples.Session(Audit);
            Assert.NotNull(again.Log.Of(1, "ann"));
            again.Decide(3, ReviewChoice.Drop);
            var third = ReviewSamples.Session(Audit).Log;
            Assert.Equal(ReviewChoice.Drop, third.Of(3, "ann")!.Decision);
            Assert.Equal(cut == 1 ? 0 : 1, third.Skipped); // without its line break the line is whole
        }
    }

    [Fact]
    public void Two_reviewers_at_once_lose_nothing()
    {
        var audit = ReviewSamples.Write(_folder.File("two"), 300, suspects: 20);
        var sessions = new[] { "ann", "bob", "cyd" }.Select(name => ReviewSamples.Session(audit, name)).ToArray();
        Parallel.ForEach(
            sessions,
            session =>
            {
                for (var id = 0; id < 300; id++)
                {
                    session.Decide(id, id % 2 == 0 ? ReviewChoice.Keep : ReviewChoice.Drop);
                }
            }
        );
        var log = ReviewSamples.Session(audit).Log;
        Assert.Equal(0, log.Skipped);
        Assert.Equal(900, File.ReadAllLines(log.Path).Length);
        Assert.All(log.All(), d => Assert.Equal(3, d.Count()));
        sessions[0].Log.Refresh();
        Assert.True(sessions[0].Log.IsDecidedByOthers(299, "ann"));
    }

    [Fact]
    public void Decisions_on_another_audit_are_refused_by_name()
    {
        var session = ReviewSamples.Session(Audit);
        session.Decide(1, ReviewChoice.Keep);
        var summary = Path.Combine(Audit, "summary.json");
        File.WriteAllText(summary, File.ReadAllText(summary).Replace("0123456789ab", "ba9876543210", StringComparison.Ordinal));
        var error = Assert.Throws<InputException>(() => new DecisionLog(ReviewSet.Open(Path.GetDirectoryName(summary)!)));
        Assert.Contains("holds decisions on the audit 0123456789ab, expected ba9876543210", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\nworld\n", "none of its 2 lines")]
    [InlineData("[]\n", "none of its 1 lines")]
    [InlineData(
        "{\"audit\":\"ffffffffffff\",\"file\":\"a\",\"label\":\"b\",\"decision\":\"keep\"," + By + "\n",
        "on the audit ffffffffffff"
    )]
    [InlineData("{\"audit\":\"\",\"file\":\"a\",\"label\":\"b\",\"decision\":\"keep\"," + By + "\n", "expected 0123456789ab")]
    public void A_file_of_something_else_is_refused(string content, string words)
    {
        var path = _folder.Put("d.jsonl", Encoding.UTF8.GetBytes(content));
        var error = Assert.Throws<InputException>(() => new DecisionLog(ReviewSet.Open(Audit), path));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"decision\":\"keep\"}")]
    [InlineData("{\"audit\":\"0123456789ab\",\"file\":\"t.csv\",\"row\":1,\"label\":\"dog\",\"decision\":\"change\"," + By)]
    [InlineData("{\"audit\":\"0123456789ab\",\"file\":\"t.csv\",\"row\":1,\"label\":\"dog\",\"decision\":7," + By)]
    [InlineData("{\"audit\":\"0123456789ab\",\"file\":\"t.csv\",\"row\":999,\"label\":\"dog\",\"decision\":\"keep\"," + By)]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("null")]
    public void A_line_that_is_no_decision_is_counted_and_the_others_hold(string line)
    {
        var audit = Audit;
        ReviewSamples.Session(audit).Decide(1, ReviewChoice.Keep);
        File.AppendAllText(Path.Combine(audit, DecisionLog.FileName), $"{line}\n");
        var log = ReviewSamples.Session(audit).Log;
        Assert.Equal((1, ReviewChoice.Keep), (log.Skipped, log.Of(1, "ann")!.Decision));
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        var path = _folder.Put("d.jsonl", new byte[3 << 20]);
        Assert.Throws<InputException>(() => new DecisionLog(ReviewSet.Open(Audit), path));
    }

    [Fact]
    public void A_log_that_another_program_cuts_is_refused_and_a_new_session_goes_on()
    {
        var audit = Audit;
        var session = ReviewSamples.Session(audit);
        session.Decide(1, ReviewChoice.Keep);
        session.Decide(2, ReviewChoice.Keep);
        var path = session.Log.Path;
        var first = File.ReadLines(path).First();
        File.WriteAllText(path, first + "\n");
        var error = Assert.Throws<MachineException>(() => session.Decide(3, ReviewChoice.Keep));
        Assert.EndsWith("; close what else writes to it, and start again.", error.Message, StringComparison.Ordinal);

        var again = ReviewSamples.Session(audit);
        again.Decide(3, ReviewChoice.Drop);
        Assert.Equal((ReviewChoice.Keep, ReviewChoice.Drop), (again.Log.Of(1, "ann")!.Decision, again.Log.Of(3, "ann")!.Decision));
    }

    [Fact]
    public void Wrong_decisions_are_refused_and_leave_no_line()
    {
        var session = ReviewSamples.Session(Audit);
        Assert.Throws<InputException>(() => session.Decide(-1, ReviewChoice.Keep));
        Assert.Throws<InputException>(() => session.Decide(60, ReviewChoice.Keep));
        Assert.Throws<InputException>(() => session.Decide(1, ReviewChoice.Change));
        Assert.Throws<InputException>(() => session.Decide(1, ReviewChoice.Change, "horse"));
        Assert.Throws<InputException>(() => session.Decide(1, ReviewChoice.Keep, "cat"));
        Assert.Throws<InputException>(() => session.Decide(1, ReviewChoice.None));
        Assert.Throws<InputException>(() => session.Decide(1, (ReviewChoice)77));
        Assert.False(File.Exists(session.Log.Path));
        session.Decide(1, ReviewChoice.Change, "dog"); // its own label
        Assert.Equal(ReviewChoice.Keep, session.Log.Of(1, "ann")!.Decision);
        Assert.Throws<InputException>(() => ReviewSamples.Session(Audit, " "));
        Assert.Throws<InputException>(() => ReviewSamples.Session(Audit, "a\nb"));
        Assert.Throws<InputException>(() => ReviewSamples.Session(Audit, new string('a', 61)));
    }

    [Fact]
    public void Reviewers_who_disagree_are_brought_together_by_majority_or_not_at_all()
    {
        Assert.Equal(ReviewChoice.Change, Of(Disagreement.Majority, "change dog", "change dog", "keep"));
        Assert.Equal(ReviewChoice.Unsure, Of(Disagreement.Unsure, "change dog", "change dog", "keep"));
        Assert.Equal(ReviewChoice.Unsure, Of(Disagreement.Majority, "change dog", "change cow"));
        Assert.Equal(ReviewChoice.Keep, Of(Disagreement.Unsure, "keep", "unsure", "unsure"));
        Assert.Equal(ReviewChoice.Unsure, Of(Disagreement.Majority, "unsure"));
        Assert.Equal(ReviewChoice.None, Of(Disagreement.Majority));

        static ReviewChoice Of(Disagreement disagreement, params string[] says) =>
            Consensus
                .Of(
                    says.Select(
                        (text, i) =>
                            ReviewDecision.Parse(
                                $$"""
                                {"audit":"0123456789ab","file":"t.csv","row":1,"label":"cat","decision":"{{text.Split(' ')[0]}}",
                                {{(text.Contains(' ', StringComparison.Ordinal) ? $"\"newLabel\":\"{text.Split(' ')[1]}\"," : "")}}
                                "reviewer":"r{{i}}","time":"2026-01-01T00:00:00Z"}
                                """
                            )!
                    ),
                    disagreement
                )
                .Choice;
    }
}
