using Rote.Corruptions;
using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>The rows of a run's canaries among the examples that it trains on.</summary>
/// <param name="Steering">Rows of <see cref="TrainingData.Train"/>, ascending.</param>
/// <param name="HeldOut">The same for the held-out canaries, which are read at the end only.</param>
public sealed record CanaryPlaces(IReadOnlyList<long> Steering, IReadOnlyList<long> HeldOut)
{
    /// <summary>Finds them.</summary>
    /// <param name="canaries">Rows of the whole training set; each is trained on.</param>
    /// <param name="data">What is trained on.</param>
    /// <returns>Rows of what is trained on.</returns>
    public static CanaryPlaces Of(PlantedCanaries canaries, TrainingData data)
    {
        var kept = data.Rows?.ToArray();
        return new CanaryPlaces(Places(canaries.Steering), Places(canaries.HeldOut));

        long[] Places(IEnumerable<Canary> some) =>
            [.. some.Select(canary => kept is null ? canary.Row : Array.BinarySearch(kept, canary.Row))];
    }

    /// <summary>Reads both sets of canaries at the end of training.</summary>
    /// <param name="network">The network that is kept.</param>
    /// <param name="data">What it was trained on, with examples held out.</param>
    /// <param name="canaries">By rows of the whole training set.</param>
    /// <param name="classes">K.</param>
    /// <param name="asked">The degree asked for; null: none.</param>
    /// <param name="method">What controlled the run; null: nothing.</param>
    /// <param name="leftOut">Canaries that were left out of training, with their planted labels; null: none were.</param>
    /// <returns>Hits of both sets, and the labels that were not trusted.</returns>
    public ControlOutcome Outcome(
        Module<Tensor, Tensor> network,
        TrainingData data,
        PlantedCanaries canaries,
        int classes,
        double? asked,
        TrainingMethod? method,
        PreparedData? leftOut = null
    )
    {
        var planted = Steering.Concat(HeldOut).ToHashSet();
        return new ControlOutcome(
            Measure(network, data, classes) with
            {
                Asked = asked,
                LeftOutHits = leftOut is null ? null : (int)Evaluator.CountCorrect(network, leftOut),
                LeftOutCount = leftOut?.Count,
            },
            canaries,
            (method as IDistrusts)
                ?.Distrusted()
                .Where(label => !planted.Contains(label.Row))
                .Select(label => data.Rows is { } rows ? label with { Row = rows[(int)label.Row] } : label)
                .ToArray()
        );
    }

    private CanarySummary Measure(Module<Tensor, Tensor> network, TrainingData data, int classes)
    {
        var steering = new MemorizationSensor(data, classes, Steering).Read(network);
        var heldOut = new MemorizationSensor(data, classes, HeldOut).Read(network);
        return new CanarySummary
        {
            SteeringHits = steering.Hits,
            SteeringCount = steering.Count,
            HeldOutCanaryHits = heldOut.Hits,
            HeldOutCanaryCount = heldOut.Count,
            HeldOutCorrect = heldOut.HeldOutCorrect,
            HeldOutCount = heldOut.HeldOutCount,
            Classes = classes,
        };
    }
}
