using Rote.Features;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Features;

/// <summary>Reads numbers off a result; what was not measured is no evidence.</summary>
/// <param name="result">The result.</param>
internal sealed class SignReader(FeaturesResult result)
{
    /// <summary>The network that could learn a rule: the subject, unless its labels are random and there is one on true labels.</summary>
    public NetworkRole Rule => result.Of(NetworkRole.TrueLabels) is null ? NetworkRole.Subject : NetworkRole.TrueLabels;

    /// <summary>The network on random labels.</summary>
    public NetworkRole Rote => Rule == NetworkRole.TrueLabels ? NetworkRole.Subject : NetworkRole.RandomLabels;

    /// <summary>A layer of a network, the input being the first and the logits the last.</summary>
    public LayerFeatures Layer(NetworkRole role, Index place) => Network(role).Layers[place];

    /// <summary>The last layer before the logits.</summary>
    public LayerFeatures LastHidden(NetworkRole role) =>
        Network(role).Layers is { Count: > 2 } layers ? layers[^2] : throw None("The network has no hidden layer.");

    /// <summary>Depths of one kind of example.</summary>
    public DepthGroup Depth(NetworkRole role, DepthKind kind) =>
        Network(role).Depths.FirstOrDefault(group => group.Kind == kind) ?? throw None("There are no such examples.");

    /// <summary>Mean depth of wrongly labelled examples: of the subject's own, or of those after random labels.</summary>
    public Estimate DepthOfWrong() =>
        Network(Rule).Depths.FirstOrDefault(group => group.Kind == DepthKind.Wrong)?.Mean ?? Depth(Rote, DepthKind.Wrong).Mean;

    /// <summary>Share right among the test examples of the smaller depths, up to half of all, minus that among the others.</summary>
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

    /// <summary>Mean CKA of layers next to each other minus that of the first and the last.</summary>
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

    /// <summary>CKA of the first layers after true and after random labels, minus that of the last.</summary>
    public Estimate EarlyMinusLateSimilarity()
    {
        var between = Similarity(Rule == NetworkRole.Subject ? Rote : Rule).Values;
        return between.Count < 3 ? throw None("The network has no hidden layer.") : between[1][1].Minus(between[^1][^1]);
    }

    /// <summary>The largest dimension of the input and the layers before the last hidden one.</summary>
    public Estimate LargestDimension(NetworkRole role) =>
        Network(role).Layers is { Count: > 2 } layers
            ? layers.SkipLast(2).Select(layer => layer.Dimension.Whole).MaxBy(estimate => estimate.Value)
            : throw None("The network has no hidden layer.");

    /// <summary>Excess alignment of what training changed.</summary>
    public Estimate Alignment(NetworkRole role) => Network(role).Alignment?.ExcessOfChange ?? throw None("The alignment was not measured.");

    /// <summary>What the first layer answers to gratings.</summary>
    public GratingSummary Gratings(NetworkRole role) => Network(role).Gratings ?? throw None("The examples are no pictures.");

    /// <summary>Channels that hold labels of a kind.</summary>
    public KnockOut KnockOut(NetworkRole role, DepthKind kind) =>
        Network(role).KnockOuts.FirstOrDefault(known => known.Kind == kind) ?? throw None("There are no such examples.");

    /// <summary>Those that hold wrong labels: the subject's own, or those after random labels.</summary>
    public KnockOut KnockOutOfWrong() =>
        Network(Rule).KnockOuts.FirstOrDefault(known => known.Kind == DepthKind.Wrong) ?? KnockOut(Rote, DepthKind.Wrong);

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
