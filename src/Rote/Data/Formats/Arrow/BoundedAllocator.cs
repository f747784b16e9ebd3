using System.Buffers;
using Apache.Arrow.Memory;

namespace Rote.Data.Formats.Arrow;

/// <summary>Allocates memory for an Arrow file's columns, but refuses a compressed column that claims far more than its file.</summary>
/// <param name="most">The most bytes that one allocation may take.</param>
internal sealed class BoundedAllocator(long most) : NativeMemoryAllocator
{
    private const long Least = 64 << 20;
    private const long Ratio = 1_024; // LZ4 compresses by a factor of 255 at most; only constant columns compress further

    /// <summary>Returns an allocator for a file of the given length in bytes.</summary>
    public static BoundedAllocator Of(long fileLength) => new(Least + (Ratio * fileLength));

    /// <exception cref="InvalidDataException">The claimed length is too large.</exception>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated) =>
        length <= most
            ? base.AllocateInternal(length, out bytesAllocated)
            : throw new InvalidDataException($"a packed column claims {length / 1e6:N0} MB");
}
