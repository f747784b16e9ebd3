using System.Runtime.CompilerServices;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Foundation;

/// <summary>Without a larger signal stack a followed null ends the process on threads that have computed with AMX tiles: here that would be
/// the test process.</summary>
[NoTensorLeaks]
public sealed class SignalStackTests
{
    [Fact]
    public void A_followed_null_is_an_exception_on_a_thread_that_has_computed_with_tiles()
    {
        Exception? found = null;
        var thread = new Thread(() =>
        {
            using (var scope = NewDisposeScope())
            {
                var matrix = ones(512, 512, ScalarType.BFloat16);
                Assert.Equal(512, matrix.mm(matrix)[0, 0].to(ScalarType.Float32).item<float>());
            }

            SignalStack.Ensure();
            SignalStack.Ensure();
            found = Record.Exception(() => Nothing()!.Length);
        });
        thread.Start();
        thread.Join();
        Assert.IsType<NullReferenceException>(found);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Nothing() => null;
}
