namespace Rote.Measurement;

/// <summary>AUM, the area under the margin: the mean over the epochs of an example's margin when it was trained on, in logit
/// units.</summary>
/// <param name="examples">N.</param>
/// <remarks>An example's own gradient pulls it to its wrong label, those of its true class pull it away, so its margin stays low for long.
/// docs/reference/measures/area-under-the-margin.md. Source: Pleiss, Zhang, Elenberg and Weinberger 2020 (arXiv:2001.10528), equation
/// 2.</remarks>
public sealed class AreaUnderMargin(int examples) : IExampleMeasure
{
    private readonly double[] _sum = new double[examples];
    private int _epochs;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, float[] Values)> Results => [("aum", Array.ConvertAll(_sum, sum => (float)(sum / _epochs)))];

    /// <inheritdoc/>
    public void Add(EpochOutputs epoch)
    {
        _epochs++;
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] += epoch.Margin[i];
        }
    }
}
