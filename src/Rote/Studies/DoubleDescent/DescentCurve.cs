using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>The fits of one draw with n examples and one label noise, against the number of features N.</summary>
internal sealed class DescentCurve
{
    private readonly ILookup<int, SweepPoint> _points;
    private readonly int _examples;

    /// <summary>Selects the points of the curve.</summary>
    /// <param name="result">A draw.</param>
    /// <param name="examples">n.</param>
    /// <param name="noise">Share of redrawn labels.</param>
    public DescentCurve(SweepResult result, int examples, double noise)
    {
        _examples = examples;
        _points = result.Points.Where(point => point.Examples == examples && point.Noise == noise).ToLookup(point => point.Features);
        Plain = [.. _points.Select(group => group.Single(point => point.Ridge == 0)).OrderBy(point => point.Features)];
    }

    /// <summary>Minimum-norm solutions, sorted by N.</summary>
    public IReadOnlyList<SweepPoint> Plain { get; }

    /// <summary>The minimum-norm solution with as many features as examples.</summary>
    public SweepPoint AtThreshold => Plain.Single(point => point.Features == _examples);

    /// <summary>The minimum-norm solution with the most features.</summary>
    public SweepPoint Last => Plain[^1];

    /// <summary>N/n of the largest test loss.</summary>
    public double PeakAt => (double)Plain.MaxBy(point => point.TestSquare)!.Features / _examples;

    /// <summary>The lowest test error and the lowest test loss with fewer features than examples, each at its own N.</summary>
    public (double Wrong, double Square) FirstMinimum
    {
        get
        {
            var below = Plain.Where(point => point.Features < _examples).ToArray();
            return (below.Min(point => point.TestWrong), below.Min(point => point.TestSquare));
        }
    }

    /// <summary>The solution whose ridge (or none) has the lowest loss on the examples held out for this choice.</summary>
    /// <param name="features">N.</param>
    public SweepPoint WithRidge(int features) => _points[features].MinBy(point => point.ChoiceSquare)!;

    /// <summary>The minimum-norm solution with N features.</summary>
    /// <param name="features">N.</param>
    public SweepPoint At(int features) => Plain.Single(point => point.Features == features);
}
