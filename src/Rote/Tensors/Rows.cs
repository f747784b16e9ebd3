using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>A contiguous CPU tensor seen as rows that several threads may fill at once, one row each.</summary>
/// <typeparam name="T">The tensor's element type.</typeparam>
/// <remarks>A lambda cannot capture a span, but it can capture this. The tensor must outlive it; the caller's dispose scope ensures
/// that.</remarks>
internal readonly unsafe struct Rows<T>
    where T : unmanaged
{
    private readonly T* _start;
    private readonly int _length;

    /// <summary>Views a tensor.</summary>
    /// <param name="tensor">[N, …] contiguous, on the CPU, of element type <typeparamref name="T"/>.</param>
    /// <exception cref="ArgumentException">The tensor is not contiguous, not on the CPU, or of another element size.</exception>
    public Rows(Tensor tensor)
    {
        if (!tensor.is_contiguous() || tensor.device_type != TorchSharp.DeviceType.CPU || tensor.ElementSize != sizeof(T))
        {
            throw new ArgumentException(
                $"Rows of {typeof(T).Name} need a contiguous CPU tensor of that type; found {tensor.dtype} on {tensor.device}.",
                nameof(tensor)
            );
        }

        Count = tensor.shape[0];
        _length = Count == 0 ? 0 : checked((int)(tensor.numel() / Count));
        using var first = tensor.narrow(0, 0, Math.Min(1, Count)); // a span of all rows would end at 2 GiB
        _start = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; }

    /// <summary>The address of the first row.</summary>
    public nint Start => (nint)_start;

    /// <summary>The address behind the last row.</summary>
    public nint End => (nint)(_start + (Count * _length));

    /// <summary>One row, as a view of the tensor's memory.</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    public Span<T> this[long index] =>
        (ulong)index < (ulong)Count
            ? new Span<T>(_start + (index * _length), _length)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} rows.");
}
