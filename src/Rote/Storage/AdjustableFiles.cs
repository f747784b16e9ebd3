using System.Text.Json;
using Rote.Memorization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Storage;

/// <summary>The files of a run whose degree of memorization is set after training: both networks in one file, and the table of
/// degrees. docs/reference/formats.md.</summary>
internal static class AdjustableFiles
{
    public const string Weights = "adjustable.safetensors";
    public const string Table = "adjustable.json";

    private const string LowPrefix = "low.";
    private const string HighPrefix = "high.";
    private const string ExperimentKey = "experiment";
    private const string DigestKey = "sha256";
    private const string DegreesKey = "degrees";

    /// <summary>Writes them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="identity">The run's experiment.</param>
    /// <param name="adjusted">The network that memorizes little, and the degrees.</param>
    /// <param name="high">The network that memorizes all.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(string folder, string identity, AdjustedNetworks adjusted, Module<Tensor, Tensor> high)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            [ExperimentKey] = identity,
            [DegreesKey] = Openings(adjusted.Degrees),
        };
        var digest = "";
        AtomicFile.Write(
            Path.Combine(folder, Weights),
            stream => digest = Safetensors.Write(stream, [.. Named(LowPrefix, adjusted.Low), .. Named(HighPrefix, high)], metadata)
        );
        AtomicFile.WriteText(
            Path.Combine(folder, Table),
            JsonSerializer.Serialize(adjusted.Degrees with { WeightsSha256 = digest }, RoteJson.Options) + "\n"
        );

        static IEnumerable<(string, Tensor)> Named(string prefix, Module network) =>
            network.state_dict().Select(tensor => (prefix + tensor.Key, tensor.Value));
    }

    /// <summary>Reads the table of a run.</summary>
    /// <param name="run">A finished run.</param>
    /// <returns>Null where the run was not asked for every degree.</returns>
    /// <exception cref="InputException">The table is missing or damaged.</exception>
    public static DegreeTable? Find(FinishedRun run)
    {
        if (run.Experiment.Control is not AdjustableMemorization)
        {
            return null;
        }

        var path = Path.Combine(run.Folder, Table);
        var table = RunFiles.Read<DegreeTable>(path);
        return table.Fault is { } fault ? throw new InputException($"{path} is damaged ({fault}); remove the run and train again.") : table;
    }

    /// <summary>Gives a network the weights of the one that memorizes little.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="table">Its table.</param>
    /// <param name="network">Of the same build.</param>
    /// <exception cref="InputException">The file is missing, damaged, or another run's.</exception>
    public static void PutLowInto(FinishedRun run, DegreeTable table, Module network)
    {
        var path = Path.Combine(run.Folder, Weights);
        using var noGrad = no_grad();
        using var weights = Safetensors.Read(path);
        if (
            weights.Metadata.GetValueOrDefault(ExperimentKey) != run.Summary.Experiment
            || weights.Metadata.GetValueOrDefault(DigestKey) != table.WeightsSha256
            || weights.Metadata.GetValueOrDefault(DegreesKey) != Openings(table)
        )
        {
            throw new InputException($"{path} belongs to another run than {Table} beside it; remove the run and train again.");
        }

        foreach (var (name, value) in network.state_dict())
        {
            if (
                !weights.Tensors.TryGetValue(LowPrefix + name, out var saved)
                || saved.dtype != value.dtype
                || !saved.shape.SequenceEqual(value.shape)
            )
            {
                throw new InputException(
                    $"{path} lacks '{LowPrefix}{name}' as the {run.Experiment.Network.Title} has it; remove the run and train again."
                );
            }

            value.copy_(saved);
        }
    }

    private static string Openings(DegreeTable table) =>
        string.Join(' ', table.Degrees.Select(row => Invariant($"{row.Degree}:{row.Opening:R}")));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
