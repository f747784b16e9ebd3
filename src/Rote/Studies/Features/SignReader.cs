using Rote.Features;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Features;

/// <summary>Reads numbers from a result; throws <see cref="NoEvidenceException"/> for what was not measured.</summary>
/// <param name="result">The result.</param>
internal sealed class SignReader(FeaturesResult result)
{
    /// <summary>The network that could learn a rule: the one on true labels if there is one beside the subject, else the subject.</summary>
    public NetworkRole Rule => result.Of(NetworkRole.TrueLabels) is null ? NetworkRole.Subject : NetworkRole.TrueLabels;

    /// <summary>The network on random labels.</summary>
    public NetworkRole Rote => Rule == NetworkRole.TrueLabels ? NetworkRole.Subject : NetworkRole.RandomLabels;

    /// <summary>Returns a layer of a network; the first is the input, the last the logits.</summary>
    public LayerFeatures Layer(NetworkRole role, Index place) => Network(role).Layers[place];

    /// <summary>The last layer before the logits.</summary>
    public LayerFeatures LastHidden(NetworkRole role) =>
        Network(role).Layers is { Count: > 2 } layers ? layers[^2] : throw None("The network has no hidden layer.");

    /// <summary>The depths of one kind of example.</summary>
    public DepthGroup Depth(NetworkRole role, DepthKind kind) =>
        Network(role).Depths.FirstOrDefault(group => group.Kind == kind) ?? throw None("There are no such examples.");

    /// <summary>Mean depth of the wrongly labelled examples of <see cref="Rule"/>, or of <see cref="Rote"/> if there are none.</summary>
    public Estimate DepthOfWrong() =>
        Several(Network(Rule).Depths.FirstOrDefault(group => group.Kind == DepthKind.Wrong)?.Mean ?? Depth(Rote, DepthKind.Wrong).Mean);

    /// <summary>Accuracy on the test examples of the smaller depths (up to half of all) minus the accuracy on the others.</summary>
    public Estimate EarlyMinusLate(NetworkRole role)
    {
        var group = Depth(role, DepthKind.Test);
        var (total, early, earlyRight, depth) = (group.Counts.Sum(), 0, 0, 0);
        while (depth < group.Counts.Count && (early == 0 || early + group.Counts[depth] <= total / 2))
        {
            early += group.Counts[depth];
            earlyRight += group.Right[depth++];
        }

        return early == 0 || early == total
            ? throw None("All test examples have one depth.")
            : Estimate.Share(earlyRight, early).Minus(Estimate.Share(group.Right.Sum() - earlyRight, total - early));
    }

    /// <summary>Mean CKA of adjacent layers minus the CKA of the first and the last layer.</summary>
    public Estimate NeighboursMinusEnds()
    {
        var own = Similarity(NetworkRole.Subject).Values;
        if (own.Count < 3)
        {
            throw None("The network has no hidden layer.");
        }

        var beside = Enumerable.Range(0, own.Count - 1).Select(i => own[i][i + 1]).ToArray();
        var error = Math.Sqrt(beside.Sum(value => value.StandardError * value.StandardError)) / beside.Length;
        return new Estimate(beside.Average(value => value.Value), error, beside[0].Samples).Minus(own[0][^1]);
    }

    /// <summary>CKA of the first layers of the networks on true and on random labels, minus that of their last layers.</summary>
    public Estimate EarlyMinusLateSimilarity()
    {
        var between = Similarity(Rule == NetworkRole.Subject ? Rote : Rule).Values;
        return between.Count < 3 ? throw None("The network has no hidden layer.") : between[1][1].Minus(between[^1][^1]);
    }

    /// <summary>The largest dimension among the input and the layers before the last hidden one.</summary>
    public Estimate LargestDimension(NetworkRole role) =>
        Network(role).Layers is { Count: > 2 } layers
            ? layers.SkipLast(2).Select(layer => layer.Dimension.Whole).MaxBy(estimate => estimate.Value)
            : throw None("The network has no hidden layer.");

    /// <summary>Excess alignment of the change by training.</summary>
    public Estimate Alignment(NetworkRole role) => Network(role).Alignment?.ExcessOfChange ?? throw None("The alignment was not measured.");

    /// <summary>The first layer's responses to gratings.</summary>
    public GratingSummary Gratings(NetworkRole role) => Network(role).Gratings ?? throw None("The examples are not pictures.");

    /// <summary>The channels that hold the labels of one kind of example.</summary>
    public KnockOut KnockOut(NetworkRole role, DepthKind kind) =>
        Network(role).KnockOuts.FirstOrDefault(known => known.Kind == kind) ?? throw None("There are no such examples.");

    /// <summary>The channels that hold the wrong labels of <see cref="Rule"/>, or of <see cref="Rote"/> if there are none.</summary>
    public Estimate ChannelsOfWrong() =>
        Several(
            (Network(Rule).KnockOuts.FirstOrDefault(known => known.Kind == DepthKind.Wrong) ?? KnockOut(Rote, DepthKind.Wrong)).Channels
        );

    /// <summary>One example says nothing of others: its mean has no error.</summary>
    private static Estimate Several(Estimate wrong) =>
        wrong.Samples > 1 ? wrong : throw None("The sample has a single example with a wrong label.");

    private NetworkFeatures Network(NetworkRole role) =>
        result.Of(role)
        ?? throw None(
            role == NetworkRole.RandomLabels
                ? "There is no run of the same network on random labels beside it."
                : "There is no such network beside it."
        );

    private LayerSimilarity Similarity(NetworkRole role) =>
        result.Between(NetworkRole.Subject, role) ?? throw None("There is no run of the same network on random labels beside it.");

    private static NoEvidenceException None(string why) => new(why, isOfTheNetwork: false);
}
