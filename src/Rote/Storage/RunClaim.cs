using System.Diagnostics;
using System.Text.Json;

namespace Rote.Storage;

/// <summary>
/// The word of a process that it makes a run, kept where all machines that share the store see it: a folder <c>.claims/RUN</c> with one
/// file of a random name, whose content says who and whose time says when it was last alive.
/// </summary>
/// <remarks>
/// Locks of files are worth less than they seem: some shared file systems keep them to one machine, and some have none. Making and
/// renaming a folder
/// is atomic on all. A claim appears whole, by the rename of a folder that holds its file; that fails where one is there. It is taken
/// over by renaming the file away, which of several that try one can do; then all may claim again. A claim is dead when its process is
/// known to be, or when its file is older than five minutes by the time of the file system itself: two clocks are never compared.
/// </remarks>
internal sealed class RunClaim : IDisposable
{
    /// <summary>The folder of a store that holds claims.</summary>
    public const string Folder = ".claims";

    /// <summary>How often a claim's file is written anew.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>After so long without, its process is taken for dead. Clients of NFS may see times that are a minute old.</summary>
    internal static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    private const int Tries = 10;
    private const string Ending = ".json";

    /// <summary>So long the file system's time is carried on by this machine's stopwatch, before a file is written to ask again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private static volatile Clock? _clock;

    private readonly string _place;
    private readonly string _file;
    private readonly byte[] _content;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private RunClaim(string place, string file, byte[] content)
    {
        (_place, _file, _content) = (place, file, content);
        _timer = new Timer(_ => Live(), null, Beat, Beat);
    }

    /// <summary>Whether another process has taken it over, as happens to one that was stopped for minutes.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Claims a run.</summary>
    /// <param name="run">The run's folder, there or not.</param>
    /// <returns>The claim, held until it is disposed of.</returns>
    /// <exception cref="BusyException">Another process holds it, or is just taking it.</exception>
    /// <exception cref="MachineException">The store cannot be written.</exception>
    public static RunClaim Take(string run)
    {
        try
        {
            // A file in the store's place would look as if another process were always just taking the claim.
            Directory.CreateDirectory(Path.GetDirectoryName(run)!);
            var (place, name) = (PlaceOf(run), ProcessSpace.Token() + Ending);
            var content = JsonSerializer.SerializeToUtf8Bytes(ClaimOwner.Now(), RoteJson.Options);
            for (var i = 0; i < Tries; i++)
            {
                if (FileOf(place) is { } file)
                {
                    var owner = OwnerOf(file);
                    if (!IsDead(file, owner))
                    {
                        throw Busy(run, owner);
                    }

                    RenameAway(file);
                }

                if (TryPlace(place, name, content))
                {
                    return new RunClaim(place, Path.Combine(place, name), content);
                }
            }

            throw Busy(run, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"Cannot write to {Path.GetDirectoryName(run)}: {error.Message.Split('\n')[0].TrimEnd('.')}. Choose another folder with "
                    + $"{Setting.Runs}.",
                error
            );
        }
    }

    /// <summary>Whether a living process holds the claim of a run.</summary>
    /// <param name="run">The run's folder.</param>
    public static bool IsHeld(string run) => HolderOf(run) is not null;

