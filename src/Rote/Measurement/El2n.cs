namespace Rote.Measurement;

/// <summary>EL2N: the mean norm of an example's error vector (probabilities minus one-hot label) over the first epochs; in [0,
/// √2].</summary>
/// <param name="examples">N.</param>
/// <param name="epochs">The number of first epochs, at least 1.</param>
/// <remarks>docs/reference/measures/el2n.md. Source: Paul, Ganguli and Dziugaite 2021 (arXiv:2107.07075), definition 2.2: the score of one
/// early epoch, averaged over networks. Here it is also averaged over the first epochs, because one network is noisy.</remarks>
public sealed class El2n(int examples, int epochs) : IExampleMeasure
{
    private readonly double[] _sum = new double[examples];
    private int _seen;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results => [("el2n", Array.ConvertAll(_sum, sum => (float)(sum / _seen)))];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        if (_seen == epochs)
        {
            return;
        }

        _seen++;
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] += epoch.ErrorNorm[i];
        }
    }
}
