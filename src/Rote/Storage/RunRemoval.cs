using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rote.Storage;

/// <summary>Removes runs of a store, and nothing else.</summary>
internal static partial class RunRemoval
{
    /// <summary>A name that lists do not show.</summary>
    private const string Hidden = ".removed-";

    /// <summary>Whether a folder is named as runs are: 12 digits of the identity and a dash.</summary>
    public static bool IsRunsName(string name) => Form().IsMatch(name);

    /// <summary>Whether a folder is named as runs are, and says of which experiment it is.</summary>
    public static bool IsSurelyRun(StoredRun run) => IsRunsName(run.Name) && File.Exists(Path.Combine(run.Folder, RunFiles.Experiment));

    /// <exception cref="InputException">It is not surely a run of this store.</exception>
    /// <exception cref="BusyException">A process works on it.</exception>
    public static void Require(StoredRun run, string root)
    {
        var shown = RunSearch.Show(run.Folder);
        if (Path.GetDirectoryName(run.Folder) != root)
        {
            throw new InputException(
                $"{shown} does not lie in {root}, and only runs there are removed; name the store with {Setting.Runs}, or remove the "
                    + $"folder by hand."
            );
        }

        if (!IsSurelyRun(run))
        {
            throw new InputException(
                $"{shown} is not surely a run: its name is to begin with 12 digits and a dash, and {RunFiles.Experiment} to lie in it; "
                    + $"remove it by hand."
            );
        }

        if (new DirectoryInfo(run.Folder).LinkTarget is not null)
        {
            throw new InputException($"{shown} is a link to a folder elsewhere, which is not removed; remove the link by hand.");
        }

        if (RunLock.IsHeld(run.Folder) || RunClaim.IsHeld(run.Folder))
        {
            throw new BusyException($"A process works on {shown}, which is therefore not removed; stop it first.");
        }
    }

    /// <summary>Takes the lock, so that nobody starts to work on it; hides the folder by one rename; then deletes it.</summary>
    /// <exception cref="InputException">It is not surely a run of this store.</exception>
    /// <exception cref="BusyException">A process works on it.</exception>
    /// <exception cref="MachineException">The folder cannot be changed.</exception>
    public static void Remove(StoredRun run, string root)
    {
        Require(run, root);
        try
        {
            using (RunLock.Take(run.Folder))
            {
                Hide(run.Folder);
            }

            foreach (var left in Directory.EnumerateDirectories(root, $"{Hidden}*").ToArray())
            {
                Delete(left);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"Cannot remove {RunSearch.Show(run.Folder)}: {error.Message.Split('\n')[0].TrimEnd('.')}. Check the permissions.",
                error
            );
        }
    }

    /// <summary>Removes the folder of a run whose claim and lock this process holds; where that cannot be done, it stays.</summary>
    public static void Discard(string folder)
    {
        try
        {
            Delete(Hide(folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(error.Message); // the sentence why it was refused matters more
        }
    }

    /// <summary>Renames a folder to what lists do not show.</summary>
    /// <returns>Its new path.</returns>
    private static string Hide(string folder)
    {
        var hidden = Path.Combine(Path.GetDirectoryName(folder)!, $"{Hidden}{Path.GetFileName(folder)}");
        Delete(hidden);
        Directory.Move(folder, hidden);
        return hidden;
    }

    /// <summary>Removes links in a folder without following them, as .NET does.</summary>
    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            return; // another removal swept it away meanwhile: it is gone, as wanted
        }
    }

    [GeneratedRegex("^[0-9a-f]{12}-", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
