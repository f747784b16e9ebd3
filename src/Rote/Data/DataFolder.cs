namespace Rote.Data;

/// <summary>The folder that keeps fetched data, one folder per data set: <c>ROTE_DATA</c>, or the platform's cache folder.</summary>
/// <param name="Path">Absolute path; it need not exist yet.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "ROTE_DATA";

    /// <summary>The folder of this user on this machine.</summary>
    /// <returns><c>ROTE_DATA</c> if set; else <c>rote</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c> (Linux), <c>~/Library/Caches</c>
    /// (macOS), the local application data folder (Windows).</returns>
    /// <exception cref="MachineException">The user has no home folder and the variable is not set.</exception>
    public static DataFolder Default() =>
        Resolve(
            Environment.GetEnvironmentVariable,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
            OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : null,
            OperatingSystem.IsMacOS()
        );

    /// <summary>The folder of one data set.</summary>
    /// <param name="name">Its catalog name.</param>
    /// <returns>An absolute path.</returns>
    public string Of(string name) => System.IO.Path.Combine(Path, name);

    internal static DataFolder Resolve(Func<string, string?> variable, string home, string? localApplicationData, bool isMac)
    {
        if (variable(Variable) is { Length: > 0 } chosen)
        {
            return new DataFolder(System.IO.Path.GetFullPath(chosen));
        }

        if (!string.IsNullOrEmpty(localApplicationData))
        {
            return new DataFolder(System.IO.Path.Combine(localApplicationData, "rote"));
        }

        // The XDG base directory specification: a relative path is invalid and must be ignored.
        if (!isMac && variable("XDG_CACHE_HOME") is { Length: > 0 } cache && System.IO.Path.IsPathFullyQualified(cache))
        {
            return new DataFolder(System.IO.Path.Combine(cache, "rote"));
        }

        if (string.IsNullOrEmpty(home))
        {
            throw new MachineException($"This user has no home folder to keep data in; set {Variable} to a folder that can be written.");
        }

        return new DataFolder(
            isMac ? System.IO.Path.Combine(home, "Library", "Caches", "rote") : System.IO.Path.Combine(home, ".cache", "rote")
        );
    }
}
