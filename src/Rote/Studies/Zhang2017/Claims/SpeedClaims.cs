using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Real data is fitted faster, and first, under every optimization (Figure 1; Arpit et al. 2017, sections 3 and 4).</summary>
internal static class SpeedClaims
{
    private static readonly double[] Levels = [0.5, 0.9];

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            .. Paper.Figure1Networks.SelectMany(network => Faster(make, network)),
            .. Paper.Figure1Networks.SelectMany(network => First(make, network)),
            .. Easy(make),
        ];

    private static IEnumerable<Claim> Faster(ClaimFactory make, string network) =>
        Levels.Select(level =>
            make.Create(
                $"faster/{network}/{100 * level:0}-percent",
                "Figure 1a; Arpit et al. 2017, section 3",
                $"{StudyNames.Network(network)} takes longer to {100 * level:0} % of random labels than of true ones (ratio of epochs)",
                "longer",
                Unit.Ratio,
                make.Larger(than: 1),
                [Cells.Random(network), Cells.True(network)],
                r => r.Slowdown(Cells.Random(network), Cells.True(network), level)
            )
        );

    /// <summary>Compares clean and corrupted examples at the first epoch that fits a quarter of all.</summary>
    private static IEnumerable<Claim> First(ClaimFactory make, string network)
    {
        var cell = Cells.Level(network, Cells.HalfLevel(make.Plan, network));
        var name = $"{StudyNames.Network(network)}, {StudyNames.Data(cell.Corruption)},";
        yield return make.Create(
            $"first/{network}/clean-before-corrupted",
            "Arpit et al. 2017, section 4",
            $"{name} fits clean examples before corrupted ones (difference of the shares fitted, at the first epoch that fits a "
                + $"quarter of all)",
            "real data first",
            Unit.Points,
            make.Larger(than: 0),
            [cell],
            r => Mean(r.Runs(cell).Select(run => CleanNoisySeparation.Early(run).CleanMinusMemorized))
        );
        yield return make.Create(
            $"first/{network}/seen-through",
            "Arpit et al. 2017, section 4",
            $"at that epoch {name} gives more corrupted examples their true label than the one they were given",
            "simple patterns first",
            Unit.Points,
            make.Larger(than: 0),
            [cell],
            r => Mean(r.Runs(cell).Select(run => CleanNoisySeparation.Early(run).RecoveredMinusMemorized))
        );
    }

    /// <summary>The ratio of epochs to fit, under every optimizer, batch size and learning rate of <see cref="Variations"/>.</summary>
    private static IEnumerable<Claim> Easy(ClaimFactory make) =>
        Variations.All.Select(variation =>
        {
            var cells = new[] { Cells.Random(Variations.Network), Cells.True(Variations.Network) }
                .Select(cell => cell with { Variation = variation.Id })
                .ToArray();
            return make.Create(
                $"easy/{variation.Id}",
                "section 2.1",
                $"with {variation.Words}, random labels take the MLP 1×512 only a small constant factor longer than true ones",
                "a small constant factor",
                Unit.Ratio,
                make.NoMore("small-factor"),
                cells,
                r => r.Slowdown(cells[0], cells[1], make.Plan.Tolerance("fitting-level").Value)
            );
        });

    private static Estimate Mean(IEnumerable<Estimate> estimates)
    {
        var all = estimates.ToArray();
        return all.Length == 1 ? all[0] : Estimate.Mean([.. all.Select(estimate => estimate.Value)]);
    }
}
