using Rote.Measurement;

namespace Extending;

/// <summary>A measure of training dynamics: the last epoch in which an example was wrong when it was trained on; 0 where it never
/// was.</summary>
/// <param name="examples">N.</param>
public sealed class LastWrong(int examples) : IExampleMeasure
{
    private readonly float[] _last = new float[examples];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results => [("lastWrong", _last)];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        for (var i = 0; i < _last.Length; i++)
        {
            _last[i] = epoch.IsRight(i) ? _last[i] : epoch.Epoch;
        }
    }
}
