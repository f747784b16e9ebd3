using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Rote.Storage;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote worker</c>, hidden: makes runs for another rote process, which talks to it in lines of JSON
/// (docs/workers.md).</summary>
internal static class WorkerCommand
{
    public const string Name = "worker";

    public static Command Create()
    {
        var command = new Command(Name, "Make runs for another rote process, as it asks for them in lines of JSON") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        if (!Console.IsInputRedirected)
        {
            throw new InputException(
                "'rote worker' is started by other rote commands, which send it jobs; in a terminal there is nothing for it to do."
            );
        }

        // A terminal's Ctrl-C reaches the whole group of processes; this one stops when its parent says so.
        using var deaf = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var events = new StreamWriter(Console.OpenStandardOutput(), utf8);
        Console.SetOut(Console.Error); // nothing but events may come out
        var jobs = new StreamReader(Console.OpenStandardInput(), utf8); // not disposed of: a thread waits in it until the process ends
        using var service = new WorkerService(events, Process.GetCurrentProcess().Kill);
        try
        {
            TorchLibrary.Load();
        }
        catch (MachineException error)
        {
            service.Refuse(RunFailure.Of(error));
            return ExitCode.MachineLacks;
        }

        using var shelf = new DatasetCache(new Screen(json: true, quiet: true, TextWriter.Null, Console.Error), service.Stopping);
        service.Serve(
            jobs,
            (job, progress, cancel) =>
            {
                if (job.Own is { } own)
                {
                    shelf.Know(job.Experiment.Data, own);
                }

                Flow.Run(
                    job.Experiment,
                    new RunStore(job.Runs, TimeProvider.System) { TensorBoard = job.TensorBoard },
                    shelf.Load,
                    progress,
                    cancel
                );
            },
            error => Failure(error)
        );
        return ExitCode.Done;
    }

    private static RunFailure Failure(Exception error)
    {
        var (sentence, code) = ErrorSentence.Of(error, null);
        Console.Error.WriteLine(error);
        return new RunFailure(code == ExitCode.WrongInput ? FailureKind.Input : FailureKind.Machine, sentence);
    }
}
