using Rote.Audits.Shown;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Shown;

public sealed class FolderFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public FolderFilesTests()
    {
        PictureFiles.Touch(_folder, "pics/cat/a.png", "pics/b.png", "outside.png", "deep/only/one/c.png");
        File.CreateSymbolicLink(_folder.File("pics/link.png"), _folder.File("outside.png"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_found_in_the_folder_and_in_the_one_folder_that_it_holds()
    {
        var files = new FolderFiles(_folder.File("pics"), followLinks: false);
        Assert.Equal(_folder.File("pics/cat/a.png"), files.Find("cat/a.png"));
        Assert.Equal(_folder.File("pics/b.png"), files.Find("b.png"));
        Assert.Equal(_folder.File("deep/only/one/c.png"), new FolderFiles(_folder.File("deep"), followLinks: false).Find("c.png"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing.png")]
    [InlineData("cat")]
    [InlineData("../outside.png")]
    [InlineData("cat/../../outside.png")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0.png")]
    [InlineData("link.png")]
    [InlineData("<script>alert(1)</script>")]
    public void Nothing_else_is_found(string name) => Assert.Null(new FolderFiles(_folder.File("pics"), followLinks: false).Find(name));

    [Fact]
    public void Links_are_followed_on_request() =>
        Assert.NotNull(new FolderFiles(_folder.File("pics"), followLinks: true).Find("link.png"));
}
