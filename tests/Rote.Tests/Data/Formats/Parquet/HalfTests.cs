using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Parquet;

/// <summary>16-bit floating point numbers in Parquet files.</summary>
[NoTensorLeaks]
public sealed class HalfTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_column_of_16_bit_numbers_is_read_to_the_bit()
    {
        Half[] values = [(Half)0.1f, (Half)(-65504), Half.Epsilon, (Half)0, (Half)1.5f, (Half)2];
        File.WriteAllBytes(_folder.File("t.parquet"), HalfParquet.Scalars("h", values, [0, 1, 0, 1, 0, 1]));
        using var data = DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"));
        Assert.Equal(["h"], data.Data.Train.FeatureNames);
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(values.Select(v => (double)v).Order(), Vectors.Values(all.Pixels).Order());
    }

    [Fact]
    public void A_value_that_is_not_finite_is_told_by_its_row()
    {
        File.WriteAllBytes(
            _folder.File("t.parquet"),
            HalfParquet.Scalars("h", [(Half)1, Half.PositiveInfinity, (Half)2, (Half)3], [0, 1, 0, 1])
        );
        Assert.Contains(
            "the first in row 1, column h",
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"))).Message,
            StringComparison.Ordinal
        );
    }
}
