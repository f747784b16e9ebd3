using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>The GPUs that libtorch can use.</summary>
/// <param name="Count">How many.</param>
/// <param name="Reason">Where there is none: what was found, and what to do, as a part of a sentence.</param>
public readonly record struct CudaFindings(int Count, string Reason);

/// <summary>Looks for GPUs, so that nothing but a sentence comes of finding none.</summary>
public static class CudaSupport
{
    /// <summary>The environment variable with the GPUs that a process sees, and their order.</summary>
    internal const string Visible = "CUDA_VISIBLE_DEVICES";

    /// <summary>Libtorch's part for GPUs, which the usual build does not have.</summary>
    internal const string Library = "torch_cuda";

    private static readonly string[] Full = ["CUDA out of memory", "CUDA error: out of memory", "_STATUS_ALLOC_FAILED"];

    /// <summary>Counts the GPUs that libtorch can use.</summary>
    /// <returns>None where this build has libtorch for the processor alone, as builds without <c>-p:Torch=cuda</c> have.</returns>
    /// <exception cref="MachineException">Libtorch itself does not load.</exception>
    public static CudaFindings Look()
    {
        TorchLibrary.Load();

        // Not by TorchSharp: where the library fails to load it prints its attempts.
        if (TorchLibrary.TryLoad(Library) is { } problem)
        {
            return new CudaFindings(
                0,
                problem == TorchLibrary.NotThere(Library)
                    ? "this build of Rote has libtorch for the processor only: build it with -p:Torch=cuda on a machine with a GPU"
                    : $"libtorch's part for GPUs does not load ({problem}): install what it lacks"
            );
        }

        try
        {
            var count = cuda.is_available() ? cuda.device_count() : 0;
            return new CudaFindings(
                count,
                count > 0 ? "" : "libtorch finds none: install the driver of the GPU, and see that CUDA_VISIBLE_DEVICES does not hide it"
            );
        }
        catch (Exception error) when (error is ExternalException or InvalidOperationException or NotSupportedException)
        {
            return new CudaFindings(0, $"CUDA does not start ({error.Message.Split('\n')[0].TrimEnd('.')}): mend its installation");
        }
    }

    /// <summary>The name that CUDA gives one of the GPUs that this process sees.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="visible">The value of <see cref="Visible"/> in this process; null: it is not set.</param>
    /// <returns>What a process must have there to see that GPU alone, as its first.</returns>
    internal static string Name(int index, string? visible) =>
        visible?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { } names && index < names.Length
            ? names[index]
            : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether an error says that a GPU's memory is full.</summary>
    /// <param name="error">Any.</param>
    /// <remarks>TorchSharp throws all errors of libtorch as one type. "CUDA out of memory. Tried to allocate …" is the allocator's text;
    /// cuBLAS and cuDNN say CUBLAS_STATUS_ALLOC_FAILED and CUDNN_STATUS_ALLOC_FAILED.</remarks>
    public static bool IsOutOfMemory(Exception error) =>
        error is ExternalException && Full.Any(text => error.Message.Contains(text, StringComparison.Ordinal));

    /// <summary>The sentence for <see cref="IsOutOfMemory"/>.</summary>
    /// <param name="cause">The error.</param>
    public static MachineException OutOfMemory(Exception cause) =>
        new(
            $"The GPU's memory is full: use fewer examples ({Setting.Examples}) or a smaller network, or set {Setting.Device} to cpu.",
            cause
        );
}
