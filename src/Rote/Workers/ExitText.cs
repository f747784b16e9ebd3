namespace Rote.Workers;

/// <summary>How a process ended, in words.</summary>
internal static class ExitText
{
    private const int FirstSignal = 128;

    /// <summary>The words for an exit code.</summary>
    /// <param name="code">As .NET gives it: 128 + n where signal n ended the process.</param>
    /// <returns>As "was ended by signal 9 (SIGKILL, which the system sends when memory runs out)" or "ended with exit code 3".</returns>
    public static string Of(int code) =>
        code > FirstSignal && Signal(code - FirstSignal) is { } name
            ? $"was ended by signal {code - FirstSignal} ({name})"
            : $"ended with exit code {code}";

    /// <summary>Whether a process was ended by a signal that asks a program to end: SIGHUP, SIGINT or SIGTERM.</summary>
    /// <param name="code">As for <see cref="Of"/>.</param>
    public static bool IsTold(int code) => code is FirstSignal + 1 or FirstSignal + 2 or FirstSignal + 15;

    // Numbers that Linux and macOS share, from signal(7); what they mean for a worker.
    private static string? Signal(int number) =>
        number switch
        {
            1 => "SIGHUP",
            2 => "SIGINT",
            3 => "SIGQUIT",
            4 => "SIGILL, an instruction that the processor lacks",
            6 => "SIGABRT, a library gave up",
            8 => "SIGFPE",
            9 => "SIGKILL, which the system sends when memory runs out",
            11 => "SIGSEGV, a fault in a library",
            13 => "SIGPIPE",
            15 => "SIGTERM",
            _ => null,
        };
}
