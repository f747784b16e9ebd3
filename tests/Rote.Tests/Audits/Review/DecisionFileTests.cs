using System.Text;
using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class DecisionFileTests : IDisposable
{
    private const string Header = "file,row,givenLabel,decision,newLabel\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_is_read_with_quotes_commas_and_line_ends_in_names()
    {
        var file = Read("\uFEFF" + Header + "\"a,\"\"b\"\"\nc.png\",,\"<b>\",change,\"=cow, x\"\r\nt.csv,17,dog,KEEP,\r\n");
        Assert.Equal(
            [
                ("a,\"b\"\nc.png", null, "<b>", ReviewChoice.Change, "=cow, x"),
                ("t.csv", (long?)17, "dog", ReviewChoice.Keep, (string?)null),
            ],
            file.Labels.Select(l => (l.File, l.Row, l.Label, l.Consensus.Choice, l.Consensus.NewLabel))
        );
    }

    [Fact]
    public void The_labels_that_a_review_exports_are_decisions_too()
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 60, suspects: 20);
        var session = ReviewSamples.Session(audit);
        session.Decide(3, ReviewChoice.Keep);
        session.Decide(4, ReviewChoice.Change, "cow");
        session.Decide(5, ReviewChoice.Drop);
        var path = _folder.File("labels.csv");
        ReviewExport.Write("csv", session.Set, session.Log, path);
        Assert.Equal(
            [(3L, ReviewChoice.Keep, null), (4, ReviewChoice.Change, "cow"), (5, ReviewChoice.Drop, (string?)null)],
            DecisionFile.Read(path).Labels.Select(l => (l.Row!.Value, l.Consensus.Choice, l.Consensus.NewLabel))
        );
        Assert.Equal([3L, 4, 5], DecisionFile.Read(session.Log.Path).Labels.Select(l => l.Row!.Value));
    }

    [Fact]
    public void Of_a_review_the_last_word_of_each_reviewer_counts_and_a_tie_is_unsure()
    {
        var audit = ReviewSamples.Write(_folder.File("audit"), 60, suspects: 20);
        var (ann, bob) = (ReviewSamples.Session(audit), ReviewSamples.Session(audit, "bob"));
        ann.Decide(1, ReviewChoice.Drop);
        ann.Decide(1, ReviewChoice.Keep);
        ann.Decide(2, ReviewChoice.Keep);
        bob.Decide(2, ReviewChoice.Drop);
        ann.Decide(3, ReviewChoice.Drop);
        ann.Undo();
        File.AppendAllText(ann.Log.Path, "{\"audit\":\"01234"); // as a kill leaves it
        var file = DecisionFile.Read(ann.Log.Path);
        Assert.Equal(1, file.Skipped);
        Assert.Equal(
            [(1L, ReviewChoice.Keep, false), (2, ReviewChoice.Unsure, true)],
            file.Labels.Select(l => (l.Row!.Value, l.Consensus.Choice, l.Consensus.IsDisputed))
        );
    }

    [Theory]
    [InlineData("", "is empty, expected decisions with the header file,row,givenLabel,decision,newLabel.")]
    [InlineData("file,row\nx,1\n", "has no column decision")]
    [InlineData("decision,row\nkeep,1\n", "has no column file")]
    [InlineData("file,decision,file\nx,keep,y\n", "has the column \"file\" twice")]
    [InlineData(Header, "holds no decision; review first")]
    [InlineData(Header + "x,1,cat,,\n", "holds no decision; review first")]
    [InlineData(Header + "x,1,cat,maybe,\n", "row 1 decides \"maybe\", expected keep, change, drop or unsure.")]
    [InlineData(Header + "x,1,cat,3,\n", "row 1 decides \"3\"")]
    [InlineData(Header + "x,NaN,cat,keep,\n", "row 1 has the row \"NaN\", expected a whole number")]
    [InlineData(Header + "x,-1,cat,keep,\n", "row 1 has the row \"-1\"")]
    [InlineData(Header + "x,99999999999999999999,cat,keep,\n", "row 1 has the row \"99999999999999999999\"")]
    [InlineData(Header + "x,1,cat,change,\n", "row 1 changes a label and does not say to which")]
    [InlineData(Header + "x,1,cat\n", "row 1 has 3 fields, expected 5")]
    [InlineData(Header + "\"x,1,cat,keep,\n", "after row 0 a quote is not closed")]
    [InlineData(Header + "x,1,cat,keep,\nx,1,cat,drop,\n", "says of \"x[1]\" both \"keep\" and \"drop\"; leave one out.")]
    [InlineData(Header + "x,1,cat,change,a\nx,1,cat,change,b\n", "both \"change to a\" and \"change to b\"")]
    public void What_is_no_table_of_decisions_is_refused_in_a_sentence(string text, string expected)
    {
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_same_decision_twice_is_one()
    {
        Assert.Single(Read(Header + "x,1,cat,keep,\nx,1,cat,keep,\n").Labels);
    }

    [Fact]
    public void What_is_no_file_of_a_review_is_refused_too()
    {
        File.WriteAllText(_folder.File("x.jsonl"), "{}\n[]\nhello\n");
        File.WriteAllText(_folder.File("empty.jsonl"), "");
        File.WriteAllBytes(_folder.File("latin.csv"), [.. Encoding.UTF8.GetBytes(Header), 0xE9, (byte)',', (byte)'1', .. ",a,keep,\n"u8]);
        Assert.Contains("none of its 3 lines is one", Refused("x.jsonl"), StringComparison.Ordinal);
        Assert.Contains("holds no decision", Refused("empty.jsonl"), StringComparison.Ordinal);
        Assert.Contains("it is no UTF-8; save it as CSV in UTF-8.", Refused("latin.csv"), StringComparison.Ordinal);
        Assert.Equal("é", Assert.Single(Read(Header + "é,1,a,keep,\n").Labels).File);
        Assert.Contains("There are no decisions at", Refused("missing.csv"), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.File("folder"));
        Assert.Contains("is a folder", Refused("folder"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_decides_on_an_audit_as_a_review_does()
    {
        var set = ReviewSet.Open(ReviewSamples.Write(_folder.File("audit"), 60, suspects: 20));
        var path = _folder.File("d.csv");
        File.WriteAllText(path, Header + "t.csv,4,dog,change,cow\nt.csv,5,dog,keep,\nt.csv,99,dog,keep,\n");
        var log = DecisionLog.OfTable(set, path);
        Assert.Equal("cow", log.All(4).Single().NewLabel);
        Assert.Empty(log.All(5)); // a cow by now
        Assert.Equal(2, log.Skipped);
        Assert.Throws<InvalidOperationException>(() => log.Add(log.All(4)[0]));

        File.WriteAllText(path, Header + "t.csv,4,dog,change,elk\n");
        var unknown = Assert.Throws<InputException>(() => DecisionLog.OfTable(set, path));
        Assert.Contains("a class that the audit does not have, \"elk\"", unknown.Message, StringComparison.Ordinal);
        File.WriteAllText(path, Header + "u.csv,4,dog,keep,\n");
        Assert.Contains(
            "decides on other data",
            Assert.Throws<InputException>(() => DecisionLog.OfTable(set, path)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(path, "audit,file,row,decision\nffffffffffff,t.csv,4,keep\n");
        Assert.Contains(
            "holds decisions on the audit ffffffffffff",
            Assert.Throws<InputException>(() => DecisionLog.OfTable(set, path)).Message,
            StringComparison.Ordinal
        );
    }

    private DecisionFile Read(string text)
    {
        File.WriteAllText(_folder.File("d.csv"), text);
        return DecisionFile.Read(_folder.File("d.csv"));
    }

    private string Refused(string name) => Assert.Throws<InputException>(() => DecisionFile.Read(_folder.File(name))).Message;
}
