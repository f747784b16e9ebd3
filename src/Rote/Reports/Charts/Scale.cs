namespace Rote.Reports.Charts;

/// <summary>Converts numbers to positions along one side of the plot: linear or logarithmic.</summary>
/// <param name="Minimum">The number at <paramref name="Start"/>; positive on a logarithmic scale.</param>
/// <param name="Maximum">The number at <paramref name="End"/>, above the minimum.</param>
/// <param name="IsLogarithmic">True for a logarithmic scale.</param>
/// <param name="Start">A position in pixels.</param>
/// <param name="End">A position in pixels; below the start for an axis that runs upwards.</param>
internal sealed record Scale(double Minimum, double Maximum, bool IsLogarithmic, double Start, double End)
{
    public double ToScreen(double value) => Start + ((End - Start) * (Along(value) - Along(Minimum)) / (Along(Maximum) - Along(Minimum)));

    public double ToData(double position)
    {
        var along = Along(Minimum) + ((position - Start) / (End - Start) * (Along(Maximum) - Along(Minimum)));
        return IsLogarithmic ? Math.Pow(10, along) : along;
    }

    /// <summary>True for a number that has a place on the scale.</summary>
    public static bool Shows(double value, bool isLogarithmic) => double.IsFinite(value) && (value > 0 || !isLogarithmic);

    private double Along(double value) => IsLogarithmic ? Math.Log10(value) : value;
}
