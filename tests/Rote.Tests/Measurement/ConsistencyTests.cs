using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class ConsistencyTests
{
    [Fact]
    public void It_is_the_share_of_networks_that_predict_the_label()
    {
        bool[] right = [true, false, true, true];
        var naive = right.Sum(r => r ? 1.0 : 0.0) / right.Length;
        var value = Consistency.Of(right.Count(r => r), right.Length);
        Assert.Equal((naive, Math.Sqrt(naive * (1 - naive) / 4), 4), (value.Value, value.StandardError, value.Samples));
        Assert.True(double.IsNaN(Consistency.Of(0, 0).Value));
    }
}
