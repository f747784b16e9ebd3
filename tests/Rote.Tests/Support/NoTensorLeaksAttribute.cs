using System.Reflection;
using TorchSharp;
using Xunit.v3;

namespace Rote.Tests.Support;

/// <summary>Fails a test that leaves a tensor alive: unscoped tensors die on the finalizer thread, in the middle of other work.</summary>
/// <remarks>
/// Counts this thread's live tensors, so tests are synchronous. <see cref="torch.Tensor.TotalCount"/> would count other threads' too, but
/// in TorchSharp 0.107.0 every parameter made from a tensor leaves it one too high for good.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long _before;
    private int _thread;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        (_before, _thread) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.CurrentManagedThreadId);

    /// <summary>Compares. An async test may end on another thread, whose count holds other tests' tensors; then nothing is known.</summary>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_thread == Environment.CurrentManagedThreadId)
        {
            Assert.Equal(_before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }
}
