using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Features of N examples that are made a few rows at a time, so that no second copy of all of them is in memory.</summary>
/// <param name="Count">N.</param>
/// <param name="Width">D.</param>
/// <param name="Type">The type of the values: float32 or bfloat16.</param>
/// <param name="Device">Where they are.</param>
/// <param name="At">Given [n] int64 rows: [n, D], in the caller's dispose scope.</param>
internal sealed record FeatureRows(int Count, int Width, ScalarType Type, Device Device, Func<Tensor, Tensor> At)
{
    /// <summary>Rows that are made together where all are needed.</summary>
    private const int Block = 4096;

    /// <summary>The rows of a tensor.</summary>
    /// <param name="features">[N, D]; still the caller's.</param>
    public static FeatureRows Of(Tensor features) =>
        new((int)features.shape[0], (int)features.shape[1], features.dtype, features.device, rows => features.index_select(0, rows));

    /// <summary>Rows that follow each other.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    public Tensor Part(int start, int count)
    {
        using var scope = NewDisposeScope();
        return At(arange(start, start + count, int64, Device)).MoveToOuterDisposeScope();
    }

    /// <summary>Some rows, brought to length 1; a row of zeros stays so.</summary>
    /// <param name="rows">[n] int64 which.</param>
    /// <returns>[n, D] of the features' type.</returns>
    public Tensor UnitAt(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var values = At(rows).to(float32);
        var length = values.square().sum([1L], keepdim: true).sqrt_().clamp_min_(1e-12f); // [n, 1]
        return (values / length).to(Type).MoveToOuterDisposeScope();
    }

    /// <summary>All rows of length 1, turned, so that a product with them reads memory in order.</summary>
    /// <param name="order">[N] which row comes where.</param>
    /// <returns>[D, N] contiguous.</returns>
    public Tensor UnitColumns(IReadOnlyList<int> order)
    {
        var columns = empty([Width, order.Count], Type, Device);
        for (var start = 0; start < order.Count; start += Block)
        {
            using var part = NewDisposeScope();
            var count = Math.Min(Block, order.Count - start);
            var rows = tensor([.. Enumerable.Range(start, count).Select(place => (long)order[place])], int64, Device);
            columns.narrow(1, start, count).copy_(UnitAt(rows).t());
        }

        return columns;
    }
}
