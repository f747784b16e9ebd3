namespace Rote.Theory;

/// <summary>The progress of a computation.</summary>
/// <param name="What">The current work, such as "Projecting".</param>
/// <param name="Done">The amount done, in <paramref name="Unit"/>.</param>
/// <param name="Total">The amount in total; 0 if unknown.</param>
/// <param name="Unit">The counted thing, such as "points", and possibly more about it.</param>
public readonly record struct TheoryProgress(string What, long Done, long Total, string Unit);
