using System.Diagnostics;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Support;

/// <summary>Workers that are shell scripts: they speak the protocol, and can break it. Finished runs are there to be copied.</summary>
internal sealed class FakeWorkers : IDisposable
{
    /// <summary>Script: every run is finished at once.</summary>
    public const string Good = """
        while read -r job; do finish; done
        """;

    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(40, 20);

    public FakeWorkers() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Fake workers are shell scripts.");

    public string Runs => _folder.File("runs");

    /// <summary>Workers started so far.</summary>
    public int Started { get; private set; }

    /// <summary>Everything that was told, in order.</summary>
    public List<RunSetProgress> Reports { get; } = [];

    public string File(string name) => _folder.File(name);

    public static RunRequest Request(int seed, int threads = 1) =>
        new(
            new Experiment
            {
                Data = new DataSpec { Name = "shapes" },
                Network = new Mlp { Hidden = [4] },
                Recipe = new Recipe { Epochs = 2, Precision = Precision.Float32 },
                Seed = seed,
                Threads = threads,
            }
        );

    /// <summary>The finished run of a request, with other data than its name says: nobody looks.</summary>
    public FinishedRun Make(RunRequest request, string store) =>
        Flow.Run(request.Experiment, new RunStore(_folder.File(store), TimeProvider.System), _ => _data);

    /// <summary>Runs of seeds 1 to 3 with workers that follow a script.</summary>
    public IReadOnlyList<RunOutcome> Run(
        string script,
        int workers = 1,
        Action<RunSetProgress>? told = null,
        CancellationToken cancel = default
    ) => Run([Request(1), Request(2), Request(3)], script, workers, told, cancel);

    public IReadOnlyList<RunOutcome> Run(
        IReadOnlyList<RunRequest> requests,
        string script,
        int workers = 1,
        Action<RunSetProgress>? told = null,
        CancellationToken cancel = default
    )
    {
        foreach (var request in requests)
        {
            Make(request, Path.Combine("made", $"{request.Experiment.Seed}"));
        }

        return RunAll(requests, script, workers, told, cancel);
    }

    /// <summary>The same where no run can be copied, because none can be made here.</summary>
    public IReadOnlyList<RunOutcome> RunAll(
        IReadOnlyList<RunRequest> requests,
        string script,
        int workers = 1,
        Action<RunSetProgress>? told = null,
        CancellationToken cancel = default
    )
    {
        var set = new RunSet(new RunStore(Runs, TimeProvider.System), () => Start(script))
        {
            Workers = workers,
            Cores = 2,
            Data = new DataFolder(_folder.File("data")),
            Patience = TimeSpan.FromSeconds(1),
        };
        return set.Run(requests, new Listener(p => Add(p, told)), cancel);
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private ProcessStartInfo Start(string script)
    {
        var path = _folder.File($"worker-{++Started}.sh"); // its own, because a shell reads its script as it goes
        System.IO.File.WriteAllText(
            path,
            $$"""
            say() { printf '%s\n' "$1"; }
            # One copies at a time, and nothing is copied twice: the parent may be reading what the other worker has finished.
            finish() {
                until mkdir copying 2>/dev/null; do sleep 0.01; done
                seed=${job##*'"seed":'}; mkdir -p runs; cp -rn "made/${seed%%,*}/." runs/; rmdir copying; say '{"event":"finished"}'
            }
            echo $$ >>pids
            [ -e unready ] || say '{"event":"ready","build":"{{WorkerProtocol.Build}}"}'
            {{script}}
            """.ReplaceLineEndings("\n")
        );
        return new ProcessStartInfo("/bin/sh", [path]) { WorkingDirectory = _folder.Path };
    }

    private void Add(RunSetProgress progress, Action<RunSetProgress>? told)
    {
        Assert.Equal(progress.Total, progress.Done + progress.Failed + progress.Waiting + progress.Running.Count);
        Reports.Add(progress);
        told?.Invoke(progress);
    }

    private sealed class Listener(Action<RunSetProgress> hear) : IProgress<RunSetProgress>
    {
        public void Report(RunSetProgress value) => hear(value);
    }
}
