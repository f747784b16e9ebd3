using System.Security.Cryptography;

namespace Rote.Foundation;

/// <summary>Writes files that are either whole or absent, whenever the process is killed or the disk fills up.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to the device, then renames over it.</summary>
    /// <param name="path">The final name; its folder is made if it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="MachineException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write) =>
        Write(
            path,
            write,
            (temporary, target) =>
            {
                File.Move(temporary, target, overwrite: true);
                return true;
            }
        );

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, but a file that is already there with other content stays.</summary>
    /// <param name="path">The final name; its folder is made if it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>False if the file was already there with this content, and is untouched.</returns>
    /// <exception cref="InputException">There is a file of that name with other content; it is untouched.</exception>
    /// <exception cref="MachineException">The file cannot be written; nothing is left behind.</exception>
    public static bool WriteNew(string path, Action<Stream> write) =>
        Write(
            path,
            write,
            (temporary, target) =>
            {
                if (!File.Exists(target))
                {
                    File.Move(temporary, target, overwrite: false);
                    return true;
                }

                if (!HaveSameContent(temporary, target))
                {
                    throw new InputException(
                        $"{target} is already there with other content; choose another folder with "
                            + $"{Setting.Output}, or replace it ({Setting.Overwrite})."
                    );
                }

                File.Delete(temporary);
                return false;
            }
        );

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="text">The content.</param>
    /// <exception cref="MachineException">The file cannot be written; nothing is left behind.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Appends text to a log. A kill may leave half a line, so the log's reader must not need the last one.</summary>
    /// <param name="path">The file; made if it is missing, in a folder that is there.</param>
    /// <param name="text">What to add, as UTF-8.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    internal static void AppendText(string path, string text)
    {
        try
        {
            File.AppendAllText(path, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }

    /// <summary>Removes what kills left of earlier writes: files of dead processes of this machine, and old ones. A lock held by the caller
    /// would not tell more, because file systems share files without sharing locks.</summary>
    /// <param name="folder">The folder, if it is there; its subfolders are left alone.</param>
    /// <param name="names">The final names of the files.</param>
    /// <exception cref="MachineException">The folder cannot be changed.</exception>
    internal static void Sweep(string folder, IReadOnlyCollection<string> names)
    {
        try
        {
            var candidates = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.tmp") : [];
            foreach (
                var file in candidates.Where(file =>
                    Path.GetFileName(file).Split('.') is [.., _, _] parts
                    && string.Join('.', parts[..^2]) is var name
                    && names.Contains(name)
                    && Orphans.IsOrphan(file, name)
                )
            )
            {
                File.Delete(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, error);
        }
    }

    /// <summary>The one sentence about a file that cannot be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">Why.</param>
    /// <returns>The error to throw.</returns>
    internal static MachineException CannotWrite(string path, Exception error) =>
        new($"Cannot write {path}: {FirstLine(error.Message)}. Check the free space and the permissions, or choose another folder.", error);

    private static bool Write(string path, Action<Stream> write, Func<string, string, bool> publish)
    {
        var target = Path.GetFullPath(path);
        var temporary = Orphans.TemporaryOf(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Orphans.Sweep(target);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            return publish(temporary, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw CannotWrite(target, error);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static bool HaveSameContent(string first, string second)
    {
        if (new FileInfo(first).Length != new FileInfo(second).Length)
        {
            return false;
        }

        using var one = File.OpenRead(first);
        using var other = File.OpenRead(second);
        return SHA256.HashData(one).AsSpan().SequenceEqual(SHA256.HashData(other));
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd(' ', '.', '\r');

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one worth telling; a leftover temporary name is never read.
            System.Diagnostics.Debug.WriteLine(error.Message);
        }
    }
}