    /// <summary>Who holds the claim of a run.</summary>
    /// <returns>Null where nobody does, or nobody who lives.</returns>
    public static ClaimOwner? HolderOf(string run)
    {
        try
        {
            return FileOf(PlaceOf(run)) is { } file && OwnerOf(file) is { } owner && !IsDead(file, owner) ? owner : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Who seems to hold the claim of a run, by this machine's clock and without writing anything: for people, nothing is taken
    /// over by it.</summary>
    /// <param name="run">The run's folder.</param>
    public static ClaimOwner? SeenOf(string run)
    {
        try
        {
            return
                FileOf(PlaceOf(run)) is { } file
                && OwnerOf(file) is { } owner
                && !owner.IsDead()
                && (TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file)).Duration() <= Stale
                ? owner
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes away what dead processes of this machine have claimed, so that others need not wait until it is old.</summary>
    /// <param name="store">The folder of runs.</param>
    public static void FreeDead(string store)
    {
        try
        {
            var claims = new DirectoryInfo(Path.Combine(store, Folder));
            foreach (var place in claims.Exists ? claims.GetDirectories() : [])
            {
                if (FileOf(place.FullName) is { } file && OwnerOf(file) is { } owner && owner.IsDead())
                {
                    RenameAway(file);
                    Remove(place.FullName);
                }
            }

            Remove(claims.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(error.Message); // five minutes later it is stale
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        try
        {
            File.Delete(_file);
            Remove(_place);
            Remove(Path.GetDirectoryName(_place)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(error.Message);
        }
    }

    /// <summary>Shows that this process lives. Where the claim is gone, it is placed again if nobody else has it.</summary>
    internal void Live()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                if (!TryWrite(_file, _content))
                {
                    // Whoever took it over is turned away by the file's lock, where there is one, and lets go of it at once.
                    for (var i = 0; i < Tries && !TryPlace(_place, Path.GetFileName(_file), _content); i++)
                    {
                        Thread.Sleep(TimeSpan.FromMilliseconds(200));
                    }

                    IsLost = !File.Exists(_file);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Debug.WriteLine(error.Message); // a full disk or a server that is away: the next beat may do
            }
        }
    }

    private static string PlaceOf(string run) => Path.Combine(Path.GetDirectoryName(run)!, Folder, Path.GetFileName(run));

    private static string? FileOf(string place)
    {
        try
        {
            // Asked first, because this is the usual answer and an exception costs more than all the rest.
            return Directory.Exists(place) ? Directory.EnumerateFiles(place, $"*{Ending}").FirstOrDefault() : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static BusyException Busy(string run, ClaimOwner? owner) =>
        new(
            $"Another process works on {run}{(owner is null ? "" : $" ({owner.Host}, process {owner.Process})")}; wait for it, or stop it."
        );

    /// <summary>Whether a claim's process is gone, or has given no sign of life for too long by the file system's own time.</summary>
    private static bool IsDead(string file, ClaimOwner? owner)
    {
        if (owner?.IsDead() == true)
        {
            return true;
        }

        var folder = Path.GetDirectoryName(Path.GetDirectoryName(file))!;
        return (TimeOf(folder) - File.GetLastWriteTimeUtc(file)).Duration() > Stale;
    }

    /// <summary>The time that a file system gives to what is written now.</summary>
    private static DateTime TimeOf(string folder)
    {
        if (_clock is { } known && known.Folder == folder && Stopwatch.GetElapsedTime(known.Read) is var since && since < Fresh)
        {
            return known.Time + since;
        }

        var probe = Path.Combine(folder, $".time-{ProcessSpace.Token()}");
        try
        {
            File.WriteAllBytes(probe, [0]);
            var time = File.GetLastWriteTimeUtc(probe);
            File.Delete(probe);
            _clock = new Clock(folder, time, Stopwatch.GetTimestamp());
            return time;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return TimeProvider.System.GetUtcNow().UtcDateTime; // a store that is only read: nothing is taken over there
        }
    }

    private static ClaimOwner? OwnerOf(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ClaimOwner>(File.ReadAllBytes(file), RoteJson.Options);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null; // gone meanwhile, or another version's: then its age counts
        }
    }

    /// <summary>Puts a claim's folder where none is.</summary>
    private static bool TryPlace(string place, string name, byte[] content)
    {
        var draft = Path.Combine(Path.GetDirectoryName(place)!, $".new-{name}");
        try
        {
            Directory.CreateDirectory(draft);
            File.WriteAllBytes(Path.Combine(draft, name), content);
            Remove(place); // an empty one is what a kill in the middle of letting go leaves
            return TryMove(draft, place, name);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            // Whoever let go of the last claim has just removed the folder of claims. CreateDirectory calls that a file that is missing.
            return false;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private static bool TryMove(string draft, string place, string name)
    {
        try
        {
            Directory.Move(draft, place);
            return true;
        }
        catch (IOException error) when (error is not DirectoryNotFoundException && (Directory.Exists(place) || Directory.Exists(draft)))
        {
            // Another claim stands there, or stood there until just now: then the draft is still whole. And an answer that was lost on the
            // way looks like a failure.
            return File.Exists(Path.Combine(place, name));
        }
    }

    /// <summary>Ends the claim whose file this is, and no later one: of several that try one can.</summary>
    private static void RenameAway(string file)
    {
        var away = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file))!, $".left-{ProcessSpace.Token()}");
        try
        {
            File.Move(file, away, overwrite: true); // rename(2); without overwrite it would be link and unlink, which two can do
            File.Delete(away);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            Debug.WriteLine(error.Message); // another process was faster
        }
    }

    /// <summary>Removes a claim's folder if it is empty.</summary>
    private static void Remove(string place)
    {
        try
        {
            if (Directory.Exists(place))
            {
                Directory.Delete(place);
            }
        }
        catch (IOException error)
        {
            Debug.WriteLine(error.Message); // not there, or claimed
        }
    }

    /// <summary>Writes the same bytes over the file, whose time is then that of the file system; never makes one.</summary>
    private static bool TryWrite(string file, byte[] content)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.Write(content);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private sealed record Clock(string Folder, DateTime Time, long Read);
}
