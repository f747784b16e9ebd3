using Rote.Cli.Doctor;
using Rote.Tests.Support;

namespace Rote.Tests.Doctor;

public sealed class FolderProbeTests
{
    [Fact]
    public void Looking_makes_no_folder_and_leaves_no_file()
    {
        using var folder = new TempFolder();
        Assert.True(FolderProbe.IsWritable(folder.File("not/there/yet")));
        Assert.True(FolderProbe.Disk(folder.File("not/there/yet")).Free > 0);
        Assert.Equal(folder.Path, FolderProbe.NearestExisting(folder.File("not/there/yet")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_in_the_folders_place_is_not_writable()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("rote"), "");
        Assert.False(FolderProbe.IsWritable(folder.File("rote")));
    }

    // /proc takes no files, whoever asks: a read-only cache for root too.
    [Fact]
    public void A_folder_that_takes_no_files_is_not_writable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        Assert.False(FolderProbe.IsWritable("/proc/rote"));
    }
}
