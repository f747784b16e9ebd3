using System.Buffers;
using Apache.Arrow.Memory;

namespace Rote.Data.Formats.Arrow;

/// <summary>Memory for the columns of an Arrow file, and none for a packed column that claims to be far larger than its file.</summary>
/// <param name="most">Bytes that one piece may take.</param>
internal sealed class BoundedAllocator(long most) : NativeMemoryAllocator
{
    private const long Least = 64 << 20;
    private const long Ratio = 1_024; // LZ4 packs by 255 at most; only constant columns are packed further

    /// <summary>For a file of a length in bytes.</summary>
    public static BoundedAllocator Of(long fileLength) => new(Least + (Ratio * fileLength));

    /// <exception cref="InvalidDataException">It is too much.</exception>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated) =>
        length <= most
            ? base.AllocateInternal(length, out bytesAllocated)
            : throw new InvalidDataException($"a packed column claims {length / 1e6:N0} MB");
}
