namespace Rote.Cli.Gate;

/// <summary>A file that an option names and that is written at the end; failures are reported before the work starts.</summary>
internal static class OutputFile
{
    /// <summary>The file's full path.</summary>
    /// <param name="option">The option.</param>
    /// <param name="path">Its value; null where it was not given.</param>
    /// <exception cref="InputException">It is empty or no file's name, or a folder is there.</exception>
    /// <exception cref="MachineException">Its folder cannot be made or written.</exception>
    public static string? Of(string option, string? path)
    {
        switch (path)
        {
            case null:
                return null;
            case "":
                throw new InputException($"{option} is empty, expected a file.");
            case var _ when path.Contains('\0', StringComparison.Ordinal):
                throw new InputException($"{option} holds a character that no file's name has.");
            case var _ when Directory.Exists(path) || path[^1] == Path.DirectorySeparatorChar:
                throw new InputException($"{option} is {path}, which is a folder; expected a file.");
            default:
                var file = Path.GetFullPath(path);
                RequireWritable(option, file);
                return file;
        }
    }

    /// <summary>Creates the folder, and a file in it that is removed at once.</summary>
    private static void RequireWritable(string option, string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var probe = $"{file}.{Environment.ProcessId}.probe";
            using var stream = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"{option} is {file}, which cannot be written: {error.Message.Split('\n')[0].TrimEnd('.', '\r')}; choose another file.",
                error
            );
        }
    }
}
