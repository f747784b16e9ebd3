using Rote.Storage;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Workers;

public sealed class FailureBookTests : IDisposable
{
    private static readonly RunFailure Killed = new(FailureKind.Machine, "It was killed.");

    private readonly TempFolder _folder = new();

    private FailureBook Book => new(_folder.File("failed"));

    private RunStore Store => new(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_machines_failures_are_tried_twice_more()
    {
        var run = FakeWorkers.Request(1).Experiment;
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(Book.Note(Store, run, Killed));
            Assert.Null(Book.Final(run));
        }

        Book.Note(Store, run, Killed);
        Assert.Equal("It was killed. It was tried 3 times.", Book.Final(run)!.Sentence);
        Assert.Null(Book.Final(FakeWorkers.Request(2).Experiment));
        Book.Forget();
        Assert.Null(Book.Final(run));
    }

    [Fact]
    public void A_run_that_gets_on_between_two_failures_is_not_to_blame()
    {
        var run = FakeWorkers.Request(1).Experiment;
        var checkpoint = Path.Combine(Store.FolderOf(run), "checkpoint.safetensors");
        Directory.CreateDirectory(Store.FolderOf(run));
        for (var i = 0; i < 9; i++)
        {
            File.WriteAllText(checkpoint, "");
            File.SetLastWriteTimeUtc(checkpoint, new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
            Book.Note(Store, run, Killed);
        }

        Assert.Null(Book.Final(run));
    }

    [Theory]
    [InlineData(FailureKind.Training, false)]
    [InlineData(FailureKind.Input, true)]
    public void Divergence_and_wrong_input_are_final_but_input_may_be_mended_before_the_set_is_asked_for_again(FailureKind kind, bool again)
    {
        var run = FakeWorkers.Request(1).Experiment;
        var failure = new RunFailure(kind, "No.");
        Assert.Equal(failure, Book.Note(Store, run, failure));
        Assert.Equal(failure, Book.Final(run));
        Book.Forget();
        Assert.Equal(again ? null : failure, Book.Final(run));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_damaged_note_says_nothing(string content)
    {
        var run = FakeWorkers.Request(1).Experiment;
        Book.Note(Store, run, new RunFailure(FailureKind.Training, "No."));
        File.WriteAllText(Directory.GetFiles(_folder.File("failed"))[0], content);
        Assert.Null(Book.Final(run));
    }
}
