using Rote.Data.Formats.Pictures;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Packing.Sources;

/// <summary>Data that is read into memory first: catalog sets, and formats that are read whole.</summary>
internal sealed class LoadedSource : PackSource
{
    private readonly NamedData _data;

    public LoadedSource(NamedData data, string source)
    {
        _data = data;
        var (train, test) = (data.Data.Train, data.Data.Test);
        if (train.IsVectors || train.Pixels.dtype != ScalarType.Byte)
        {
            var found =
                train.Texts is not null ? "texts"
                : train.IsVectors ? "vectors"
                : "pictures whose values are no bytes";
            data.Dispose();
            throw new InputException($"{source} holds {found}, and pictures of 8 bits a value are packed; train on it as it is.");
        }

        Shape = new PictureShape(null, train.Height, train.Width);
        int[] labels = [.. train.Labels.data<long>().Concat(test.Labels.data<long>()).Select(label => (int)label)];
        var isTest = new bool[labels.Length];
        Array.Fill(isTest, true, train.Count, test.Count);

        // Data that was split while reading is already in the random order.
        var isSetAside = data.Data.Origin == SplitOrigin.SetAside;
        var (first, second) = isSetAside
            ? (Range(0, train.Count), Range(train.Count, test.Count))
            : PackPlan.Order(labels, train.Classes, isTest);
        Plan = new PackPlan
        {
            Name = data.Spec.Name,
            Source = $"{train.Provenance.Source}, packed",
            ClassNames = train.ClassNames,
            Labels = labels,
            Rows = train.Rows.Concat(test.Rows),
            Train = first,
            Test = second,
            TestIsSetAside = isSetAside,
        };
    }

    public override PackPlan Plan { get; }

    public override PictureShape Shape { get; }

    public override bool IsDecoded => false;

    public override void Each(TakePictures take, PictureShape shape, CancellationToken token)
    {
        var train = _data.Data.Train;
        Part(0, train);
        Part(train.Count, _data.Data.Test);

        void Part(int first, Dataset part)
        {
            using var scope = NewDisposeScope();
            var pixels = new Rows<byte>(part.Pixels.contiguous());
            take(
                first,
                part.Count,
                (picture, rows, row) =>
                {
                    var from = pixels[picture];
                    var to = rows[row];
                    if (from.Length == to.Length)
                    {
                        from.CopyTo(to);
                        return default;
                    }

                    for (var i = 0; i < to.Length; i++)
                    {
                        to[i] = from[i / 3]; // grey
                    }

                    return default;
                }
            );
        }
    }

    protected override void Dispose(bool disposing)
    {
        _data.Dispose();
        base.Dispose(disposing);
    }

    private static long[] Range(int start, int count) => [.. Enumerable.Range(start, count).Select(i => (long)i)];
}
