using Rote.Data.Formats.Pictures;
using Rote.Data.Packing;
using Rote.Tensors;

namespace Rote.Data.Shapes;

/// <summary>Draws the pictures of <see cref="ManyShapes"/> as they are packed.</summary>
internal sealed class ManyShapesSource : PackSource
{
    private readonly Seeds _seeds = new(ShapeImages.DefaultSeed);
    private readonly ThreadLocal<Painter> _painter = new(() => new Painter());
    private readonly int _train;

    /// <param name="train">Number of training pictures.</param>
    public ManyShapesSource(int train)
    {
        _train = train;
        var test = ManyShapes.TestOf(train);
        Plan = new PackPlan
        {
            Name = ManyShapes.NameOf(train),
            Source = $"pictures drawn from seed {ShapeImages.DefaultSeed}",
            ClassNames = ManyShapes.ClassNames,
            Labels = [.. Labels(SeedStreams.ManyTrainLabels, train), .. Labels(SeedStreams.ManyTestLabels, test)],
            Rows = SourceRows.OfFiles([("train", train), ("test", test)]),

            // Labels are random, so the order in which the pictures are drawn is as random as any.
            Train = [.. Enumerable.Range(0, train).Select(i => (long)i)],
            Test = [.. Enumerable.Range(train, test).Select(i => (long)i)],
            TestIsSetAside = false,
        };
    }

    /// <inheritdoc/>
    public override PackPlan Plan { get; }

    /// <inheritdoc/>
    public override PictureShape Shape { get; } = new(null, Painter.Side, Painter.Side);

    /// <inheritdoc/>
    public override bool IsDecoded => false;

    /// <inheritdoc/>
    public override void Each(TakePictures take, PictureShape shape, CancellationToken token) =>
        take(
            0,
            Plan.Count,
            (picture, rows, row) =>
            {
                var split = picture < _train ? Split.Train : Split.Test;
                ShapeImages.Draw(_seeds, split, picture < _train ? picture : picture - _train, _painter.Value!, rows[row]);
                return default;
            }
        );

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _painter.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Each run of a thousand holds every label once, in random order: labels are balanced, and none is missing.</summary>
    private int[] Labels(string stream, int count)
    {
        var labels = new int[count];
        for (var start = 0; start < count; start += ManyShapes.Classes)
        {
            var order = _seeds.Permutation(stream, start / ManyShapes.Classes, ManyShapes.Classes);
            for (var i = start; i < Math.Min(count, start + ManyShapes.Classes); i++)
            {
                labels[i] = (int)order[i - start];
            }
        }

        return labels;
    }
}
