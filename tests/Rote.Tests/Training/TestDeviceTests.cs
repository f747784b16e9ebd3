using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Training;

public sealed class TestDeviceTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("cuda", 0)]
    public void Without_a_device_tests_are_skipped_with_a_sentence(string? value, int gpus)
    {
        var (device, reason) = TestDevice.Of(value, Find(gpus));
        Assert.Null(device);
        Assert.StartsWith(TestDevice.Variable, reason, StringComparison.Ordinal);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu", 1)]
    [InlineData("cuda:-1", 1)]
    [InlineData("cuda:7", 1)]
    public void A_value_that_is_no_device_is_refused(string value, int gpus) =>
        Assert.Throws<InputException>(() => TestDevice.Of(value, Find(gpus)));

    [Fact]
    public void A_device_that_is_there_is_taken() => Assert.Equal(ComputeDevice.Cuda(), TestDevice.Of("cuda", Find(1)).Device);

    private static Func<string, ComputeDevice> Find(int gpus) =>
        name => ComputeDevice.Find(name, () => new CudaFindings(gpus, "there is none"));
}
