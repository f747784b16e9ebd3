using System.Reflection;

using TorchSharp;

using Xunit.v3;

namespace Rote.Tests.Support;

/// <summary>Fails a test that leaves a tensor alive: unscoped tensors die on the finalizer thread, in the middle of other work.</summary>
/// <remarks>Counts the tensors of the whole process, so tests run one at a time (see Parallelism.cs).</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long _before;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => _before = torch.Tensor.TotalCount;

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Assert.Equal(_before, torch.Tensor.TotalCount);
}
