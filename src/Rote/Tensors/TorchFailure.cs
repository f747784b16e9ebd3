using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

using TorchSharp;

namespace Rote.Tensors;

/// <summary>Speaks before TorchSharp does where a program has not called <see cref="TorchLibrary.Load"/> and libtorch does not load: one sentence, not its 75 lines.</summary>
/// <remarks>The runtime asks this last, after every folder where the library may lie. What is thrown here comes out of TorchSharp's attempt, so it never begins to copy.</remarks>
internal static class TorchFailure
{
    // Looking for the reason makes the runtime ask again.
    [ThreadStatic]
    private static bool t_isLooking;

    /// <summary>Runs when the first member of this library is used; costs no loading of libtorch.</summary>
#pragma warning disable CA2255 // Whoever references the library cannot be asked to call this: their first call may be any.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Watch()
    {
        var context = AssemblyLoadContext.GetLoadContext(typeof(TorchFailure).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Explain;
    }

    /// <summary>Does work that tries libraries one by one and tells the reason itself.</summary>
    public static T Quietly<T>(Func<T> look)
    {
        var before = t_isLooking;
        t_isLooking = true;
        try
        {
            return look();
        }
        finally
        {
            t_isLooking = before;
        }
    }

    private static IntPtr Explain(Assembly assembly, string name)
    {
        if (!t_isLooking && TorchLibrary.IsOne(name) && assembly == typeof(torch).Assembly)
        {
            TorchLibrary.Load();
        }

        return IntPtr.Zero;
    }
}
