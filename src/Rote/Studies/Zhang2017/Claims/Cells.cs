using Rote.Corruptions;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>The cells that several claims rest on. Each has one name, so that the claims share its runs.</summary>
internal static class Cells
{
    /// <summary>The five kinds of data of Figure 1a.</summary>
    public static IReadOnlyList<Corruption> Kinds { get; } =
    [new TrueLabels(), new ShuffledPixels(), new GaussianPixels(), new RandomPixels(), new RandomLabels()];

    /// <summary>The networks of Figure 2, whose test accuracy is measured during training.</summary>
    private static readonly string[] WithCurve = ["small-inception", "small-inception-no-bn"];

    /// <summary>A network on uncorrupted data, without regularizer.</summary>
    public static StudyCell True(string network) => new(network, new TrueLabels()) { WithTestCurve = WithCurve.Contains(network) };

    /// <summary>A network on random labels, without regularizer.</summary>
    public static StudyCell Random(string network) => new(network, new RandomLabels());

    /// <summary>A network on one of <see cref="Kinds"/>.</summary>
    public static StudyCell Kind(string network, Corruption kind) => kind is TrueLabels ? True(network) : new StudyCell(network, kind);

    /// <summary>A network on labels corrupted with a probability; 0 and 1 give the cells of true and random labels.</summary>
    public static StudyCell Level(string network, double probability) =>
        probability switch
        {
            0 => True(network),
            1 => Random(network),
            _ => new StudyCell(network, new PartiallyCorruptedLabels { Probability = probability }),
        };

    /// <summary>The network's corruption level nearest to one half.</summary>
    public static double HalfLevel(ZhangPlan plan, string network) =>
        plan.Scale.Networks[network].CorruptionLevels.MinBy(level => Math.Abs(level - 0.5));

    /// <summary>A row of Table 1 or 4.</summary>
    public static StudyCell Row(PaperRow row)
    {
        var plain = row.Labels == LabelKind.Random ? Random(row.Network) : True(row.Network);
        return row is { Crop: false, WeightDecay: false, Augment: false }
            ? plain
            : plain with
            {
                Crop = row.Crop,
                WeightDecay = row.WeightDecay,
                Augment = row.Augment,
                WithTestCurve = false,
            };
    }
}
