using Rote.Data;

namespace Rote.Tests.Data;

public sealed class DataFolderTests
{
    [Fact]
    public void The_variable_comes_first() =>
        Assert.Equal("/elsewhere", Resolve(("ROTE_DATA", "/elsewhere"), ("XDG_CACHE_HOME", "/cache")));

    [Fact]
    public void Then_the_cache_folder_of_the_desktop() => Assert.Equal("/cache/rote", Resolve(("XDG_CACHE_HOME", "/cache")));

    [Fact]
    public void A_relative_cache_folder_is_ignored() => Assert.Equal("/home/me/.cache/rote", Resolve(("XDG_CACHE_HOME", "cache")));

    [Fact]
    public void Then_the_home_folder() => Assert.Equal("/home/me/.cache/rote", Resolve());

    [Fact]
    public void A_relative_variable_starts_from_the_current_folder() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "data"), Resolve(("ROTE_DATA", "data")));

    [Fact]
    public void MacOS_and_Windows_have_their_own_places()
    {
        Assert.Equal("/home/me/Library/Caches/rote", DataFolder.Resolve(_ => null, "/home/me", null, isMac: true).Path);
        Assert.Equal("/local/rote", DataFolder.Resolve(_ => null, "/home/me", "/local", isMac: false).Path);
    }

    [Fact]
    public void Without_a_home_folder_the_sentence_names_the_variable() =>
        Assert.Contains(
            "ROTE_DATA",
            Assert.Throws<MachineException>(() => DataFolder.Resolve(_ => null, "", null, isMac: false)).Message,
            StringComparison.Ordinal
        );

    private static string Resolve(params (string Name, string Value)[] variables) =>
        DataFolder.Resolve(name => variables.FirstOrDefault(v => v.Name == name).Value, "/home/me", null, isMac: false).Path;
}
