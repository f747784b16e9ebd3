namespace Rote.Complexity;

/// <summary>A network of a grid of settings, and how badly it generalizes.</summary>
/// <param name="Levels">[A] its level on each axis of the grid, from 0.</param>
/// <param name="Error">Share of the test examples that it gets wrong, in [0, 1].</param>
/// <param name="Tested">The number of test examples.</param>
internal sealed record GridNetwork(IReadOnlyList<int> Levels, double Error, int Tested)
{
    private const double Errors = 2;

    /// <summary>Whether two test errors differ by more than twice the standard error of their difference, as if they were of independent
    /// examples; the same examples make that error smaller, so fewer pairs count than could.</summary>
    /// <param name="other">Another network.</param>
    public bool DiffersFrom(GridNetwork other)
    {
        var variance = (Error * (1 - Error) / Tested) + (other.Error * (1 - other.Error) / other.Tested);
        return Math.Abs(Error - other.Error) > Errors * Math.Sqrt(variance);
    }
}
