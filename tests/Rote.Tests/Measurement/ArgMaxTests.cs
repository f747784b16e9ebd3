using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class ArgMaxTests
{
    [Theory]
    [InlineData(new[] { 0.2f, 0.5f, 0.3f }, 1, 1, 2)]
    [InlineData(new[] { 0.4f, 0.4f, 0.2f }, 0, 0, 1)]
    [InlineData(new[] { 0.4f, 0.4f, 0.2f }, 2, 0, 0)]
    [InlineData(new[] { -3f, -1f }, 1, 1, 0)]
    [InlineData(new[] { 0f, 0f }, 0, 0, 1)]
    public void The_first_of_the_largest_is_said_and_the_label_is_never_beside_itself(float[] row, int label, int likeliest, int beside) =>
        Assert.Equal((likeliest, beside), (ArgMax.Of(row), ArgMax.Beside(row, label)));
}
