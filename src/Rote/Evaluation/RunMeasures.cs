using System.Text.Json;
using Rote.Data;
using Rote.Measurement;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>Measures of a finished run's network, kept in the run's folder and computed once.</summary>
public static class RunMeasures
{
    /// <summary>The file of critical sample ratios, relative to the run's folder.</summary>
    internal static readonly string CriticalSamplesFile = Path.Combine("measures", "critical-samples.json");

    /// <summary>Returns the critical sample ratio on examples of the run's own data.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="part">The part; training examples are those that were trained on.</param>
    /// <param name="examples">The number of examples to search around, at least 1: the first ones, or all if there are fewer.</param>
    /// <param name="search">The box and the search.</param>
    /// <param name="load">Loads the whole data set (<see cref="DataSpec.Whole()"/>), which this method does not dispose. Called only if the
    /// run's folder lacks the ratio.</param>
    /// <param name="progress">Told the number of examples searched.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The ratio, computed with the run's weights in float32 whatever its training precision.</returns>
    /// <exception cref="InputException">A file of the run is damaged, the data is not the run's, or the part has no examples.</exception>
    /// <exception cref="MachineException">The ratio cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static CriticalSampleRatio CriticalSamples(
        FinishedRun run,
        EvaluationPart part,
        int examples,
        CriticalSearch search,
        Func<DataSpec, DatasetSplits> load,
        IProgress<int>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (examples < 1)
        {
            throw new InputException($"The number of examples to search around is {examples}, expected at least 1.");
        }

        var question = new CriticalSampleRatio
        {
            WeightsSha256 = run.Summary.WeightsSha256,
            Part = part.Name(),
            Radius = search.Radius,
            Iterations = search.Iterations,
            Examples = Math.Min(examples, Count(run, part)),
        };
        var path = Path.Combine(run.Folder, CriticalSamplesFile);
        if (Read(path).FirstOrDefault(known => known.Answers(question)) is { } kept)
        {
            return kept;
        }

        var answer = Measure(run, part, question, search, load, progress, cancel);
        using var alone = RunLock.Take(run.Folder); // another process may be adding another ratio
        AtomicFile.Sweep(Path.GetDirectoryName(path)!, [Path.GetFileName(path)]);
        CriticalSampleRatio[] all = [.. Read(path).Where(known => !known.Answers(answer)), answer];
        AtomicFile.WriteText(path, JsonSerializer.Serialize(all, RoteJson.Options) + "\n");
        return answer;
    }

    private static CriticalSampleRatio Measure(
        FinishedRun run,
        EvaluationPart part,
        CriticalSampleRatio question,
        CriticalSearch search,
        Func<DataSpec, DatasetSplits> load,
        IProgress<int>? progress,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        set_num_threads(run.Experiment.Threads);
        using var network = TrainedNetwork.Load(run, Precision.Float32);
        var whole = run.Experiment.Data.Whole();
        using var data = EvaluationData.From(network, new NamedData(whole, load(whole)), part);
        using var images = data.Images.Take(question.Examples);
        using var prepared = PreparedData.From(images, Precision.Float32);
        var found = Measurement.CriticalSamples.Of(
            network.Module,
            prepared.Inputs,
            search,
            new Seeds(run.Experiment.Seed),
            progress,
            cancel
        );
        var deviation = images.Pixels.flatten(1).to(float32).std(1, unbiased: false).mean().item<float>();
        return question with { Critical = found.IsCritical.Count(critical => critical), GreyLevels = search.Radius * deviation };
    }

    private static int Count(FinishedRun run, EvaluationPart part) =>
        part switch
        {
            EvaluationPart.Train => run.Summary.TrainCount,
            EvaluationPart.Test => run.Summary.TestCount,
            EvaluationPart.HeldOut => run.Summary.HeldOutCount
                ?? throw new InputException($"The run {Path.GetFileName(run.Folder)} held out no examples; choose another part."),
            _ => throw new InputException(
                "Critical samples are searched for among the training, the test or the held-out examples; choose one of them."
            ),
        };

    private static CriticalSampleRatio[] Read(string path)
    {
        try
        {
            return File.Exists(path) ? RunFiles.Read<CriticalSampleRatio[]>(path) : [];
        }
        catch (InputException error)
        {
            throw new InputException($"{path} cannot be read or is damaged; remove it, and what it held is measured again.", error);
        }
    }
}
