using System.Runtime.CompilerServices;

namespace Rote.Tensors;

/// <summary>Speaks before TorchSharp does: a program whose libtorch does not load gets one sentence at its first use of this
/// library.</summary>
/// <remarks>
/// Later is too late: TorchSharp catches what its search meets, copies 500 MB of libraries beside the program, and prints 75 lines that
/// name another cause.
/// A program that says when (<see cref="TorchLibrary.Load"/>), or does without tensors, switches this off: the AppContext switch
/// <c>Rote.LoadTorchLater</c>, as the rote command does, whose help should not wait for libtorch.
/// </remarks>
internal static class TorchStart
{
    private const string Later = "Rote.LoadTorchLater";

#pragma warning disable CA2255 // Whoever references the library cannot be asked to call this: their first call may be any.
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
