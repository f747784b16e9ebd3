using System.Diagnostics;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Cli;

public sealed class WorkerCommandTests
{
    [Fact]
    public void It_starts_this_program_again()
    {
        var start = WorkerStart.Create();
        Assert.Equal(Environment.ProcessPath, start.FileName);
        Assert.Equal(WorkerCommand.Name, start.ArgumentList[^1]);
    }

    [Fact]
    public void Nothing_but_events_is_on_its_standard_output_and_it_ends_with_its_input()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["worker"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var worker = Process.Start(start)!;
        Assert.StartsWith("{\"event\":\"ready\",", worker.StandardOutput.ReadLine(), StringComparison.Ordinal);
        worker.StandardInput.WriteLine("garbage");
        Assert.StartsWith("{\"event\":\"failed\",", worker.StandardOutput.ReadLine(), StringComparison.Ordinal);
        worker.StandardInput.Close();
        Assert.Equal("", worker.StandardOutput.ReadToEnd());
        worker.WaitForExit();
        Assert.Equal(ExitCode.Done, worker.ExitCode);
    }

    [Fact]
    public void A_set_for_GPUs_is_refused_by_a_machine_without_and_one_for_processors_with_a_device()
    {
        using var folder = new TempFolder();
        var store = new RunStore(folder.File("runs"), TimeProvider.System);
        var request = new RunRequest(
            new Experiment
            {
                Data = new DataSpec { Name = "shapes" },
                Network = new Mlp { Hidden = [4] },
                Recipe = new Recipe(),
                Threads = 1,
            }
        );
        var gpu = request.On(ComputeDevice.Cuda());
        var (sets, missing) = (new[] { request, gpu }, CudaSupport.Look().Count == 0);
        Assert.All(sets, one => RunSetFolder.Of(store, [one]).Write([one], tensorBoard: false));
        if (missing)
        {
            var (code, _, error) = Command.Run("worker", "--set", RunSetFolder.Of(store, [gpu]).Path);
            Assert.Equal(ExitCode.MachineLacks, code);
            Assert.Contains("The runs of this set are for a GPU, and", error, StringComparison.Ordinal);
        }

        var (refused, _, sentence) = Command.Run("worker", "--set", RunSetFolder.Of(store, [request]).Path, "--device", "cuda");
        Assert.Equal(ExitCode.WrongInput, refused);
        Assert.Contains("are for the processor: leave it out", sentence, StringComparison.Ordinal);
    }
}
