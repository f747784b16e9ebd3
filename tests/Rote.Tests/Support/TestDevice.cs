using Rote.Tensors;

namespace Rote.Tests.Support;

/// <summary>The device that tests of other devices take: that of ROTE_TEST_DEVICE, as in <c>ROTE_TEST_DEVICE=cuda dotnet test</c>. With
/// <c>cpu</c> the tests hold the processor against itself, which tries the tests.</summary>
internal static class TestDevice
{
    public const string Variable = "ROTE_TEST_DEVICE";

    /// <summary>The device; skips the test where none is asked for, or it is not there.</summary>
    /// <exception cref="InputException">The variable's value is no device.</exception>
    public static ComputeDevice Get()
    {
        var (device, reason) = Of(Environment.GetEnvironmentVariable(Variable), ComputeDevice.Find);
        Assert.SkipWhen(device is null, reason);
        return device!.Value;
    }

    /// <summary>The device of a value.</summary>
    /// <returns>Null, and why, where none is asked for or it is not there.</returns>
    /// <exception cref="InputException">The value is no device.</exception>
    public static (ComputeDevice? Device, string Reason) Of(string? value, Func<string, ComputeDevice> find)
    {
        if (string.IsNullOrEmpty(value))
        {
            return (null, $"{Variable} is not set; {Variable}=cuda compares a GPU with the processor.");
        }

        try
        {
            return (find(value), "");
        }
        catch (MachineException error)
        {
            return (null, $"{Variable} is {value}. {error.Message}");
        }
    }
}
