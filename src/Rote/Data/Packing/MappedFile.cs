using System.Collections.Concurrent;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Data.Packing;

/// <summary>Maps a part of a file as a tensor: the system reads pages on demand, and drops them when memory is short.</summary>
/// <remarks>
/// Mapped read-only and shared. <c>torch.from_file</c> maps either writable and private, which Linux counts as memory that may be needed
/// (a file of 60 GB was refused on a machine of 23 GB, "Cannot allocate memory"), or shared, which needs permission to write the file.
/// A mapped file that becomes shorter ends the process (SIGBUS); <see cref="RequireUnchanged"/> notices a file that was changed.
/// </remarks>
internal sealed unsafe class MappedFile
{
    private static readonly ConcurrentDictionary<nint, (MemoryMappedFile File, MemoryMappedViewAccessor View)> Maps = new();

    private readonly string _path;
    private readonly long _length;
    private readonly DateTime _written;

    private MappedFile(string path, long length, DateTime written) => (_path, _length, _written) = (path, length, written);

    /// <summary>Remembers a file as it is now.</summary>
    /// <param name="path">The file.</param>
    public static MappedFile Of(string path)
    {
        var info = new FileInfo(path);
        return new MappedFile(info.FullName, info.Length, info.LastWriteTimeUtc);
    }

    /// <summary>A part of the file as a tensor.</summary>
    /// <param name="offset">Its first byte, a multiple of the page size.</param>
    /// <param name="shape">Sizes of the tensor.</param>
    /// <returns>uint8; the mapping ends with the last tensor that shares its memory. Writing to it ends the process.</returns>
    /// <exception cref="IOException">It cannot be mapped.</exception>
    public Tensor Pixels(long offset, long[] shape)
    {
        var length = shape.Aggregate(1L, (product, size) => product * size);
        var file = MemoryMappedFile.CreateFromFile(
            new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete),
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false
        );
        var view = file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        Maps[(nint)start] = (file, view);
        fixed (long* sizes = shape)
        {
            var handle = NewTensor(
                start,
                &Release,
                sizes,
                shape.Length,
                (sbyte)ScalarType.Byte,
                (sbyte)ScalarType.Byte,
                (int)TorchSharp.DeviceType.CPU,
                -1,
                requiresGrad: 0
            );
            if (handle != 0)
            {
                return Tensor.UnsafeCreateTensor(handle);
            }
        }

        Unmap((nint)start);
        throw new InvalidOperationException("libtorch made no tensor of mapped memory.");
    }

    /// <summary>Throws unless the file is still the one that was checked when it was opened.</summary>
    /// <exception cref="InputException">It was removed, or its length or the time of its last change differs.</exception>
    public void RequireUnchanged()
    {
        var now = new FileInfo(_path);
        if (!now.Exists || now.Length != _length || now.LastWriteTimeUtc != _written)
        {
            throw new InputException(
                $"{_path} was {(now.Exists ? "changed" : "removed")} while it was used; put the file back as it was, and go on."
            );
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Release(void* start) => Unmap((nint)start);

    private static void Unmap(nint start)
    {
        if (Maps.TryRemove(start, out var map))
        {
            map.View.SafeMemoryMappedViewHandle.ReleasePointer();
            map.View.Dispose();
            map.File.Dispose();
        }
    }

    [DllImport("LibTorchSharp", EntryPoint = "THSTensor_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint NewTensor(
        byte* data,
        delegate* unmanaged[Cdecl]<void*, void> release,
        long* sizes,
        int dimensions,
        sbyte scalarType,
        sbyte elementType,
        int deviceType,
        int deviceIndex,
        byte requiresGrad
    );
}
