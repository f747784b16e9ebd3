using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Rote.Foundation;

/// <summary>Room for the handler of null references on threads that have computed with AMX tiles.</summary>
/// <remarks>
/// .NET turns the signal of a followed null into an exception on a stack of its own, 12 KiB a thread. Linux puts the thread's registers
/// there first: 11 KiB once the thread has used tiles. Then the handler runs out of stack and the process ends with "Segmentation fault"
/// (.NET 10.0.12 on a processor with amx_bf16; seen where the Parquet library follows a null in a damaged file after a network was trained
/// on the thread). So such threads get a larger one. Neither stack is given back when the thread ends, 80 KiB of addresses and three
/// mappings, of which a process may have 65,530: it is for threads that are used again and again, as those of the pool are.
/// </remarks>
internal static class SignalStack
{
    private const int Size = 1 << 16;
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymous = 0x2 | 0x20;

    // Bit 24 of EDX, leaf 7: AMX tiles.
    private static readonly bool HasTiles =
        OperatingSystem.IsLinux() && X86Base.X64.IsSupported && (X86Base.CpuId(7, 0).Edx & (1 << 24)) != 0;

    [ThreadStatic]
    private static bool isLarge;

    /// <summary>Gives the thread a signal stack of 64 KiB; does nothing the second time, and where a processor has no tiles.</summary>
    public static void Ensure()
    {
        if (isLarge || !HasTiles)
        {
            return;
        }

        isLarge = true;
        var memory = Map(0, Size, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory == -1)
        {
            return; // no memory: all is as it was
        }

        var stack = new Stack { Pointer = memory, Length = Size };
        if (SetStack(ref stack, 0) != 0)
        {
            _ = Unmap(memory, Size);
        }
    }

    [DllImport("libc", EntryPoint = "sigaltstack")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetStack(ref Stack stack, nint former);

    [DllImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unmap(nint address, nint length);

    /// <summary><c>stack_t</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Stack
    {
        public nint Pointer;
        public int Flags;
        public nint Length;
    }
}
