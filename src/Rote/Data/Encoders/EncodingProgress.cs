namespace Rote.Data.Encoders;

/// <summary>How far encoding has come.</summary>
/// <param name="Done">Examples that have their vector, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">Examples in all.</param>
/// <param name="PerSecond">Examples encoded per second of encoding; examples found on disk do not count. 0 before the first.</param>
public readonly record struct EncodingProgress(int Done, int Total, double PerSecond)
{
    /// <summary>The share that is done, 0 to 1; 1 where there is nothing to do.</summary>
    public double Fraction => Total == 0 ? 1 : (double)Done / Total;
}
