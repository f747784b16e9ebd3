using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class LogitOutcomeTests
{
    [Fact]
    public void One_example_has_the_numbers_that_a_whole_epoch_gives_it()
    {
        const int Examples = 50;
        const int Classes = 5;
        using var scope = NewDisposeScope();
        var logits = new float[Examples * Classes];
        new Seeds(4).Stream("sample").FillGaussian(logits);
        var labels = Enumerable.Range(0, Examples).Select(i => (long)(i % Classes)).ToArray();
        var epoch = EpochOutputs.Of(1, arange(Examples), tensor(logits, [Examples, Classes]), tensor(labels));
        for (var i = 0; i < Examples; i++)
        {
            var row = logits.Skip(i * Classes).Take(Classes).Select(z => (double)z).ToArray();
            var outcome = LogitOutcome.Of(row, i % Classes);
            Assert.Equal(epoch.Margin[i], outcome.Margin, 1e-5);
            Assert.Equal(epoch.LabelProbability[i], outcome.LabelProbability, 1e-5);
            Assert.Equal(epoch.ErrorNorm[i], outcome.ErrorNorm, 1e-5);
        }
    }

    [Fact]
    public void Large_logits_do_not_overflow() => Assert.Equal(new LogitOutcome(-2000, 0, Math.Sqrt(2)), LogitOutcome.Of([-1000, 1000], 0));
}
