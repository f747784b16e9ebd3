using System.CommandLine;
using Rote.Tensors;

namespace Rote.Cli;

/// <summary>What an error means to the user: one sentence and an exit code.</summary>
internal static class ErrorSentence
{
    private static readonly Sentence NoMemory = $"There is not enough memory; use fewer examples ({Setting.Examples}).";

    /// <summary>The sentence of an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="command">Where it is shown: settings are called by its options; null: in words.</param>
    public static (string Sentence, int Code) Of(Exception error, Command? command)
    {
        return error switch
        {
            MachineException machine => (machine.Format(Name), ExitCode.MachineLacks),
            BusyException busy => (busy.Format(Name), ExitCode.Busy),
            RoteException input => (input.Format(Name), ExitCode.WrongInput),
            OperationCanceledException => ("Interrupted.", ExitCode.Interrupted),
            IOException or UnauthorizedAccessException => (
                $"A file or folder cannot be used: {error.Message.Split('\n')[0]}",
                ExitCode.MachineLacks
            ),
            _ when CudaSupport.IsOutOfMemory(error) => (CudaSupport.OutOfMemory(error).Format(Name), ExitCode.MachineLacks),
            OutOfMemoryException => (NoMemory.Format(Name), ExitCode.MachineLacks),
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

        string Name(Setting setting) => SettingNames.Of(setting, command);
    }
}
