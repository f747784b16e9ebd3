using Rote.Corruptions;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Figure 1: every kind of data is fitted (a), the time it takes (b), and the fitted network's test error (c).</summary>
internal static class Figure1Claims
{
    /// <summary>A network without a spatial bias, and one with it.</summary>
    private static readonly string[] Controls = ["mlp-1x512", "small-inception"];

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            .. Paper.Figure1Networks.SelectMany(network => Kinds(make, network)),
            .. Order(make),
            .. PixelOrder(make),
            .. Paper.Figure1Networks.SelectMany(network => Levels(make, network)),
        ];

    private static IEnumerable<Claim> Kinds(ClaimFactory make, string network) =>
        Cells
            .Kinds.Where(kind => kind.ReplacesPixels)
            .Select(kind => (Kind: kind, Cell: Cells.Kind(network, kind)))
            .Select(pair =>
                make.Create(
                    $"figure1a/{network}/{StudyNames.Slug(pair.Kind)}/fits",
                    "Figure 1a",
                    $"{StudyNames.Network(network)} fits {StudyNames.Data(pair.Kind)}",
                    "100 %",
                    Unit.Share,
                    make.Fitted(),
                    [pair.Cell],
                    r => r.Train(pair.Cell)
                )
            );

    private static IEnumerable<Claim> Order(ClaimFactory make)
    {
        const string Network = "small-inception";
        var cells = Cells.Kinds.Select(kind => Cells.Kind(Network, kind)).ToArray();
        var fallen = make.Plan.Tolerance("fallen-loss").Value;
        yield return make.Create(
            $"figure1a/{Network}/order",
            "Figure 1a",
            $"the loss of {StudyNames.Network(Network)} falls in this order: true labels, shuffled pixels, Gaussian pixels, random pixels, "
                + $"random labels (smallest ratio of neighbours' epochs to a loss of {fallen})",
            "each later than the one before",
            Unit.Ratio,
            make.Larger(than: 1),
            cells,
            r => r.Smallest(cells.Skip(1).Zip(cells, (later, earlier) => r.SlowdownToLoss(later, earlier, fallen)))
        );
        var noise = new[] { Cells.Kind(Network, new RandomPixels()), Cells.Kind(Network, new GaussianPixels()) };
        yield return make.Create(
            $"figure1a/{Network}/noise-before-random-labels",
            "section 2.1",
            $"{StudyNames.Network(Network)} fits random and Gaussian pixels sooner than random labels (smaller of the two ratios)",
            "starts converging faster",
            Unit.Ratio,
            make.Larger(than: 1),
            [.. noise, Cells.Random(Network)],
            r => r.Smallest(noise.Select(cell => r.SlowdownToLoss(Cells.Random(Network), cell, fallen)))
        );
    }

    /// <summary>The control: only a network with a spatial bias can tell shuffled pixels from images.</summary>
    private static IEnumerable<Claim> PixelOrder(ClaimFactory make)
    {
        foreach (var network in Controls)
        {
            var (shuffled, plain) = (Cells.Kind(network, new ShuffledPixels()), Cells.True(network));
            var isBlind = network == "mlp-1x512";
            yield return make.Create(
                $"figure1a/{network}/shuffled-pixels/time",
                "Figure 1a, control",
                isBlind
                    ? $"{StudyNames.Network(network)} fits shuffled pixels as fast as pictures"
                    : $"{StudyNames.Network(network)} fits shuffled pixels later than pictures",
                isBlind ? "no spatial bias: 1" : "later",
                Unit.Ratio,
                isBlind ? make.As(1, "same-time") : make.Larger(than: 1),
                [shuffled, plain],
                r => r.Slowdown(shuffled, plain, make.Plan.Tolerance("fitting-level").Value)
            );
            yield return make.Create(
                $"figure1a/{network}/shuffled-pixels/test",
                "Figure 1a, control",
                isBlind
                    ? $"{StudyNames.Network(network)} is as right on test examples with shuffled pixels as with pictures"
                    : $"shuffled pixels cost {StudyNames.Network(network)} test accuracy: the worth of its spatial bias",
                isBlind ? "no spatial bias: 0" : "lower",
                Unit.Points,
                isBlind ? make.As(0, "same-test-accuracy") : make.Larger(than: 0),
                [shuffled, plain],
                r => r.TestGain(plain, shuffled)
            );
        }
    }

    private static IEnumerable<Claim> Levels(ClaimFactory make, string network)
    {
        double[] levels = [0, .. make.Plan.Scale.Networks[network].CorruptionLevels, 1];
        var cells = levels.Select(level => Cells.Level(network, level)).ToArray();
        var name = StudyNames.Network(network);
        var (fitted, steps) = (make.Plan.Tolerance("fitting-level").Value, string.Join(", ", levels.Select(level => $"{level:0.##}")));
        var smooth = make.Plan.Tolerance("monotone");
        yield return make.Create(
            $"figure1b/{network}/grows",
            "Figure 1b",
            $"the more labels are corrupted, the longer {name} takes to fit them (smallest ratio of neighbours over p = {steps}, or of "
                + $"the ends less {smooth.Value})",
            "grows",
            Unit.Ratio,
            new AtLeast(1 - smooth.Value, smooth.Why),
            cells,
            r =>
                r.Smallest([
                    .. Neighbours(cells, (next, cell) => r.Slowdown(next, cell, fitted)),
                    Less(r.Slowdown(cells[^1], cells[0], fitted), smooth.Value),
                ])
        );
        yield return make.Create(
            $"figure1b/{network}/factor",
            "Figure 1b",
            $"random labels take {name} only a small constant factor longer than true ones",
            "a small constant factor",
            Unit.Ratio,
            make.NoMore("small-factor"),
            [cells[0], cells[^1]],
            r => r.Slowdown(cells[^1], cells[0], fitted)
        );
        yield return make.Create(
            $"figure1c/{network}/fits",
            "section 2.1",
            $"{name} fits its training examples at every level of corruption (lowest over p = {steps})",
            "100 %",
            Unit.Share,
            make.Fitted(),
            cells,
            r => r.Smallest(cells.Select(r.Train))
        );
        yield return make.Create(
            $"figure1c/{network}/test-error",
            "Figure 1c",
            $"the more labels are corrupted, the larger the test error of {name} (smallest rise between neighbours over p = {steps})",
            "rises towards 90 %",
            Unit.Points,
            make.Larger(than: 0),
            cells,
            r => r.Smallest(Neighbours(cells, (next, cell) => r.TestGain(cell, next)))
        );
    }

    private static Estimate Less(Estimate number, double by) => number with { Value = number.Value - by };

    private static IEnumerable<Estimate> Neighbours(StudyCell[] cells, Func<StudyCell, StudyCell, Estimate> compare) =>
        cells.Skip(1).Zip(cells, compare);
}
