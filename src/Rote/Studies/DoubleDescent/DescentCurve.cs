using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>One draw's fits of n examples at one label noise, against the number of features.</summary>
internal sealed class DescentCurve
{
    private readonly ILookup<int, SweepPoint> _points;
    private readonly int _examples;

    /// <summary>Takes the points that belong to it.</summary>
    /// <param name="result">A draw.</param>
    /// <param name="examples">n.</param>
    /// <param name="noise">Share of the labels drawn anew.</param>
    public DescentCurve(SweepResult result, int examples, double noise)
    {
        _examples = examples;
        _points = result.Points.Where(point => point.Examples == examples && point.Noise == noise).ToLookup(point => point.Features);
        Plain = [.. _points.Select(group => group.Single(point => point.Ridge == 0)).OrderBy(point => point.Features)];
    }

    /// <summary>Solutions of least norm, in order of N.</summary>
    public IReadOnlyList<SweepPoint> Plain { get; }

    /// <summary>As many features as examples.</summary>
    public SweepPoint AtThreshold => Plain.Single(point => point.Features == _examples);

    /// <summary>The most features.</summary>
    public SweepPoint Last => Plain[^1];

    /// <summary>N/n where the test loss is largest.</summary>
    public double PeakAt => (double)Plain.MaxBy(point => point.TestSquare)!.Features / _examples;

    /// <summary>The fewest test errors, and the least loss, with fewer features than examples; each by its own N.</summary>
    public (double Wrong, double Square) FirstMinimum
    {
        get
        {
            var below = Plain.Where(point => point.Features < _examples).ToArray();
            return (below.Min(point => point.TestWrong), below.Min(point => point.TestSquare));
        }
    }

    /// <summary>With the ridge, or none, that loses least on the examples kept apart for this choice.</summary>
    /// <param name="features">N.</param>
    public SweepPoint WithRidge(int features) => _points[features].MinBy(point => point.ChoiceSquare)!;

    /// <summary>The solution of least norm with so many features.</summary>
    /// <param name="features">N.</param>
    public SweepPoint At(int features) => Plain.Single(point => point.Features == features);
}
