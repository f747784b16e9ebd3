namespace Rote.Cli;

/// <summary>What an error means to the user: one sentence and an exit code.</summary>
internal static class ErrorSentence
{
    public static (string Sentence, int Code) Of(Exception error) =>
        error switch
        {
            InputException or TrainingException => (error.Message, ExitCode.WrongInput),
            MachineException => (error.Message, ExitCode.MachineLacks),
            OperationCanceledException => ("Interrupted.", ExitCode.Interrupted),
            IOException or UnauthorizedAccessException => (
                $"A file or folder cannot be used: {error.Message.Split('\n')[0]}",
                ExitCode.MachineLacks
            ),
            OutOfMemoryException => ("There is not enough memory; use fewer examples (--examples).", ExitCode.MachineLacks),
            TypeInitializationException or DllNotFoundException or BadImageFormatException => (
                "Libtorch cannot be loaded on this machine; 'rote doctor' tells why.",
                ExitCode.MachineLacks
            ),
            _ => (
                $"Rote failed where it should not have ({error.GetType().Name}: {error.Message.Split('\n')[0]}); please report it with "
                    + $"the output of --verbose.",
                ExitCode.MachineLacks
            ),
        };
}
