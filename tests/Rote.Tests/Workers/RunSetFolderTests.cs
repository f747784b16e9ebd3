using Rote.Storage;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Workers;

public sealed class RunSetFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private RunStore Store => new(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_named_by_what_is_to_be_done_and_by_nothing_else()
    {
        var (one, two) = (FakeWorkers.Request(1), FakeWorkers.Request(2));
        var path = RunSetFolder.Of(Store, [one, two]).Path;
        Assert.Equal(path, RunSetFolder.Of(Store, [two, one, two]).Path);
        Assert.NotEqual(path, RunSetFolder.Of(Store, [one]).Path);
        Assert.Equal(Store.Root, RunSetFolder.Of(Store, [one]).Store);
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        RunRequest[] asked = [FakeWorkers.Request(1), FakeWorkers.Request(2) with { Title = "the second" }, FakeWorkers.Request(1)];
        var folder = RunSetFolder.Of(Store, asked);
        folder.Job.Stop();
        var probe = folder.Write(asked, tensorBoard: true);
        Assert.False(folder.Job.IsStopped);
        var plan = RunSetFolder.Open(folder.Path, probe).Read();
        plan.RequireSameBuild();
        Assert.True(plan.TensorBoard);
        Assert.Equal(asked[..2].Select(r => r.Experiment.Identity), plan.Requests().Select(r => r.Experiment.Identity));
        Assert.Equal("the second", plan.Requests()[1].Title);
        var error = Assert.Throws<MachineException>(() => (plan with { Build = "another" }).RequireSameBuild());
        Assert.Contains("; give the command that made the set again, which goes on", error.Message, StringComparison.Ordinal);

        RunSetFolder.Open(folder.Path, folder.Write(asked, tensorBoard: true)).Read().RequireSameBuild();
    }

    [Fact]
    public void A_folder_that_is_not_the_submitters_is_noticed()
    {
        RunRequest[] asked = [FakeWorkers.Request(1)];
        var folder = RunSetFolder.Of(Store, asked);
        folder.Write(asked, tensorBoard: false);
        foreach (var path in new[] { folder.Path, _folder.File("not/there") })
        {
            Assert.Contains(
                " that all nodes share; submit the runs again into a folder that they share.",
                Assert.Throws<MachineException>(() => RunSetFolder.Open(path, "0123456789abcdef")).Message,
                StringComparison.Ordinal
            );
        }

        var other = RunSetFolder.Of(new RunStore(_folder.File("shared"), TimeProvider.System), asked);
        Assert.Single(RunSetFolder.Open(other.Path, other.Write(asked, tensorBoard: false)).Read().Requests());
    }

    [Fact]
    public void What_is_no_set_is_refused()
    {
        Assert.Throws<InputException>(() => RunSetFolder.Open(_folder.Path));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        File.WriteAllText(_folder.File("elsewhere/set.json"), "{}");
        Assert.Throws<InputException>(() => RunSetFolder.Open(_folder.File("elsewhere")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[[[")]
    [InlineData("{\"schema\":99,\"build\":\"x\",\"made\":\"2026-01-01T00:00:00Z\",\"host\":\"h\",\"runs\":[]}")]
    [InlineData("{\"schema\":1,\"build\":\"x\",\"made\":\"2026-01-01T00:00:00Z\",\"host\":\"h\",\"runs\":[null]}")]
    public void A_damaged_set_is_refused_in_one_sentence(string content)
    {
        RunRequest[] asked = [FakeWorkers.Request(1)];
        var folder = RunSetFolder.Of(Store, asked);
        folder.Write(asked, tensorBoard: false);
        File.WriteAllText(Path.Combine(folder.Path, "set.json"), content);
        var error = Assert.Throws<InputException>(() => folder.Read());
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("give the command that made the set again", error.Message, StringComparison.Ordinal);

        folder.Write(asked, tensorBoard: false);
        Assert.Single(folder.Read().Requests());
    }

    [Fact]
    public void A_set_whose_own_data_has_no_place_is_refused()
    {
        RunRequest[] asked = [FakeWorkers.Request(1)];
        var folder = RunSetFolder.Of(Store, asked);
        folder.Write(asked, tensorBoard: false);
        var file = Path.Combine(folder.Path, "set.json");
        File.WriteAllText(
            file,
            File.ReadAllText(file)
                .Replace(
                    "\"name\": \"shapes\"",
                    "\"name\": \"mine\", \"sha256\": \"" + new string('a', 64) + "\"",
                    StringComparison.Ordinal
                )
        );
        Assert.Throws<InputException>(() => folder.Read());
    }
}
