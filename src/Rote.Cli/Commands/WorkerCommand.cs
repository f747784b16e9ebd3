using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Rote.Cli.Clusters;
using Rote.Storage;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote worker</c>: makes runs of a set that machines share; without <c>--set</c>, for another rote process, which talks to
/// it in
/// lines of JSON (docs/guide/workers.md).</summary>
internal static class WorkerCommand
{
    public const string Name = "worker";

    private static readonly Option<string?> Set = new("--set")
    {
        Description =
            "A set's folder, RUNS/.sets/…: its unfinished runs are made, until none is left; others may do so at the same time. With "
            + "--cancel also the job's folder of an audit",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Runs at the same time [default: as many as the cores allow]",
        HelpName = "N",
    };

    private static readonly Option<string?> Device = new("--device")
    {
        Description = "Which GPU makes the runs of a set that was made for GPUs: cuda, the first, or cuda:N [default: cuda]",
        HelpName = "DEVICE",
    };

    private static readonly Option<bool> Cancel = new("--cancel")
    {
        Description = "Stop all workers of the set, wherever they are, and cancel its job",
    };

    private static readonly Option<string?> Probe = new("--probe")
    {
        Description = "What must stand in the set's folder, so that a folder of the same name elsewhere is not taken for it",
        Hidden = true,
    };

    public static Command Create()
    {
        var command = new Command(Name, "Make runs of a set that machines share") { Set, Workers, Device, Cancel, Probe };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        if (parse.GetValue(Set) is not { } path)
        {
            return parse.GetValue(Cancel) || parse.GetValue(Workers) is not null || parse.GetValue(Device) is not null
                ? throw new InputException("--cancel, --workers and --device are about a set: say which with --set.")
                : Run();
        }

        var screen = new Screen(parse);
        if (AuditRunner.Find(path) is { } job)
        {
            return parse.GetValue(Cancel)
                ? WorkerSet.Cancel(screen, job)
                : throw new InputException(
                    $"{job.Path} is an audit's, whose networks are trained by 'rote audit' with the audit's data; here it can be given "
                        + "with --cancel."
                );
        }

        var folder = RunSetFolder.Open(path, parse.GetValue(Probe));
        return parse.GetValue(Cancel)
            ? WorkerSet.Cancel(screen, folder.Job)
            : WorkerSet.Run(screen, folder, parse.GetValue(Workers), parse.GetValue(Device));
    }

    private static int Run()
    {
        if (!Console.IsInputRedirected)
        {
            throw new InputException(
                "'rote worker' without --set is started by other rote commands, which send it jobs; in a terminal there is nothing for it "
                    + "to do."
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
                    shelf.Register(job.Experiment.Data, own);
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
