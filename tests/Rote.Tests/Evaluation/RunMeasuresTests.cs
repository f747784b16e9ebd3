using Rote.Corruptions;
using Rote.Evaluation;
using Rote.Measurement;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Evaluation;

[NoTensorLeaks]
public sealed class RunMeasuresTests : IDisposable
{
    private static readonly CriticalSearch Search = new() { Radius = 0.3, Iterations = 10 };

    private readonly TinyRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(EvaluationPart.Train, 100)]
    [InlineData(EvaluationPart.Test, 60)]
    public void A_ratio_that_was_asked_for_before_is_read_and_not_computed(EvaluationPart part, int count)
    {
        var run = _runs.Finish(TinyRuns.Experiment(new PartiallyCorruptedLabels { Probability = 0.5 }, precision: Precision.BFloat16));
        var first = RunMeasures.CriticalSamples(run, part, 1000, Search, _ => _runs.Data);
        Assert.Equal((count, count), (first.Examples, first.Ratio.Samples));
        Assert.InRange(first.Critical, 1, count);
        Assert.InRange(first.GreyLevels, 0.3 * 30, 0.3 * 90); // bytes of 0 to 249 deviate by some 50
        Assert.Equal(
            first,
            RunMeasures.CriticalSamples(run, part, count, Search, _ => throw new InvalidOperationException("The data is not needed."))
        );
    }

    [Fact]
    public void Answers_to_several_questions_stand_side_by_side_and_are_the_same_bits_again()
    {
        var run = _runs.Finish();
        CriticalSampleRatio[] answers =
        [
            Measure(EvaluationPart.Test, 10, Search),
            Measure(EvaluationPart.Test, 20, Search),
            Measure(EvaluationPart.Train, 10, Search),
            Measure(EvaluationPart.Test, 10, Search with { Radius = 0.01 }),
        ];
        var file = Path.Combine(run.Folder, RunMeasures.CriticalSamplesFile);
        Assert.Equal(answers, RunFiles.Read<CriticalSampleRatio[]>(file));
        Assert.True(answers[0].Critical <= answers[1].Critical);
        var before = File.ReadAllText(file);
        File.Delete(file);
        foreach (
            var (part, count, search) in new[]
            {
                (EvaluationPart.Test, 10, Search),
                (EvaluationPart.Test, 20, Search),
                (EvaluationPart.Train, 10, Search),
                (EvaluationPart.Test, 10, Search with { Radius = 0.01 }),
            }
        )
        {
            Measure(part, count, search);
        }

        Assert.Equal(before, File.ReadAllText(file));
        Assert.Equal(RunState.Finished, _runs.Store.Get(run.Folder).State);

        CriticalSampleRatio Measure(EvaluationPart part, int count, CriticalSearch search) =>
            RunMeasures.CriticalSamples(run, part, count, search, _ => _runs.Data);
    }

    [Fact]
    public void What_cannot_be_measured_is_one_sentence()
    {
        var run = _runs.Finish();
        Assert.Contains("held out no examples; choose another part.", Refuse(EvaluationPart.HeldOut, 10), StringComparison.Ordinal);
        Assert.Contains(
            "the training, the test or the held-out examples; choose one of them",
            Refuse(EvaluationPart.All, 10),
            StringComparison.Ordinal
        );
        Assert.Contains("is 0, expected at least 1", Refuse(EvaluationPart.Test, 0), StringComparison.Ordinal);
        var file = Path.Combine(run.Folder, RunMeasures.CriticalSamplesFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "[{]");
        Assert.Contains("; remove it, and what it held is measured again.", Refuse(EvaluationPart.Test, 10), StringComparison.Ordinal);

        File.Delete(file);
        foreach (var part in new[] { EvaluationPart.Test, EvaluationPart.Train })
        {
            Assert.Equal(10, RunMeasures.CriticalSamples(run, part, 10, Search, _ => _runs.Data).Examples);
        }

        string Refuse(EvaluationPart part, int count) =>
            Assert.Throws<InputException>(() => RunMeasures.CriticalSamples(run, part, count, Search, _ => _runs.Data)).Message;
    }
}
