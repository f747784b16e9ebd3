using Rote.Complexity;
using Rote.Corruptions;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Complexity;

/// <summary>Measures of networks that are really trained.</summary>
public sealed class ComplexityReadingTests
{
    [Fact, NoTensorLeaks]
    public void Every_measure_is_a_number_and_the_same_again()
    {
        using var runs = new TinyRuns();
        var run = Finish(runs);
        var (one, other) = (ComplexityReading.Of(run, _ => runs.Data), ComplexityReading.Of(run, _ => runs.Data));
        Assert.Equal(ComplexityMeasure.All.Select(measure => measure.Name), one.Values.Keys);
        Assert.All(one.Values, pair => Assert.True(double.IsFinite(pair.Value), pair.Key));
        Assert.Equal(one.Values, other.Values);
        Assert.Equal(TinyRuns.Test, one.Tested);
        Assert.Equal(1 - run.Summary.TestAccuracy().Value, (one.EvenWrong + one.OddWrong) / 2, 1e-9);
    }

    [Fact]
    public void What_the_run_knows_is_read_from_it()
    {
        using var runs = new TinyRuns();
        var run = Finish(runs);
        var values = ComplexityReading.Of(run, _ => runs.Data).Values;
        Assert.Equal(run.History[1].TrainLoss, values["first-epoch"]);
        Assert.Equal(run.History[1].RunningLoss, values["code-length"]);
        Assert.Equal(run.History.Skip(1).Sum(epoch => epoch.RunningLoss!.Value), values["loss-sum"], 1e-12);
        Assert.Equal(4 * run.Summary.Epochs, values["steps"]); // 100 examples, 32 a step
        Assert.Equal(run.Summary.Parameters, values["parameters"]);
    }

    [Fact]
    public void A_run_that_stops_at_no_loss_is_refused_in_a_sentence()
    {
        using var runs = new TinyRuns();
        var run = runs.Finish();
        var error = Assert.Throws<InputException>(() => ComplexityReading.Of(run, _ => runs.Data));
        Assert.EndsWith("has no training loss of its first epoch.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_convolutions_is_refused_in_a_sentence()
    {
        using var runs = new TinyRuns(side: 12);
        var run = Finish(runs, TinyRuns.Experiment(network: new SmallResNet { Width = 4 }));
        var error = Assert.Throws<InputException>(() => ComplexityReading.Of(run, _ => runs.Data));
        Assert.Equal("These measures are of fully connected ReLU networks, and this network has other layers.", error.Message);
    }

    [Fact]
    public void Names_and_words_are_of_their_own()
    {
        Assert.True(ComplexityMeasure.All.Count >= 20);
        Assert.Equal(ComplexityMeasure.All.Count, ComplexityMeasure.All.Select(measure => measure.Name).Distinct().Count());
        Assert.Equal(ComplexityMeasure.All.Count, ComplexityMeasure.All.Select(measure => measure.Title).Distinct().Count());
        Assert.All(ComplexityMeasure.All, measure => Assert.Matches("^[a-z-]+$", measure.Name));
        Assert.All(ComplexityMeasure.All, measure => Assert.NotEqual("", measure.Formula + measure.Source));
        Assert.Equal("path norm", ComplexityMeasure.Find("path-norm").Title);
    }

    private static FinishedRun Finish(TinyRuns runs, Experiment? experiment = null)
    {
        var some = experiment ?? TinyRuns.Experiment(new PartiallyCorruptedLabels { Probability = 0.2 }, new Mlp { Hidden = [8, 8] });
        return runs.Finish(some with { Recipe = some.Recipe with { StopAtTrainLoss = 1, Epochs = 12 } });
    }
}
