using System.Runtime.CompilerServices;
using Rote.Tensors;
using TorchSharp;

namespace Rote.Tests.Support;

/// <summary>Loads libtorch before any test, on one thread: results are pinned to a thread count.</summary>
internal static class OneThread
{
#pragma warning disable CA2255 // A test assembly is an application.
    [ModuleInitializer]
    public static void Load()
    {
        TorchLibrary.Load();
        torch.set_num_threads(1);
    }
#pragma warning restore CA2255
}
