using Rote.Workers;

namespace Rote.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int WrongInput = 2;
    public const int MachineLacks = 3;

    /// <summary>Another process works on it: try again later. The EX_TEMPFAIL of sysexits.h.</summary>
    public const int Busy = 75;
    public const int Interrupted = 130;

    /// <summary>The exit code of a failed run.</summary>
    public static int Of(FailureKind kind) =>
        kind switch
        {
            FailureKind.Machine => MachineLacks,
            FailureKind.Busy => Busy,
            _ => WrongInput,
        };
}
