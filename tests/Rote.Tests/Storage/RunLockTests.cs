using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

public sealed class RunLockTests
{
    // errno(3): 11 EAGAIN, 37 ENOLCK, 38 ENOSYS (Lustre without -o flock), 95 EOPNOTSUPP.
    [Theory]
    [InlineData(0, true)]
    [InlineData(11, true)]
    [InlineData(37, false)]
    [InlineData(38, false)]
    [InlineData(95, false)]
    public void A_file_system_without_locks_is_noticed(int answer, bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Locks are always there.");
        using var folder = new TempFolder();
        Assert.Equal(exists, RunLock.Exists(folder.Path, _ => answer));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Whoever_waits_until_a_lock_is_let_go_gets_it()
    {
        using var folder = new TempFolder();
        using (RunLock.Take(folder.Path))
        {
            var error = Assert.Throws<BusyException>(() => RunLock.Take(folder.Path));
            Assert.EndsWith("; wait for it, or stop it.", error.Message, StringComparison.Ordinal);
        }

        RunLock.Take(folder.Path).Dispose();
        Assert.False(RunLock.IsHeld(folder.Path));
    }

    [Fact]
    public void This_one_has_locks()
    {
        using var folder = new TempFolder();
        Assert.True(RunLock.Exists(folder.Path));
        Assert.True(RunLock.Exists(folder.File("none/yet")));
    }
}
