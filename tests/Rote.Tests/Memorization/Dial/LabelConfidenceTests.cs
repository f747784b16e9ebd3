using Rote.Memorization.Dial;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Memorization.Dial;

[NoTensorLeaks]
public sealed class LabelConfidenceTests
{
    [Fact]
    public void Trust_is_a_running_average_of_the_belief_in_the_label_given()
    {
        using var scope = NewDisposeScope();
        var trust = new LabelConfidence(3);
        var order = tensor(new long[] { 2, 0, 1 });
        var labels = tensor(new long[] { 1, 0, 1 }); // of examples 2, 0, 1
        var sure = tensor(new float[] { 0, 0, 0, 0, 0, 0 }, [3, 2]); // a half each
        trust.Update(sure, labels, order, isFrozen: false);
        Assert.Equal([0.5f, 0.5f, 0.5f], trust.Values.data<float>().ToArray());

        var logit = (float)Math.Log(3); // three quarters for class 1
        trust.Update(tensor(new[] { 0, logit, 0, logit, 0, logit }, [3, 2]), labels, order, isFrozen: false);
        Assert.Equal([0.425, 0.575, 0.575], trust.Values.data<float>().ToArray().Select(value => Math.Round(value, 6)));
        Assert.Equal([0f, 1f, 1f], trust.Fitted.data<float>().ToArray());

        trust.Update(tensor(new[] { logit, 0, logit, 0, logit, 0 }, [3, 2]), labels, order, isFrozen: true);
        Assert.Equal([0.425, 0.575, 0.575], trust.Values.data<float>().ToArray().Select(value => Math.Round(value, 6)));
        Assert.Equal([1f, 0f, 0f], trust.Fitted.data<float>().ToArray());
        trust.Values.Dispose();
        trust.Fitted.Dispose();
    }
}
