using System.Runtime.InteropServices;
using System.Text;

namespace Rote.Cli;

/// <summary>How glibc hands memory to libtorch, where the command was not started by the repository's launcher: as a tool or from an
/// archive. build/environment.sh says what each setting is for.</summary>
/// <remarks>
/// glibc reads these settings when a process starts, before any of its code runs. So the program sets them and takes its own place
/// (execve): the process number, standard streams, folder and terminal stay, and with them signals and the exit code. That costs one more
/// start of .NET, so only commands that compute do it.
/// </remarks>
internal static partial class MemorySettings
{
    /// <summary>What glibc reads.</summary>
    public const string Variable = "GLIBC_TUNABLES";

    /// <summary>The settings, as build/environment.sh has them; a test holds the two equal.</summary>
    public const string Value =
        "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:"
        + "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0";

    /// <summary>Holds the number of the process that has replaced itself: it does so only once, even if the settings do not
    /// arrive.</summary>
    public const string Guard = "ROTE_RESTARTED";

    /// <summary>The user's own settings, which stay.</summary>
    private static readonly string[] OfTheUser = [Variable, "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];

    private static readonly string[] Computing =
    [
        "quickstart",
        "audit",
        "train",
        "evaluate",
        "frontier",
        "reproduce",
        "theory",
        "embed",
        Commands.WorkerCommand.Name,
    ];

    private static readonly string[] OfHelp = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>Restarts the program with the settings if it computes and was started without them. Returns if there is nothing to do or
    /// if the system refuses: the program then computes a few percent slower.</summary>
    /// <param name="arguments">The command line.</param>
    public static void Use(IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsLinux() && AreWanted(arguments, Environment.GetEnvironmentVariable, Environment.ProcessId))
        {
            TakeOwnPlace();
        }
    }

    /// <summary>Whether the program should restart.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="process">This process.</param>
    internal static bool AreWanted(IReadOnlyList<string> arguments, Func<string, string?> variable, int process) =>
        arguments is not ["help", ..]
        && arguments.Any(Computing.Contains)
        && !arguments.Any(OfHelp.Contains)
        && OfTheUser.All(name => string.IsNullOrEmpty(variable(name)))
        && variable(Guard) != $"{process}";

    private static void TakeOwnPlace()
    {
        try
        {
            // As bytes: text that is not UTF-8 must arrive unchanged. The list ends with a null pointer.
            var words = Words(File.ReadAllBytes("/proc/self/cmdline"));
            if (
                words.Count > 0
                && Environment.ProcessPath is { } program
                && SetVariable(Guard, $"{Environment.ProcessId}", 1) == 0
                && SetVariable(Variable, Value, 1) == 0
            )
            {
                Execute(program, words);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            // No /proc, as in some sandboxes: the settings are worth a few percent and no more.
            System.Diagnostics.Debug.WriteLine(error.Message);
        }
    }

    /// <summary>The words of a command line as Linux tells it: each ends with a zero.</summary>
    private static List<byte[]> Words(byte[] line)
    {
        var words = new List<byte[]>();
        for (var start = 0; start < line.Length; )
        {
            var end = Array.IndexOf(line, (byte)0, start);
            end = end < 0 ? line.Length : end;
            words.Add([.. line[start..end], 0]);
            start = end + 1;
        }

        return words;
    }

    /// <summary>Does not return unless the system refuses.</summary>
    private static unsafe void Execute(string program, List<byte[]> words)
    {
        var pins = words.ConvertAll(word => GCHandle.Alloc(word, GCHandleType.Pinned));
        var list = new nint[words.Count + 1];
        for (var i = 0; i < words.Count; i++)
        {
            list[i] = pins[i].AddrOfPinnedObject();
        }

        fixed (byte* path = Encoding.UTF8.GetBytes(program + "\0"))
        fixed (nint* first = list)
        {
            _ = Execute((nint)path, (nint)first);
        }

        pins.ForEach(pin => pin.Free());
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);

    // execv keeps the process's own environment, byte by byte, with the two variables.
    [LibraryImport("libc", EntryPoint = "execv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(nint path, nint arguments);
}
