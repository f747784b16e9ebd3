namespace Rote.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int WrongInput = 2;
    public const int MachineLacks = 3;
    public const int Interrupted = 130;
}
