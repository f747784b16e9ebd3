using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Small sets of vectors made on the spot.</summary>
internal static class Vectors
{
    /// <summary>Vectors whose features have different units: the first tells the class, the second is large, the third is always
    /// 7.</summary>
    public static DatasetSplits Table(int train, int test, int classes = 3, long seed = 1) =>
        new(Of(Rows(train, classes, seed), classes, Split.Train), Of(Rows(test, classes, seed + 1), classes, Split.Test));

    /// <summary>The rows of such a set: features and class.</summary>
    public static (float[] Features, int Class)[] Rows(int count, int classes, long seed)
    {
        var stream = new Seeds(seed).Stream("sample");
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    (new[] { (5f * (i % classes)) + (float)stream.NextDouble(), 1000f * (float)stream.NextDouble(), 7f }, i % classes)
                ),
        ];
    }

    /// <summary>One number of a matrix [N, D] of float32.</summary>
    public static float At(Tensor values, int row, int column)
    {
        using var scope = NewDisposeScope();
        return values[row, column].item<float>();
    }

    /// <summary>The values of a tensor, whichever type of floating point holds them.</summary>
    public static double[] Values(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.to(float64).data<double>().ToArray();
    }

    /// <summary>A data set of given vectors, all of class 0 where no classes are given.</summary>
    public static Dataset Of(float[][] rows, IReadOnlyList<string>? names = null) =>
        Of([.. rows.Select(r => (r, 0))], 2, Split.Train, names);

    private static Dataset Of((float[] Features, int Class)[] rows, int classes, Split split, IReadOnlyList<string>? names = null)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            tensor(rows.SelectMany(r => r.Features).ToArray(), [rows.Length, rows[0].Features.Length], float32),
            tensor(rows.Select(r => (long)r.Class).ToArray(), int64),
            [.. Enumerable.Range(0, classes).Select(c => $"class {c}")],
            split,
            new Provenance("table", "made by the test", ""),
            featureNames: names
        );
    }
}
