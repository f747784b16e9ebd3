namespace Rote.Studies.ComplexityMeasures;

/// <summary>A setting that differs between the networks of the grid.</summary>
/// <param name="Name">Its name, as "width".</param>
/// <param name="Levels">Its values, at least one.</param>
internal sealed record GridAxis(string Name, IReadOnlyList<double> Levels);
