namespace Rote.Measurement;

/// <summary>Forgetting events: the number of epochs in which an example is wrong after it was right in the epoch before.</summary>
/// <param name="examples">N.</param>
/// <remarks>An example that is never right has none, though it was never learned: <see cref="FirstLearned"/> identifies those.
/// docs/reference/measures/forgetting-events.md. Source: Toneva et al. 2019 (arXiv:1812.05159), definition 1.</remarks>
public sealed class ForgettingEvents(int examples) : IExampleMeasure
{
    private readonly int[] _events = new int[examples];
    private readonly bool[] _wasRight = new bool[examples];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results => [("forgettingEvents", Array.ConvertAll(_events, count => (float)count))];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        for (var i = 0; i < _events.Length; i++)
        {
            var isRight = epoch.IsRight(i);
            _events[i] += _wasRight[i] && !isRight ? 1 : 0;
            _wasRight[i] = isRight;
        }
    }
}
