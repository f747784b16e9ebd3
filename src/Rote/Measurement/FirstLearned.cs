namespace Rote.Measurement;

/// <summary>The first epoch in which an example was predicted right when it was trained on; one more than the number of epochs if it never
/// was.</summary>
/// <param name="examples">N.</param>
/// <remarks>Networks learn rules first (Arpit et al. 2017, arXiv:1706.05394, section 3; as a score of examples: Mangalam and Prabhu 2019,
/// arXiv:1905.13277). docs/reference/measures/first-learned.md.</remarks>
public sealed class FirstLearned(int examples) : IExampleMeasure
{
    private readonly int[] _first = new int[examples];
    private int _epochs;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results =>
        [("firstLearned", Array.ConvertAll(_first, epoch => (float)(epoch == 0 ? _epochs + 1 : epoch)))];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        _epochs++;
        for (var i = 0; i < _first.Length; i++)
        {
            if (_first[i] == 0 && epoch.IsRight(i))
            {
                _first[i] = _epochs;
            }
        }
    }
}
