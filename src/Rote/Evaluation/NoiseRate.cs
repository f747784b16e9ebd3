using Rote.Data;
using Rote.Measurement;
using Rote.Storage;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>The share of wrong given labels, estimated by networks that were not trained on the examples.</summary>
/// <param name="Share">The share among the held-out examples. The estimate assumes equal label noise in easy and hard examples; it is too
/// low if hard ones are mislabelled more often.</param>
/// <param name="IsLevel">Whether the share is the same for more and less confident predictions. If not, the networks make confident errors
/// themselves, and the share is an upper bound.</param>
public sealed record NoiseRate(Estimate Share, bool IsLevel)
{
    /// <summary>Estimates the share from the examples that several runs held out.</summary>
    /// <param name="runs">Finished runs on the same data with the same seed, at least one; their probabilities are averaged.</param>
    /// <param name="load">Loads the whole data set (<see cref="DataSpec.Whole()"/>), which this method does not dispose.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The estimate, by <see cref="ConfidentDisagreement"/>.</returns>
    /// <exception cref="InputException">A file of a run is damaged, the data is not the runs', or they held out no examples.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static NoiseRate Of(IReadOnlyList<FinishedRun> runs, Func<DataSpec, DatasetSplits> load, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        var (sum, labels, classes) = ((Tensor?)null, Array.Empty<int>(), 0);
        foreach (var run in runs)
        {
            using var network = TrainedNetwork.Load(run);
            var whole = run.Experiment.Data.Whole();
            using var data = EvaluationData.From(network, new NamedData(whole, load(whole)), EvaluationPart.HeldOut);
            var said = NetworkEvaluation.Of(network, data, run.Experiment.Threads, keepLogits: true, cancel: cancel).Predictions;
            (labels, classes) = (said.Labels, said.Classes);
            var probabilities = nn.functional.softmax(tensor(said.Logits!, [said.Count, said.Classes]), 1); // [N, K]
            sum = sum is null ? probabilities : sum.add_(probabilities);
        }

        var mean = ClassProbabilities.Whole((sum! / runs.Count).data<float>().ToArray(), classes);
        return new NoiseRate(ConfidentDisagreement.Of(mean, labels), ConfidentDisagreement.IsLevel(mean, labels));
    }
}
