namespace Rote.Cli.Doctor;

/// <summary>Looks at the folder of downloaded data sets without making it.</summary>
internal static class DataCacheProbe
{
    /// <summary>The folder by the rules of docs: ROTE_DATA, else rote in XDG_CACHE_HOME, else ~/.cache/rote.</summary>
    public static CacheFindings Look()
    {
        var (folder, reason) = Where(Environment.GetEnvironmentVariable);
        return new CacheFindings(folder, reason, IsWritable(folder), Entries(folder));
    }

    /// <summary>Which folder it is, and what decides that.</summary>
    /// <param name="variable">Reads an environment variable; null where it is not set.</param>
    internal static (string Folder, string Reason) Where(Func<string, string?> variable)
    {
        if (variable("ROTE_DATA") is { Length: > 0 } own)
        {
            return (Path.GetFullPath(own), "ROTE_DATA");
        }

        // The XDG specification: a relative path in the variable is invalid and must be ignored.
        return variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache)
            ? (Path.Combine(cache, "rote"), "XDG_CACHE_HOME")
            : (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "rote"), "default");
    }

    /// <summary>The folder itself, or the nearest one above it that is there.</summary>
    internal static string NearestExisting(string folder)
    {
        var nearest = folder;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } above)
        {
            nearest = above;
        }

        return nearest;
    }

    // By trying, because permission bits do not tell: root ignores them, and a read-only mount ignores root.
    internal static bool IsWritable(string folder)
    {
        if (File.Exists(folder))
        {
            return false;
        }

        var probe = Path.Combine(NearestExisting(folder), $".rote-doctor-{Guid.NewGuid():N}");
        try
        {
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
