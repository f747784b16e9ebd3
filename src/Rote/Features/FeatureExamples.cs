using Rote.Experiments;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>The examples that features are measured on: some that the network was trained on, and some that it was not.</summary>
internal sealed class FeatureExamples : IDisposable
{
    private FeatureExamples(PreparedData train, PreparedData test) => (Train, Test) = (train, test);

    /// <summary>Training examples in random order, with the labels that the run was given, as its network sees them.</summary>
    public PreparedData Train { get; }

    /// <summary>Test examples in random order, with true labels.</summary>
    public PreparedData Test { get; }

    /// <summary>[N] the rows of the training examples in the run's whole training set.</summary>
    public required long[] Rows { get; init; }

    /// <summary>[N] the training examples' true labels.</summary>
    public required long[] Truth { get; init; }

    /// <summary>[N] the labels that the run was given.</summary>
    public required long[] Given { get; init; }

    /// <summary>[M] the test examples' labels.</summary>
    public required long[] Tested { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether the examples are pictures, and were not shuffled or replaced by noise.</summary>
    public required bool ArePictures { get; init; }

    /// <summary>Draws them.</summary>
    /// <param name="experiment">The run's experiment.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="count">The most examples of each kind, at least 1.</param>
    /// <returns>The examples, which the caller owns.</returns>
    public static FeatureExamples Draw(Experiment experiment, RunInputs inputs, int count)
    {
        var (train, test) = (inputs.Data.Images.Train, inputs.Data.Images.Test);
        var kept = inputs.Rows?.Kept ?? [.. Enumerable.Range(0, train.Count).Select(row => (long)row)];
        var rows = Some(kept, count, inputs.Seeds, "train");
        var tested = Some([.. Enumerable.Range(0, test.Count).Select(row => (long)row)], count, inputs.Seeds, "test");
        using var chosenTrain = train.Select(rows);
        using var chosenTest = test.Select(tested);
        return new FeatureExamples(
            PreparedData.From(chosenTrain, experiment.Recipe.Precision),
            PreparedData.From(chosenTest, experiment.Recipe.Precision)
        )
        {
            Rows = rows,
            Truth = [.. rows.Select(row => inputs.Data.TrueLabels[(int)row])],
            Given = chosenTrain.Labels.data<long>().ToArray(),
            Tested = chosenTest.Labels.data<long>().ToArray(),
            Classes = train.Classes,
            ArePictures = !train.IsVectors && !experiment.Corruption.ReplacesPixels,
        };
    }

    /// <summary>The labels that another run of the same data gave to the same training examples.</summary>
    /// <param name="inputs">The other run's inputs.</param>
    public long[] GivenBy(RunInputs inputs)
    {
        using var labels = inputs.Data.Images.Train.Labels.index_select(0, tensor(Rows, int64));
        return labels.data<long>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    private static long[] Some(long[] rows, int count, Seeds seeds, string split)
    {
        long[] order = [.. rows];
        seeds.Stream(SeedStreams.FeatureExamples + split).Shuffle<long>(order);
        return order[..Math.Min(count, order.Length)];
    }
}
