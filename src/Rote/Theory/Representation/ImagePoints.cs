using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.Representation;

/// <summary>Images as points: their pixels in the order of rows, columns, channels.</summary>
public sealed class ImagePoints : IPoints
{
    private const int RowsAChunk = 1024;

    private readonly Dataset _images;
    private readonly double[] _targets;

    /// <summary>Views images.</summary>
    /// <param name="images">The images; they belong to the caller, who must keep them as long as the points.</param>
    public ImagePoints(Dataset images)
    {
        _images = images;
        _targets = [.. images.Labels.data<long>().ToArray().Select(label => (double)label)];
    }

    /// <inheritdoc/>
    public string Name => _images.Provenance.Name;

    /// <inheritdoc/>
    public string Noun => _images.Noun;

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public int Dimension => _images.Height * _images.Width * _images.Channels;

    /// <inheritdoc/>
    public int Classes => _images.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<double> Targets => _targets;

    /// <inheritdoc/>
    public double[] Project(Direction direction, IProgress<TheoryProgress>? progress, CancellationToken cancel)
    {
        var projections = new double[Count];
        var chunks = (Count + RowsAChunk - 1) / RowsAChunk;
        var isBytes = _images.Pixels.dtype == ScalarType.Byte;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            cancel.ThrowIfCancellationRequested();
            var begin = chunk * RowsAChunk;
            var end = Math.Min(Count, begin + RowsAChunk);
            if (isBytes)
            {
                var rows = new Rows<byte>(_images.Pixels);
                Parallel.For(begin, end, i => projections[i] = direction.Project(rows[i]));
            }
            else
            {
                var rows = new Rows<float>(_images.Pixels);
                Parallel.For(begin, end, i => projections[i] = direction.Project(rows[i]));
            }

            progress?.Report(new TheoryProgress("Projecting", end, Count, "points"));
        }

        return Array.FindIndex(projections, z => !double.IsFinite(z)) is var bad and >= 0
            ? throw new InputException(
                $"{Name}: {NameOf(bad)} has a {(_images.IsVectors ? "value" : "pixel")} that is no finite number; expected numbers only."
            )
            : projections;
    }

    /// <inheritdoc/>
    public bool AreEqual(int first, int second) =>
        _images.Pixels.dtype == ScalarType.Byte
            ? new Rows<byte>(_images.Pixels)[first].SequenceEqual(new Rows<byte>(_images.Pixels)[second])
            : new Rows<float>(_images.Pixels)[first].SequenceEqual(new Rows<float>(_images.Pixels)[second]);

    /// <inheritdoc/>
    public string NameOf(int index) => _images.Rows[index].Name;
}
