using Rote.Data.Formats.Numpy;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats.Numpy;

[NoTensorLeaks]
public sealed class ArrayScaleTests
{
    private readonly Recorder _told = new();

    [Fact]
    public void One_value_a_little_over_1_changes_nothing_but_itself() =>
        Assert.Equal([0, 127.5f, 255], Scaled([0, 0.5f, 1.0000002f], isWhole: false));

    [Fact]
    public void The_symmetric_scale_is_read_and_said()
    {
        Assert.Equal([0, 127.5f, 255], Scaled([-1, 0, 1], isWhole: false));
        Assert.Contains("read on the scale -1 to 1", _told.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new float[] { 0, 0.5f, 0.7f, 3.7f })]
    [InlineData(new float[] { 0, 0.5f, 0.7f, 200 })]
    [InlineData(new float[] { 0, 1.5f, 2.7f, 3.7f })]
    public void A_scale_that_cannot_be_told_is_refused_with_the_range(float[] values) =>
        Assert.Contains(
            $"b has values from 0 to {values[3]}",
            Assert.Throws<InputException>(() => Scaled(values, isWhole: false)).Message.Replace(',', '.'),
            StringComparison.Ordinal
        );

    [Fact]
    public void Bytes_of_0_and_1_only_are_read_as_0_and_255_and_said()
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(new byte[] { 0, 1 });
        ArrayScale.Apply([(pixels, "b", true)], _told);
        Assert.Equal([0, 255], pixels.bytes.ToArray());
        Assert.EndsWith("b: the only values are 0 and 1, read as 0 and 255.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_8_bits_are_scaled_by_the_bits_they_use_and_said()
    {
        Assert.Equal([0, 255], Scaled([0, 4095], isWhole: true).Select(v => MathF.Round(v, 3)));
        Assert.EndsWith("read on the scale 0 to 4095.", _told.Notes, StringComparison.Ordinal);
        Assert.Equal([0, 16], Scaled([0, 16], isWhole: true));
    }

    private float[] Scaled(float[] values, bool isWhole)
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(values);
        ArrayScale.Apply([(pixels, "b", isWhole)], _told);
        return pixels.data<float>().ToArray();
    }
}
