using Rote.Data.Formats.Pictures;

namespace Rote.Data.Formats.Parquet;

/// <summary>The picture of a row: its bytes, or a file beside the table whose path the row gives.</summary>
/// <param name="Source">The encoded picture; meaningless if there is a problem.</param>
/// <param name="Name">The row's path of the file; null for bytes.</param>
/// <param name="Path">The path of the file that was found; null for bytes, or if there is none.</param>
/// <param name="Problem">The reason why there is no picture; null if there is one.</param>
internal readonly record struct StoredPicture(PictureSource Source, string? Name, string? Path, string? Problem)
{
    /// <summary>Finds the picture of a row.</summary>
    /// <param name="bytes">Its bytes; empty where the row has none.</param>
    /// <param name="name">The row's path; null for none.</param>
    /// <param name="table">The table's file.</param>
    /// <param name="followLinks">Whether the file may be a symbolic link.</param>
    public static StoredPicture Of(byte[] bytes, string? name, string table, bool followLinks)
    {
        if (bytes.Length > 0 || string.IsNullOrEmpty(name))
        {
            return new StoredPicture(new PictureSource(bytes), null, null, null);
        }

        return Beside(name, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(table))!, followLinks) is { } path
            ? new StoredPicture(new PictureSource(path), name, path, null)
            : new StoredPicture(default, name, null, "is not there");
    }

    /// <summary>Finds the file of a path, or of the end of that path, below a folder. The folder that the path was written in often no
    /// longer exists.</summary>
    private static string? Beside(string name, string folder, bool followLinks)
    {
        string[] parts = [.. name.Replace('\\', '/').Split('/').Where(p => p.Length > 0 && p != ".")];
        if (parts.Contains("..") || name.Contains('\0', StringComparison.Ordinal))
        {
            return null; // a file outside the folder does not belong to the table
        }

        for (var start = 0; start < parts.Length; start++)
        {
            var file = new FileInfo(System.IO.Path.Combine([folder, .. parts[start..]]));
            if (file.Exists && (followLinks || file.LinkTarget is null))
            {
                return file.FullName;
            }
        }

        return null;
    }
}
