using Rote.Audits.Review;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Review;

public sealed class ReviewMovesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_move_to_the_folder_of_their_new_class_and_only_when_told_to()
    {
        var audit = Audit("cat/a.png", "dog/2024/b.png", "cow/c.png", "cat/b.png", "dog/d.png", "cow/a.png");
        var session = ReviewSamples.Session(audit);
        session.Decide(0, ReviewChoice.Change, "cow"); // cow/a.png is there already
        session.Decide(1, ReviewChoice.Change, "cat");
        session.Decide(2, ReviewChoice.Keep);
        session.Decide(3, ReviewChoice.Drop);
        session.Decide(4, ReviewChoice.Unsure);

        var said = Command.Run("apply", audit);
        Assert.Equal(("", 0), (said.Error, said.Code));
        Assert.Equal(
            ["cat/a.png → cow/a-2.png", "dog/2024/b.png → cat/2024/b.png", "2 pictures would move; --move does it."],
            said.Output.TrimEnd().Split('\n')
        );
        Assert.True(File.Exists(_folder.File("pets/cat/a.png")));
        Assert.False(File.Exists(Path.Combine(audit, ReviewMoves.FileName)));

        Assert.Equal(0, Command.Run("apply", audit, "--move").Code);
        Assert.Equal("cat/a.png", File.ReadAllText(_folder.File("pets/cow/a-2.png")));
        Assert.Equal("cow/a.png", File.ReadAllText(_folder.File("pets/cow/a.png")));
        Assert.Equal("dog/2024/b.png", File.ReadAllText(_folder.File("pets/cat/2024/b.png")));
        Assert.Equal(6, Directory.GetFiles(_folder.File("pets"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal("{\"from\":\"cat/a.png\",\"to\":\"cow/a-2.png\"}", File.ReadAllLines(Path.Combine(audit, ReviewMoves.FileName))[0]);

        // Again: they lie elsewhere by now.
        Assert.Contains("No picture has another class", Command.Run("apply", audit, "--move").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_would_have_one_name_keep_both()
    {
        var audit = Audit("cat/a.png", "dog/a.png", "cow/x.png");
        var session = ReviewSamples.Session(audit);
        session.Decide(0, ReviewChoice.Change, "cow");
        session.Decide(1, ReviewChoice.Change, "cow");
        Assert.Equal(["cow/a.png", "cow/a-2.png"], ReviewMoves.Of(session.Set, session.Log).Select(m => m.To));
    }

    [Fact]
    public void What_cannot_be_moved_is_refused_before_anything_is()
    {
        var audit = Audit("pictures/a.png", "cat/b.png", "cow/c.png");
        var session = ReviewSamples.Session(audit);
        session.Decide(0, ReviewChoice.Change, "cow");
        Assert.Contains("does not lie in one folder called cat", Command.Run("apply", audit).Error, StringComparison.Ordinal);
        var table = ReviewSamples.Write(_folder.File("t"), 6, 2, _folder.Put("t.csv", []));
        Assert.Contains("export the labels instead", Command.Run("apply", table).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_names_files_outside_moves_none_of_them()
    {
        var secret = _folder.Put("secret.png", [1]);
        var audit = ReviewSamples.Write(
            _folder.File("h"),
            3,
            1,
            Directory.CreateDirectory(_folder.File("pets/cat")).Parent!.FullName,
            file: i => (new[] { "cat/../../secret.png", "dog/a.png", "cow/b.png" }[i], null)
        );
        var session = ReviewSamples.Session(audit);
        session.Decide(0, ReviewChoice.Change, "cow");
        Assert.Empty(ReviewMoves.Of(session.Set, session.Log));
        Assert.True(File.Exists(secret));
    }

    private string Audit(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File($"pets/{file}"))!);
            File.WriteAllText(_folder.File($"pets/{file}"), file);
        }

        return ReviewSamples.Write(_folder.File("audit"), files.Length, 2, _folder.File("pets"), file: i => (files[i], null));
    }
}
