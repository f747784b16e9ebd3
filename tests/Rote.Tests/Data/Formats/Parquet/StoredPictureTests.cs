using Rote.Data.Formats.Parquet;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Parquet;

public sealed class StoredPictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a/1.png", "a/1.png")]
    [InlineData("1.png", null)]
    [InlineData("/data/photos/a/1.png", "a/1.png")]
    [InlineData("C:\\photos\\a\\1.png", "a/1.png")]
    [InlineData("./a//1.png", "a/1.png")]
    [InlineData("../secret.png", null)]
    [InlineData("a/../../secret.png", null)]
    [InlineData("a/\0.png", null)]
    [InlineData("a", null)]
    [InlineData("link.png", null)]
    public void A_path_leads_to_a_file_below_the_tables_folder_or_nowhere(string name, string? expected)
    {
        PictureFiles.Write(_folder, "t/a/1.png", [1]);
        PictureFiles.Write(_folder, "secret.png", [1]);
        File.CreateSymbolicLink(_folder.File("t/link.png"), _folder.File("secret.png"));
        var found = StoredPicture.Of([], name, _folder.File("t/x.parquet"), followLinks: false);
        Assert.Equal(expected is null ? null : _folder.File($"t/{expected}"), found.Path);
        Assert.Equal(expected is null ? "is not there" : null, found.Problem);
    }

    [Fact]
    public void A_link_is_followed_where_links_are()
    {
        PictureFiles.Write(_folder, "secret.png", [1]);
        PictureFiles.Write(_folder, "t/x", [1]);
        File.CreateSymbolicLink(_folder.File("t/link.png"), _folder.File("secret.png"));
        Assert.Equal(_folder.File("t/link.png"), StoredPicture.Of([], "link.png", _folder.File("t/x.parquet"), followLinks: true).Path);
    }

    public void Dispose() => _folder.Dispose();
}
