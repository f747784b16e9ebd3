using Rote.Data;
using Rote.Evaluation;
using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Frontiers;
using static TorchSharp.torch;

namespace Rote.Benchmarks.Privacy;

/// <summary>What the networks of a membership attack say of every example, and who was trained on it, for a computation that shares
/// nothing else with Rote: bench/attack.py.</summary>
internal static class AttackLogits
{
    /// <param name="output">A safetensors file: <c>logits</c> [R, N, K], <c>labels</c> [N], <c>member</c> [R, N], <c>canary</c>
    /// [N].</param>
    /// <param name="folders">Runs on random halves of one set of examples.</param>
    /// <param name="degree">The degree that runs with two networks are set to; null: networks as they were trained.</param>
    public static void Write(string output, IReadOnlyList<string> folders, double? degree = null)
    {
        FinishedRun[] runs =
        [
            .. folders.Select(folder =>
            {
                var path = Path.GetFullPath(folder);
                return new RunStore(Path.GetDirectoryName(path)!, TimeProvider.System).Get(path).Finished();
            }),
        ];
        using var scope = NewDisposeScope();
        using var whole = DatasetLoader.Load(runs[0].Experiment.Data.Name, DataFolder.Default()).Data;
        using var targets = new AttackTargets(runs[0].Experiment, _ => whole);
        var (logits, members) = (new List<Tensor>(), new List<Tensor>());
        foreach (var run in runs)
        {
            using var network = TrainedNetwork.Load(run, degree: degree);
            var said = Predictions.Of(network.Module, targets.Examples, keepLogits: true);
            logits.Add(tensor(said.Logits!, [said.Count, said.Classes]));
            var coins = run.Experiment.Half!.Includes(targets.Count);
            members.Add(tensor(targets.Rows.Select(row => coins[row] ? 1L : 0).ToArray()));
        }

        using var stream = File.Create(output);
        Safetensors.Write(
            stream,
            [
                ("logits", stack(logits)),
                ("labels", targets.Examples.Labels),
                ("member", stack(members)),
                ("canary", tensor(targets.IsCanary.Select(isCanary => isCanary ? 1L : 0).ToArray())),
            ],
            new Dictionary<string, string>()
        );
    }
}
