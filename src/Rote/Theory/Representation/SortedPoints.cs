using Rote.Tensors;

namespace Rote.Theory.Representation;

/// <summary>Projections of distinct points in rising order, with their targets.</summary>
/// <param name="Projections">[n] strictly rising.</param>
/// <param name="Targets">[n] in the same order.</param>
/// <param name="Draws">The number of directions drawn until no two different points had the same projection.</param>
internal sealed record SortedPoints(double[] Projections, double[] Targets, int Draws)
{
    /// <summary>Projects and sorts points. Draws a new direction if two different points meet; equal points with equal labels become
    /// one.</summary>
    /// <param name="points">The points.</param>
    /// <param name="seeds">The randomness of the direction.</param>
    /// <param name="most">The most directions to try.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">Two equal points have different labels, or points meet in every direction.</exception>
    public static SortedPoints Project(IPoints points, Seeds seeds, int most, IProgress<TheoryProgress>? progress, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < most; attempt++)
        {
            var projections = points.Project(Direction.Draw(points.Dimension, seeds, attempt), progress, cancel);
            progress?.Report(new TheoryProgress("Sorting", 0, 0, ""));
            var order = Enumerable.Range(0, projections.Length).ToArray();
            Array.Sort(projections, order);
            if (Distinct(points, projections, order, attempt + 1) is { } sorted)
            {
                return sorted;
            }
        }

        throw new InputException(
            $"{points.Name}: in each of {most} random directions two different points have the same projection; these points are too "
                + $"close together for float64."
        );
    }

    /// <summary>Returns the points without repetitions; null if two different ones have the same projection.</summary>
    private static SortedPoints? Distinct(IPoints points, double[] projections, int[] order, int draws)
    {
        var kept = 0;
        var targets = new double[projections.Length];
        var first = 0;
        for (var i = 0; i < projections.Length; i++)
        {
            if (i > 0 && projections[i] == projections[i - 1])
            {
                if (!points.AreEqual(order[first], order[i]))
                {
                    return null;
                }

                RequireSameLabel(points, order[first], order[i]);
                continue;
            }

            first = i;
            (projections[kept], targets[kept]) = (projections[i], points.Targets[order[i]]);
            kept++;
        }

        return new SortedPoints(projections[..kept], targets[..kept], draws);
    }

    private static void RequireSameLabel(IPoints points, int first, int second)
    {
        var (one, other) = (Math.Min(first, second), Math.Max(first, second));
        if (points.Targets[one] != points.Targets[other])
        {
            throw new InputException(
                $"{points.Name}: {points.NameOf(one)} and {points.NameOf(other)} are the same {points.Noun} with different labels "
                    + $"({points.Targets[one]} and {points.Targets[other]}), "
                    + "and no function gives both; remove one of them."
            );
        }
    }
}
