namespace Rote.Theory;

/// <summary>How far a computation is.</summary>
/// <param name="What">What is being done, as "Projecting".</param>
/// <param name="Done">How much of it, in <paramref name="Unit"/>.</param>
/// <param name="Total">How much there is; 0 where it is not known.</param>
/// <param name="Unit">What is counted, as "points"; more to say of it where there is.</param>
public readonly record struct TheoryProgress(string What, long Done, long Total, string Unit);
