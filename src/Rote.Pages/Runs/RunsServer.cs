using Rote.Pages.Web;

namespace Rote.Pages.Runs;

/// <summary>The page that shows a folder of runs, sets, audits and frontiers: a web server on this machine's loopback address. It starts
/// and writes nothing.</summary>
public sealed class RunsServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly FolderIndex _index;
    private readonly LocalServer _server;

    private RunsServer(CancellationTokenSource stop, FolderIndex index, LocalServer server) =>
        (_stop, _index, _server) = (stop, index, server);

    /// <summary>The served folder, as a full path without links.</summary>
    public string Folder => _index.Root;

    /// <summary>The address of the page, without the token.</summary>
    public string Origin => _server.Origin;

    /// <summary>The index of the folder, for tests.</summary>
    internal FolderIndex Index => _index;

    /// <summary>Starts the server.</summary>
    /// <param name="folder">The folder. Nothing outside is ever shown, not even through a link inside.</param>
    /// <param name="port">The port on 127.0.0.1; 0 for a free one.</param>
    /// <exception cref="InputException">The folder does not exist.</exception>
    /// <exception cref="MachineException">The port is in use.</exception>
    public static async Task<RunsServer> Start(string folder, int port = 0)
    {
        var index = new FolderIndex(Root(folder));
        var stop = new CancellationTokenSource();
        try
        {
            index.Start();
            return new RunsServer(
                stop,
                index,
                await LocalServer.Start("serve", application => RunsEndpoints.Map(application, index, stop.Token), port)
            );
        }
        catch
        {
            index.Dispose();
            stop.Dispose();
            throw;
        }
    }

    /// <summary>Returns an address that opens the page once, in one browser; the previous address stops working.</summary>
    public string NewAddress() => _server.NewAddress();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        _index.Dispose();
        _stop.Dispose();
    }

    private static string Root(string folder)
    {
        if (folder.Length == 0 || folder.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException("The name of the folder is empty or holds a character that no folder's name has; give another one.");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(full))
        {
            throw new InputException(
                File.Exists(full)
                    ? $"{full} is a file, expected a folder of runs."
                    : $"There is no folder {full}; give one in which runs, audits or reports are kept."
            );
        }

        return Real(full);
    }

    /// <summary>Resolves links, also in the folders above: an opened file is recognized by this path.</summary>
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
        }

        return real;
    }
}
