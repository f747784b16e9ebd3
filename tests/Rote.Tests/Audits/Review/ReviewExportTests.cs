using System.Text.Json;
using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class ReviewExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_go_to_Hugging_Face_FiftyOne_and_Label_Studio_by_their_paths()
    {
        var session = Pictures();
        Assert.Equal(
            ["file_name,label", "cat/0.png,cat", "dog/1.png,cow", "cow/2.png,cow", "dog/4.png,dog", "cow/5.png,cow"],
            Lines(session, "huggingface")
        );
        var fiftyOne = Lines(session, "fiftyone");
        Assert.Equal("filepath,ground_truth,given_label,suggested_label,wrong_probability,decision,verdict", fiftyOne[0]);
        Assert.Equal($"{Path.Combine(_folder.Path, "pets", "dog/1.png")},cow,dog,cow,0.8,change,probably wrong", fiftyOne[2]);

        var tasks = JsonDocument.Parse(string.Concat(Lines(session, "label-studio"))).RootElement;
        Assert.Equal(4, tasks.GetArrayLength()); // three suspects and what was dropped
        Assert.Equal("/data/local-files/?d=dog/1.png", tasks[1].GetProperty("data").GetProperty("image").GetString());
        Assert.Equal(
            "cow",
            tasks[1].GetProperty("annotations")[0].GetProperty("result")[0].GetProperty("value").GetProperty("choices")[0].GetString()
        );
        Assert.Equal("rote 0123456789ab", tasks[0].GetProperty("predictions")[0].GetProperty("model_version").GetString());
        Assert.False(tasks[3].TryGetProperty("annotations", out _)); // dropped: no class is right
    }

    [Fact]
    public void Cleanlabs_columns_have_what_was_decided_and_else_what_the_audit_says()
    {
        var lines = Lines(Pictures(), "cleanlab");
        Assert.Equal("file,row,is_label_issue,label_score,given_label,predicted_label", lines[0]);
        Assert.Equal("cat/0.png,,false,0.1,cat,cat", lines[1]); // a suspect that was kept
        Assert.Equal("dog/1.png,,true,0.1,dog,cow", lines[2]);
        Assert.Equal("cow/2.png,,true,0.1,cow,cat", lines[3]); // a suspect that nobody looked at
        Assert.Equal("cat/3.png,,true,0.97,cat,dog", lines[4]); // dropped
        Assert.Equal("dog/4.png,,false,0.97,dog,dog", lines[5]);
    }

    [Fact]
    public void Links_lead_to_the_pictures_by_their_new_class_and_an_old_folder_is_never_touched()
    {
        var session = Pictures();
        var target = _folder.File("by-class");
        ReviewExport.Write("links", session.Set, session.Log, target);
        Assert.Equal(["cat", "cow", "dog"], Directory.GetDirectories(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["cow--2.png", "cow--5.png", "dog--1.png"],
            Directory.GetFiles(Path.Combine(target, "cow")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal("x", File.ReadAllText(Path.Combine(target, "cow", "dog--1.png")));
        Assert.Single(Directory.GetFiles(Path.Combine(target, "cat"))); // the other one was dropped
        Assert.Contains(
            "is there already, expected a folder that is made; choose another one.",
            Assert.Throws<InputException>(() => ReviewExport.Write("links", session.Set, session.Log, target)).Message,
            StringComparison.Ordinal
        );

        ReviewExport.Write("links", session.Set, session.Log, _folder.File("another"));
        Assert.Equal("x", File.ReadAllText(_folder.File("another/cow/dog--1.png")));
    }

    /// <summary>A shell completes a folder's name with a slash; then no picture was in it. Where the data is gone, links lead
    /// nowhere.</summary>
    [Fact]
    public void Links_of_a_folder_with_a_slash_are_there_and_of_one_that_is_gone_are_refused()
    {
        var session = Pictures();
        var root = session.Set.Source!.Data!;
        var slashed = session.Set.At(session.Set.Source with { Data = root + "/" });
        ReviewExport.Write("links", slashed, session.Log, _folder.File("links"));
        Assert.Equal("x", File.ReadAllText(_folder.File("links/cow/dog--1.png")));
        Directory.Move(root, root + "-moved");
        var error = Assert.Throws<InputException>(() => ReviewExport.Write("links", slashed, session.Log, _folder.File("none")));
        Assert.Contains("are none that is there", error.Message, StringComparison.Ordinal);
        var moved = session.Set.At(session.Set.Source with { Data = root + "-moved" });
        ReviewExport.Write("links", moved, session.Log, _folder.File("again"));
        Assert.Equal("x", File.ReadAllText(_folder.File("again/cow/dog--1.png")));
    }

    [Fact]
    public void Names_of_classes_and_pictures_lead_nowhere_else()
    {
        string[] files = ["a/x.png", "../secret", "b/x.png"];
        var audit = ReviewSamples.Write(
            _folder.File("h"),
            3,
            1,
            Directory.CreateDirectory(_folder.File("pets")).FullName,
            ["../../up", "..", "."],
            i => (files[i], null)
        );
        var session = ReviewSamples.Session(audit);
        ReviewExport.Write("links", session.Set, session.Log, _folder.File("out"));
        Assert.Equal(
            ["_", "_-2", "_.._up"],
            Directory.GetDirectories(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.File("out"), "*.png", SearchOption.AllDirectories).Length);
        Assert.False(Directory.Exists(_folder.File("up")));
    }

    [Fact]
    public void What_reviewers_disagree_on_is_unsure_or_the_majoritys()
    {
        var session = Pictures();
        ReviewSamples.Session(session.Set.Folder, "bob").Decide(1, ReviewChoice.Keep);
        ReviewSamples.Session(session.Set.Folder, "cyd").Decide(1, ReviewChoice.Keep);
        Assert.Equal("dog/1.png,,dog,dog,keep,true,ann;bob;cyd", Lines(session, "csv")[2]);
        Assert.Equal("dog/1.png,,dog,dog,unsure,true,ann;bob;cyd", Lines(session, "csv", Disagreement.Unsure)[2]);
    }

    private ReviewSession Pictures()
    {
        string[] classes = ["cat", "dog", "cow"];
        foreach (var i in Enumerable.Range(0, 6))
        {
            Directory.CreateDirectory(_folder.File($"pets/{classes[i % 3]}"));
            File.WriteAllText(_folder.File($"pets/{classes[i % 3]}/{i}.png"), "x");
        }

        var session = ReviewSamples.Session(
            ReviewSamples.Write(_folder.File("audit"), 6, 3, _folder.File("pets"), file: i => ($"{classes[i % 3]}/{i}.png", null))
        );
        session.Decide(0, ReviewChoice.Keep);
        session.Decide(1, ReviewChoice.Change, "cow");
        session.Decide(3, ReviewChoice.Drop);
        return session;
    }

    private static string[] Lines(ReviewSession session, string format, Disagreement disagreement = Disagreement.Majority)
    {
        using var stream = new MemoryStream();
        ReviewExport.Write(format, session.Set, session.Log, stream, disagreement);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd().Split('\n');
    }
}
