using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Pictures.Layouts;

namespace Rote.Tests.Data.Formats.Pictures.Layouts;

public sealed class PictureIndexTests
{
    /// <summary>In one order the whole path counted, in the other it was taken for two pictures' and found none.</summary>
    [Theory]
    [InlineData("a/1.png", "b/a/1.png")]
    [InlineData("b/a/1.png", "a/1.png")]
    public void A_whole_path_is_its_picture_whatever_other_paths_end_with(params string[] paths)
    {
        var index = new PictureIndex([.. paths.Select(path => new ListedFile(path, 1))], _ => true, "");
        Assert.Equal(Array.IndexOf(paths, "a/1.png"), index.Find("a/1.png"));
        Assert.Equal(Array.IndexOf(paths, "b/a/1.png"), index.Find("b/a/1.png"));
        Assert.Null(index.Find("1.png"));
        Assert.Null(index.Find("1"));
    }

    [Theory]
    [InlineData("a/1.png", "b/a/1.png", "c/b/a/1.png")]
    [InlineData("c/b/a/1.png", "b/a/1.png", "a/1.png")]
    public void A_picture_beside_the_table_comes_first(params string[] paths)
    {
        var index = new PictureIndex([.. paths.Select(path => new ListedFile(path, 1))], _ => true, "b");
        Assert.Equal(Array.IndexOf(paths, "b/a/1.png"), index.Find("a/1.png"));
    }
}
