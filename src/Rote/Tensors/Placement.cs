using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tensors;

/// <summary>Moves tensors and networks, and leaves alone what is in its place.</summary>
/// <remarks>TorchSharp's own <c>to</c> and <c>cpu</c> return a second handle of the same memory where nothing is to be moved: one more
/// object for every call, and one more that somebody must dispose. These return the tensor itself.</remarks>
internal static class Placement
{
    /// <summary>The tensor on a device.</summary>
    /// <param name="values">Any.</param>
    /// <param name="device">Where to.</param>
    /// <returns>The tensor itself where it is there, else a copy in the caller's dispose scope.</returns>
    public static Tensor On(this Tensor values, Device device) => IsOn(values, device) ? values : values.to(device);

    /// <summary>The tensor where managed code can read its memory.</summary>
    /// <param name="values">Any.</param>
    /// <returns>The tensor itself where it is on the processor, else a copy in the caller's dispose scope.</returns>
    public static Tensor OnCpu(this Tensor values) => values.device_type == DeviceType.CPU ? values : values.cpu();

    /// <summary>Moves parameters and buffers; an optimizer or an average of the network is made afterwards, because it holds on to
    /// them.</summary>
    /// <param name="network">Any.</param>
    /// <param name="device">Where to.</param>
    /// <returns>The network itself.</returns>
    /// <exception cref="MachineException">There is no such GPU, or it has no room for the network.</exception>
    public static Module<Tensor, Tensor> On(this Module<Tensor, Tensor> network, ComputeDevice device)
    {
        if (device.IsGpu)
        {
            device.Require();
            RequireRoom(network, device.Torch);
            network.to(device.Torch);
        }

        return network;
    }

    /// <summary>Asks for as much memory as a network takes: TorchSharp's move ends the process where there is none. Libtorch keeps what it
    /// was given, for the move.</summary>
    private static void RequireRoom(Module network, Device device)
    {
        var bytes = network.state_dict().Values.Sum(value => value.numel() * value.ElementSize);
        try
        {
            using var room = empty([bytes], uint8, device);
        }
        catch (Exception error) when (CudaSupport.IsOutOfMemory(error))
        {
            throw CudaSupport.OutOfMemory(error);
        }
    }

    /// <summary>Lets a tensor that lives from step to step follow to a device: it is moved once, and its place taken by the copy.</summary>
    /// <param name="held">Outside of dispose scopes, and still so afterwards.</param>
    /// <param name="device">Where to.</param>
    /// <returns>The tensor that is held now.</returns>
    public static Tensor Follow(ref Tensor held, Device device)
    {
        if (!IsOn(held, device))
        {
            var moved = held.to(device).DetachFromDisposeScope();
            held.Dispose();
            held = moved;
        }

        return held;
    }

    private static bool IsOn(Tensor values, Device device) =>
        values.device_type == device.type && (device.type != DeviceType.CUDA || values.device_index == Math.Max(device.index, 0));
}
