using Rote.Storage.Tables;
using Rote.Tests.Support;

namespace Rote.Tests.Storage.Tables;

public sealed class NpyTableTests
{
    [Fact]
    public void A_table_has_the_bytes_that_numpy_writes()
    {
        float[] values = [0.5f, 0.25f, 0.25f, float.NaN, float.NaN, float.NaN];
        using var stream = new MemoryStream();
        NpyTable.Write(stream, 2, 3, row => values.AsMemory(3 * row, 3));
        Assert.Equal(NpyFiles.Floats(values, 2, 3), stream.ToArray());
        Assert.Equal(0, (stream.Length - (4 * values.Length)) % 64);
    }

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => NpyTable.Write(new MemoryStream(), 1, 3, _ => new float[2]));
}
