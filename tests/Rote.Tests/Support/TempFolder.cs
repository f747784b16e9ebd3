namespace Rote.Tests.Support;

/// <summary>A folder that is gone when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rote-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Put(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>Takes or gives the rights to a file or folder, as chmod does.</summary>
    public void Rights(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File(name), mode);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
