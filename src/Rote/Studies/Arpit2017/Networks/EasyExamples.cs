using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>Everything that determines how often examples are learned in an epoch.</summary>
internal sealed record EasyOptions
{
    /// <summary>The pictures.</summary>
    public required PictureOptions Pictures { get; init; }

    /// <summary>The first training examples, whose predictions are counted.</summary>
    public required int Watched { get; init; }

    /// <summary>The number of networks of each kind of data.</summary>
    public required int Networks { get; init; }

    /// <summary>How each is trained.</summary>
    public required SmallRecipe Recipe { get; init; }
}

/// <summary>How often each example is learned.</summary>
/// <param name="Noise">The kind of data.</param>
/// <param name="Right">Of each watched example, the number of networks that predict its given label.</param>
/// <param name="Shuffled">The same after the right predictions of each network were shuffled over the examples: what equally hard examples
/// would give.</param>
internal sealed record EasyCounts(NoiseLevel Noise, IReadOnlyList<int> Right, IReadOnlyList<int> Shuffled);

/// <summary>The counts of a draw.</summary>
/// <param name="Kinds">Real data, random labels and random inputs.</param>
internal sealed record EasyResult(IReadOnlyList<EasyCounts> Kinds);

/// <summary>Which examples do networks of other weights and orders learn in one epoch? Arpit et al. 2017 (arXiv:1706.05394), section
/// 3.1.</summary>
internal static class EasyExamples
{
    /// <summary>The kinds of data.</summary>
    public static IReadOnlyList<NoiseLevel> Kinds { get; } = [NoiseLevel.Real, NoiseLevel.RandomLabels, NoiseLevel.RandomInputs];

    /// <summary>Trains the networks and counts.</summary>
    /// <param name="data">Pictures; still the caller's.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static EasyResult Run(DatasetSplits data, EasyOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(data, options.Pictures);
        return new EasyResult([.. Kinds.Select(Count)]);

        EasyCounts Count(NoiseLevel kind)
        {
            var set = pictures.With(kind);
            var right = NetworkPool.Run([.. Enumerable.Range(0, options.Networks)], network => Right(set, network), cancel);
            return new EasyCounts(kind, Sum(right), Sum([.. right.Select(Shuffle)]));
        }

        bool[] Right(TrainingSet set, int number)
        {
            var seeds = new Seeds(pictures.Seeds.Number(SeedStreams.ArpitNetwork, number));
            using var network = options.Recipe.Create(pictures.Inputs, set.Classes, seeds);
            SmallTraining.Train(network, set, options.Recipe, seeds, _ => false, cancel);
            var rows = set.Rows.narrow(0, 0, options.Watched);
            return SmallTraining.Predicted(network, rows).eq(set.Labels.narrow(0, 0, options.Watched)).data<bool>().ToArray();
        }

        bool[] Shuffle(bool[] right, int network)
        {
            var shuffled = right.ToArray();
            pictures.Seeds.Stream(SeedStreams.ArpitShuffle, network).Shuffle(shuffled.AsSpan());
            return shuffled;
        }

        int[] Sum(IReadOnlyList<bool[]> right) =>
            [.. Enumerable.Range(0, options.Watched).Select(example => right.Count(network => network[example]))];
    }
}
