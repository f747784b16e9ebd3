using System.Runtime.InteropServices;
using Rote.Tensors;
using TorchSharp;

namespace Rote.Tests.Tensors;

public sealed class ComputeDeviceTests
{
    private const string NoGpu = "this build has none: build another";

    [Theory]
    [InlineData("cpu", 0, "cpu")]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda")]
    [InlineData("cuda", 1, "cuda")]
    [InlineData("cuda:0", 1, "cuda")]
    [InlineData("cuda:1", 2, "cuda:1")]
    public void A_name_is_the_device_of_the_machine(string name, int gpus, string expected) =>
        Assert.Equal(expected, ComputeDevice.Find(name, () => new CudaFindings(gpus, NoGpu)).ToString());

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1.0")]
    [InlineData("cuda:99999999999")]
    [InlineData("cuda0")]
    [InlineData("cuda:０")]
    public void What_is_no_name_is_refused_before_the_machine_is_looked_at(string name) =>
        Assert.Throws<InputException>(() => ComputeDevice.Find(name, () => throw new InvalidOperationException("looked")));

    [Fact]
    public void The_processor_is_taken_without_a_look_at_GPUs() =>
        Assert.Equal(ComputeDevice.Cpu, ComputeDevice.Find("cpu", () => throw new InvalidOperationException("looked")));

    [Fact]
    public void A_GPU_that_is_not_there_is_answered_with_what_was_found_and_what_to_do()
    {
        Assert.Equal(
            "This needs a GPU, and this build has none: build another; or set the device to cpu.",
            Assert.Throws<MachineException>(() => ComputeDevice.Find("cuda", () => new CudaFindings(0, NoGpu))).Message
        );
        Assert.Equal(
            "The device is cuda:99, and libtorch finds 2 GPUs here: give a number below 2.",
            Assert.Throws<InputException>(() => ComputeDevice.Find("cuda:99", () => new CudaFindings(2, ""))).Message
        );
    }

    // This project is built with libtorch for the processor, and so are its tests.
    [Fact]
    public void This_build_has_no_GPU_and_says_why()
    {
        if (torch.cuda.is_available())
        {
            Assert.Skip("There is a GPU.");
        }

        var found = CudaSupport.Look();
        Assert.Equal(0, found.Count);
        Assert.NotEmpty(found.Reason);
        Assert.Equal(ComputeDevice.Cpu, ComputeDevice.Find("auto"));
    }

    [Theory]
    [InlineData(1, null, "1")]
    [InlineData(1, "", "1")]
    [InlineData(0, "3,5", "3")]
    [InlineData(1, "3, 5", "5")]
    [InlineData(1, "GPU-a,GPU-b", "GPU-b")]
    [InlineData(2, "3,5", "2")]
    public void A_process_that_shall_see_one_GPU_is_told_CUDAs_own_name_of_it(int index, string? visible, string expected) =>
        Assert.Equal(expected, CudaSupport.Name(index, visible));

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 8 GiB", true)]
    [InlineData("CUDA error: out of memory\nCUDA kernel errors might be …", true)]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true)]
    [InlineData("Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!", false)]
    [InlineData("CUDA error: an illegal memory access was encountered", false)]
    public void A_full_GPU_is_told_from_other_failures(string message, bool expected)
    {
        Assert.Equal(expected, CudaSupport.IsOutOfMemory(new LibtorchError(message)));
        Assert.False(CudaSupport.IsOutOfMemory(new InvalidOperationException(message)));
    }

    private sealed class LibtorchError(string message) : ExternalException(message);
}
