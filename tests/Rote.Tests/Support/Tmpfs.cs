using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>A small file system of its own, to be full or read-only: the ways that root cannot ignore. Skips the test where it cannot be
/// mounted.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly TempFolder _folder = new();

    public Tmpfs(int kilobytes)
    {
        if (!OperatingSystem.IsLinux() || Mount("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Path) != 0)
        {
            _folder.Dispose();
            Assert.Skip("Mounting a file system needs root on Linux.");
        }
    }

    public string Path => _folder.Path;

    public void MakeReadOnly() => Assert.Equal(0, Mount("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Mount("umount", Path);
        _folder.Dispose();
    }

    private static int Mount(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
