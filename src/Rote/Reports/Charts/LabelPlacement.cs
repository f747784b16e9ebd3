using OxyPlot;

namespace Rote.Reports.Charts;

/// <summary>A name that needs a place beside its curve.</summary>
/// <param name="Size">The text's size in pixels.</param>
/// <param name="Curve">The curve's points in pixels, in drawing order, at least one.</param>
internal sealed record LabelRequest(OxySize Size, IReadOnlyList<ScreenPoint> Curve);

/// <summary>The place of a name.</summary>
/// <param name="Box">The text's rectangle in pixels.</param>
/// <param name="Anchor">The point of the curve that the name belongs to.</param>
/// <param name="Cost">0 for the best place; from <see cref="LabelPlacement.Collision"/> on, the name covers something.</param>
internal sealed record PlacedLabel(OxyRect Box, ScreenPoint Anchor, double Cost)
{
    /// <summary>The point of the box nearest to the anchor, where a leader line ends.</summary>
    public ScreenPoint Foot => new(Math.Clamp(Anchor.X, Box.Left, Box.Right), Math.Clamp(Anchor.Y, Box.Top, Box.Bottom));
}

/// <summary>Finds places for names near the ends of their curves. Names and their leader lines cover no curve and no other name.</summary>
/// <remarks>Searches the combinations of each name's best places for the smallest total cost, in a fixed order, so that the same chart
/// always gives the same places.</remarks>
internal static class LabelPlacement
{
    /// <summary>The cost of covering a point of another curve; every free place costs less.</summary>
    public const double Collision = 1000;

    private const double Step = 4;

    /// <summary>No chart is wider than this many steps. Without a limit, 1e308 in a damaged file would fill the memory.</summary>
    private const double MostPieces = 2000;
    private const int Kept = 80;

    // Enough for the best places of six names in all charts tried. A number of steps, not a time, so that results repeat.
    private const int MostSteps = 200_000;

    /// <summary>Places every label.</summary>
    /// <param name="labels">The names with their curves.</param>
    /// <param name="obstacles">Other lines, in pixels, that no label may cover.</param>
    /// <param name="bounds">The area for labels, in pixels.</param>
    /// <returns>One place a label, in the same order.</returns>
    public static IReadOnlyList<PlacedLabel> Place(
        IReadOnlyList<LabelRequest> labels,
        IReadOnlyList<IReadOnlyList<ScreenPoint>> obstacles,
        OxyRect bounds
    )
    {
        var curves = labels.Select(label => label.Curve).Concat(obstacles).Select(Dense).ToArray();
        var candidates = new PlacedLabel[labels.Count][];
        for (var i = 0; i < labels.Count; i++)
        {
            candidates[i] =
            [
                .. LabelCandidates
                    .Around(labels[i].Size, curves[i])
                    .Select(place => place with { Cost = place.Cost + Crowding(place, curves, i, bounds) })
                    .OrderBy(place => place.Cost)
                    .Take(Kept),
            ];
        }

        return new Search(candidates).Run();
    }

    private static double Crowding(PlacedLabel place, List<ScreenPoint>[] curves, int own, OxyRect bounds)
    {
        var box = place.Box;
        var isOutside = box.Left < bounds.Left || box.Right > bounds.Right || box.Top < bounds.Top || box.Bottom > bounds.Bottom;
        var cost = isOutside ? 100 * Collision : 0;
        for (var i = 0; i < curves.Length; i++)
        {
            var covered = curves[i]
                .Count(point => box.Left - 3 <= point.X && point.X <= box.Right + 3 && box.Top - 2 <= point.Y && point.Y <= box.Bottom + 2);
            cost += covered * (i == own ? Collision / 2 : Collision);
        }

        return cost;
    }

    private static double Conflict(PlacedLabel a, PlacedLabel b) =>
        Overlap(a.Box, b.Box) || Crosses(a, b.Box) || Crosses(b, a.Box) ? 10 * Collision : 0;

    // Two names side by side need a space between them; between two names one above the other, the line height leaves it.
    private static bool Overlap(OxyRect a, OxyRect b) =>
        a.Left - 6 < b.Right && b.Left - 6 < a.Right && a.Top - 1 < b.Bottom && b.Top - 1 < a.Bottom;

    private static bool Crosses(PlacedLabel label, OxyRect box) =>
        Dense([label.Anchor, label.Foot])
            .Any(point => box.Left - 2 < point.X && point.X < box.Right + 2 && box.Top - 1 < point.Y && point.Y < box.Bottom + 1);

    /// <summary>The curve as points at most <see cref="Step"/> pixels apart; a piece that leads far outside the chart has fewer.</summary>
    private static List<ScreenPoint> Dense(IReadOnlyList<ScreenPoint> curve)
    {
        var dense = new List<ScreenPoint> { curve[0] };
        for (var i = 1; i < curve.Count; i++)
        {
            var (from, to) = (curve[i - 1], curve[i]);
            var pieces = (int)Math.Clamp(Math.Ceiling(from.DistanceTo(to) / Step), 1, MostPieces);
            for (var piece = 1; piece <= pieces; piece++)
            {
                var share = (double)piece / pieces;
                dense.Add(new ScreenPoint(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y))));
            }
        }

        return dense;
    }

    /// <summary>Branch and bound over one place a label.</summary>
    private sealed class Search(PlacedLabel[][] candidates)
    {
        private readonly PlacedLabel[] _chosen = new PlacedLabel[candidates.Length];
        private PlacedLabel[] _best = [];
        private double _least = double.PositiveInfinity;
        private int _steps;

        public PlacedLabel[] Run()
        {
            Choose(0, 0);
            return _best;
        }

        private void Choose(int label, double cost)
        {
            if (label == candidates.Length)
            {
                (_best, _least) = ([.. _chosen], cost);
                return;
            }

            var rest = candidates.Skip(label + 1).Sum(places => places[0].Cost);
            foreach (var place in candidates[label])
            {
                // Places are sorted by cost: if this one is too expensive, so are the later ones. The first solution is always found.
                if (cost + place.Cost + rest >= _least || (_steps++ > MostSteps && _best.Length > 0))
                {
                    return;
                }

                var conflicts = _chosen.Take(label).Sum(other => Conflict(place, other));
                if (cost + place.Cost + conflicts + rest < _least)
                {
                    _chosen[label] = place;
                    Choose(label + 1, cost + place.Cost + conflicts);
                }
            }
        }
    }
}
