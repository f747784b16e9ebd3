using System.Runtime.CompilerServices;

namespace Rote.Tensors;

/// <summary>Loads libtorch before TorchSharp does: if that fails, a program gets one sentence at its first use of this library.</summary>
/// <remarks>
/// Later is too late: TorchSharp catches its loading errors, copies 500 MB of libraries beside the program, and prints 75 lines that name
/// another cause. The AppContext switch <c>Rote.LoadTorchLater</c> turns this off, for a program that calls <see cref="TorchLibrary.Load"/>
/// itself or needs no tensors. The rote command sets it, because its help should not wait for libtorch.
/// </remarks>
internal static class TorchStart
{
    private const string Later = "Rote.LoadTorchLater";

#pragma warning disable CA2255 // A user of the library cannot be asked to call this: the first call may be any.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load()
    {
        if (!AppContext.TryGetSwitch(Later, out var isLater) || !isLater)
        {
            TorchLibrary.Load();
        }
    }
}
