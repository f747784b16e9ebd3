using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Audits.Members;

/// <summary>Predictions from the frozen features of an encoder, each without the example's own label: a member beside the trained networks,
/// ready within a minute.</summary>
/// <param name="Probabilities">[N][K] of a linear rule and of the nearest examples, pooled by how well each predicts the labels.</param>
/// <param name="Neighbours">The nearest examples of each class, for all N.</param>
internal sealed record FrozenPredictions(ClassProbabilities Probabilities, ClassNeighbours Neighbours)
{
    /// <summary>Predicts.</summary>
    /// <param name="vectors">The frozen features of the examples, as the encoder gave them; still the caller's.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="kept">What is kept of them.</param>
    /// <param name="seeds">The audit's randomness; stream <c>audit/frozen</c> is drawn.</param>
    /// <param name="done">Told the share that is done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FrozenPredictions Of(
        Dataset vectors,
        int[] labels,
        KeptClasses kept,
        Seeds seeds,
        Action<double> done,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        var scale = VectorFeatures.Of(vectors);
        var features = FeatureRows.Of(vectors.Pixels) with { Type = float32, At = rows => scale.Of(vectors.Pixels.index_select(0, rows)) };
        var probe = LinearProbe.Of(features, labels, kept, seeds.Permutation(SeedStreams.AuditFrozen, 0, labels.Length), cancel);
        var (votes, neighbours) = LookAround(features, labels, kept, done, cancel);
        ClassProbabilities[] opinions = [probe, votes];
        return new FrozenPredictions(LogLinearPool.Of(opinions, labels).Apply(opinions), neighbours);
    }

    /// <summary>Votes and nearest examples: of many examples from one product, of fewer from one each, as ever.</summary>
    internal static (ClassProbabilities Votes, ClassNeighbours Neighbours) LookAround(
        FeatureRows features,
        int[] labels,
        KeptClasses kept,
        Action<double> done,
        CancellationToken cancel,
        int many = NeighbourVotes.Many
    )
    {
        var search = new NeighbourSearch(features, labels) { Together = null };
        if (labels.Length <= many)
        {
            var alone = NeighbourVotes.Of(features, labels, kept, share => done(share / 2), cancel);
            return (alone, (search with { Done = share => done((1 + share) / 2) }).Find(kept, cancel));
        }

        var votes = new ClassProbabilities(kept);
        var both = search with { Done = done, Seen = (similar, start, order) => NeighbourVotes.Vote(similar, start, order, labels, votes) };
        return (votes, both.Find(kept, cancel));
    }
}
