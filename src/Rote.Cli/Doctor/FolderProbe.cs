namespace Rote.Cli.Doctor;

/// <summary>Looks at a folder that may not be there, without making it.</summary>
internal static class FolderProbe
{
    /// <summary>The folder itself, or the nearest one above it that is there.</summary>
    public static string NearestExisting(string folder)
    {
        var nearest = folder;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } above)
        {
            nearest = above;
        }

        return nearest;
    }

    /// <summary>Whether a file can be made in it, or the folder itself where it is not there.</summary>
    public static bool IsWritable(string folder)
    {
        if (File.Exists(folder))
        {
            return false;
        }

        // By trying, because permission bits do not tell: root ignores them, and a read-only mount ignores root.
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

    /// <summary>The free space of the folder's disk.</summary>
    public static DiskFindings Disk(string folder)
    {
        try
        {
            return new DiskFindings(folder, new DriveInfo(NearestExisting(folder)).AvailableFreeSpace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new DiskFindings(folder, Free: null);
        }
    }
}
