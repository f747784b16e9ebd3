using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;

namespace Rote.Workers;

/// <summary>A set of runs as a folder that machines share: <c>RUNS/.sets/…</c>, named by the identities of its experiments.</summary>
/// <remarks>
/// What is to be done lies in <c>set.json</c>, what was done in the runs' own folders, who is at it in the store's claims, what failed in
/// <c>failed/</c>. So whoever can see the folder can work, and no process is in charge. docs/guide/cluster.md describes it.
/// </remarks>
public sealed class RunSetFolder
{
    /// <summary>The folder of a store that holds sets.</summary>
    internal const string Sets = ".sets";

    private const string SetFile = "set.json";
    private const long LongestSet = 500_000_000;

    private RunSetFolder(string path) => Path = path;

    /// <summary>The folder, an absolute path.</summary>
    public string Path { get; }

    /// <summary>The folder of runs that it belongs to.</summary>
    public string Store => System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path))!;

    /// <summary>The same folder as that of a job whose workers make the set.</summary>
    public JobFolder Job => new(Path);

    internal FailureBook Failures => new(System.IO.Path.Combine(Path, "failed"));

    /// <summary>The folder of a set, whether it is there or not.</summary>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="requests">The runs, in any order; equal ones count once.</param>
    public static RunSetFolder Of(RunStore store, IEnumerable<RunRequest> requests)
    {
        var identities = requests.Select(request => request.Experiment.Identity).Distinct().Order(StringComparer.Ordinal);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', identities))))[..16];
        return new RunSetFolder(System.IO.Path.Combine(store.Root, Sets, name));
    }

    /// <summary>Opens a set that is there.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="probe">What the submitter has written there, if a job says so: another machine may have a different folder of the same
    /// name.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="InputException">It is no set's folder.</exception>
    /// <exception cref="MachineException">It is not the folder that the submitter sees.</exception>
    public static RunSetFolder Open(string path, string? probe = null)
    {
        var folder = new RunSetFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        if (probe is not null && !folder.Job.Holds(probe))
        {
            throw new MachineException(
                $"{folder.Path} is not on {Environment.MachineName} what it is where the set was submitted; the folder of runs must lie on "
                    + $"a file system that all nodes share; submit the runs again into a folder that they share."
            );
        }

        return File.Exists(folder.At(SetFile)) && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(folder.Path)) == Sets
            ? folder
            : throw new InputException($"{folder.Path} is no set of runs: expected a folder below RUNS/{Sets} with its {SetFile}.");
    }

    /// <summary>Writes the runs to be made, and what other machines must find.</summary>
    /// <param name="requests">The runs.</param>
    /// <param name="tensorBoard">Whether runs keep event files.</param>
    /// <returns>What workers must find in the folder.</returns>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public string Write(IReadOnlyList<RunRequest> requests, bool tensorBoard)
    {
        var plan = new RunSetPlan
        {
            Build = WorkerProtocol.Build,
            Made = TimeProvider.System.GetUtcNow(),
            Host = Environment.MachineName,
            BFloat16 = PrecisionSupport.NativeInstructions(PrecisionSupport.ReadCpuInfo()),
            TensorBoard = tensorBoard,
            Runs =
            [
                .. requests
                    .DistinctBy(request => request.Experiment.Identity)
                    .Select(request => new RunSetItem(request.Experiment, request.Own?.Absolute(), request.Title)),
            ],
        };
        AtomicFile.WriteText(At(SetFile), JsonSerializer.Serialize(plan, RoteJson.Options) + "\n");
        var probe = Job.Open();
        Failures.Forget();
        return probe;
    }

    /// <summary>Reads the runs to be made.</summary>
    /// <exception cref="InputException">The file is damaged, or of another version of Rote.</exception>
    public RunSetPlan Read()
    {
        try
        {
            var file = new FileInfo(At(SetFile));
            var plan =
                file.Length > LongestSet
                    ? throw new JsonException($"it has {file.Length:N0} bytes")
                    : JsonSerializer.Deserialize<RunSetPlan>(File.ReadAllBytes(file.FullName), RoteJson.Options)
                        ?? throw new JsonException("it is null");
            if (plan.Runs.Any(run => run is null))
            {
                throw new JsonException("a run is null");
            }

            plan.Requests(); // refuses a plan that contradicts itself
            return plan.Schema == RunSetPlan.CurrentSchema
                ? plan
                : throw new JsonException($"it has schema {plan.Schema}, this Rote knows {RunSetPlan.CurrentSchema}");
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or NotSupportedException
                        or InputException
                        or ArgumentException
            )
        {
            throw new InputException(
                $"{At(SetFile)} cannot be read ({error.Message.Split('\n')[0].TrimEnd('.')}); give the command that made the set again.",
                error
            );
        }
    }

    /// <summary>The final failure of a run of a set.</summary>
    /// <param name="set">The set's folder.</param>
    /// <param name="identity">The identity of its experiment, 64 hexadecimal digits.</param>
    /// <returns>Null where it has not failed, or may be tried again.</returns>
    public static RunFailure? FailureOf(string set, string identity) => new RunSetFolder(set).Failures.Final(identity);

    private string At(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>The plan of a set: <c>set.json</c>.</summary>
public sealed record RunSetPlan
{
    /// <summary>The newest layout of this record that this code knows.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout of this record.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The build of the library that made it; workers of another one would not give the same bits.</summary>
    public required string Build { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>On which machine.</summary>
    public required string Host { get; init; }

    /// <summary>The bfloat16 instructions of that machine, which decided what precision <c>auto</c> is; null: it has none.</summary>
    public string? BFloat16 { get; init; }

    /// <summary>Whether runs keep event files for TensorBoard.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The runs, each once.</summary>
    public required IReadOnlyList<RunSetItem> Runs { get; init; }

    /// <summary>The runs as they are asked for.</summary>
    public IReadOnlyList<RunRequest> Requests() =>
        [.. Runs.Select(item => new RunRequest(item.Experiment, item.Own) { Title = item.Title })];

    /// <summary>Throws if the set was made by another build.</summary>
    /// <exception cref="MachineException">It is one.</exception>
    public void RequireSameBuild()
    {
        if (Build != WorkerProtocol.Build)
        {
            throw new MachineException(
                "The program has changed since this set was made, and its workers would not give the same bits; give the command that made "
                    + "the set again, which goes on from the last checkpoints."
            );
        }
    }
}

/// <summary>One run of a set.</summary>
/// <param name="Experiment">What to do.</param>
/// <param name="Own">Where its data lies; null for a catalog set without an encoder.</param>
/// <param name="Title">What a display calls it.</param>
public sealed record RunSetItem(Experiment Experiment, UserDataSource? Own, string Title);
