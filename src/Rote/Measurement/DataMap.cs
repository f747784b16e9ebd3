namespace Rote.Measurement;

/// <summary>The place of an example on the data map. Confidence is the mean of its label's probability over the epochs, variability the
/// standard deviation; both in [0, 1].</summary>
/// <param name="examples">N.</param>
/// <remarks>Easy to learn: high confidence, low variability; ambiguous: high variability; hard to learn: both low, where wrong labels are.
/// Welford's method sums without loss of digits where the variability is low. docs/reference/measures/data-map.md. Source: Swayamdipta et
/// al. 2020 (arXiv:2009.10795), section 2.</remarks>
public sealed class DataMap(int examples) : IExampleMeasure
{
    private readonly double[] _mean = new double[examples];
    private readonly double[] _squares = new double[examples];
    private int _epochs;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results =>
        [
            ("confidence", Array.ConvertAll(_mean, mean => (float)mean)),
            ("variability", Array.ConvertAll(_squares, sum => (float)Math.Sqrt(sum / _epochs))),
        ];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        _epochs++;
        for (var i = 0; i < _mean.Length; i++)
        {
            var difference = epoch.LabelProbability[i] - _mean[i];
            _mean[i] += difference / _epochs;
            _squares[i] += difference * (epoch.LabelProbability[i] - _mean[i]);
        }
    }
}
