using System.Text.Json;
using System.Text.RegularExpressions;
using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests.Memorization;

/// <summary>Whole runs that are trained once for every degree, on pictures of noise: all there is to learn is labels by rote.</summary>
[NoTensorLeaks]
public sealed class AdjustableFlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _noise = Samples.Noise(1200, 200);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Canaries = new CanaryPlan { Steering = 25, HeldOut = 25 },
            Control = new AdjustableMemorization(),
            Network = new Mlp { Hidden = [256] },
            Recipe = new Recipe
            {
                Epochs = 60,
                BatchSize = 32,
                WeightDecay = 5e-4,
                AverageDecay = 0.97,
                HoldOut = 0.1,
                Schedule = new ConstantSchedule(),
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    public void Dispose()
    {
        _noise.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)] // in the learning phase
    [InlineData(14)] // while little is memorized
    [InlineData(30)] // while all is
    public void A_resumed_run_ends_with_the_bits_of_an_uninterrupted_one(int stopAfter)
    {
        var whole = Run("whole");
        Assert.Equal([0, 2, 19], Stages(whole));
        Assert.All(whole.History.Where(m => m.Epoch <= 19), m => Assert.Null(m.ExpectedMemorization)); // little is to be memorized then
        Assert.NotNull(whole.History[^1].ExpectedMemorization);
        Interruption.After(stopAfter, Sample, Store("cut"), _noise);
        var resumed = Run("cut");
        Assert.Equal(whole.Summary, resumed.Summary);
        Assert.Equal(Bytes(whole, AdjustableFiles.Table), Bytes(resumed, AdjustableFiles.Table));
        Assert.Equal(Bytes(whole, AdjustableFiles.Weights), Bytes(resumed, AdjustableFiles.Weights));
    }

    [Fact]
    public void The_table_counts_what_the_network_set_to_a_degree_predicts()
    {
        var run = Run("a");
        var table = run.Degrees()!;
        Assert.InRange(table.Least, 0, 0.2);
        Assert.Equal(1, table.Most);
        using var inputs = RunInputs.Prepare(run.Experiment, _ => _noise);
        using var sets = inputs.Sets(run.Experiment.Recipe);
        foreach (var degree in new[] { table.Least, 0.5, 1 })
        {
            using var network = TrainedNetwork.Load(run, degree: degree);
            var row = table.At(degree)!;
            Assert.Equal(degree, network.Degree);
            Assert.Equal(
                (row.TestCorrect, row.HeldOutCorrect),
                ((int)Evaluator.CountCorrect(network.Module, sets.Test), (int)Evaluator.CountCorrect(network.Module, sets.HeldOut!))
            );
            var places = CanaryPlaces.Of(inputs.Data.Canaries!, sets);
            var hits = new[] { places.Steering, places.HeldOut }.Sum(rows =>
                new MemorizationSensor(sets, 4, rows).Read(network.Module).Hits
            );
            Assert.Equal(row.Canaries.Hits, hits);
        }
    }

    [Fact]
    public void Wrong_labels_that_are_no_canaries_are_counted_at_each_degree_and_set_none()
    {
        var run = Flow.Run(Sample with { Corruption = new PartiallyCorruptedLabels { Probability = 0.5 } }, Store("wrong"), _ => _noise);
        var table = run.Degrees()!;
        Assert.Equal(run.Summary.ChangedCount, table.ChangedCount);
        Assert.Equal(run.Summary.MemorizedCount, table.At(1)!.MemorizedCount);
        Assert.Equal(1, table.TrueMemorization(table.At(1)!)!.Value, 0.02);
        Assert.Equal(0.5, table.TrueMemorization(table.At(0.5)!)!.Value, 0.15); // 50 canaries, and the interval is ± 0.14
        var unknown = Run("unknown").Degrees()!;
        Assert.Null(unknown.TrueMemorization(unknown.At(1)!));
    }

    [Fact]
    public void At_one_both_together_are_the_network_of_the_run()
    {
        var run = Run("a");
        var row = run.Degrees()!.At(1)!;
        Assert.Equal((run.Summary.TestCorrect, run.Summary.HeldOutCorrect), (row.TestCorrect, row.HeldOutCorrect));
        using var own = Safetensors.Read(Path.Combine(run.Folder, RunFiles.Weights));
        using var both = Safetensors.Read(Path.Combine(run.Folder, AdjustableFiles.Weights));
        Assert.Equal(2 * own.Tensors.Count, both.Tensors.Count);
        Assert.All(own.Tensors, t => Assert.Equal(t.Value.bytes.ToArray(), both.Tensors[$"high.{t.Key}"].bytes.ToArray()));
        Assert.All(own.Tensors, t => Assert.NotEqual(t.Value.bytes.ToArray(), both.Tensors[$"low.{t.Key}"].bytes.ToArray()));
    }

    [Fact]
    public void The_page_has_a_slider_with_every_degree()
    {
        var run = Run("a");
        var stored = Store("a").Get(run.Folder);
        var page = RunReport.ToHtml(stored);
        Assert.Contains($"max=\"{run.Degrees()!.Degrees.Count - 1}\"", page, StringComparison.Ordinal);
        Assert.Contains("script-src ", page, StringComparison.Ordinal);
        File.Delete(Path.Combine(run.Folder, AdjustableFiles.Table));
        Assert.DoesNotContain("degree-slider\"", RunReport.ToHtml(stored), StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_epochs_than_phases_are_refused()
    {
        var error = Assert.Throws<InputException>(() => (Sample with { Recipe = Sample.Recipe with { Epochs = 2 } }).RequireConsistent());
        Assert.Contains("takes 3 epochs at least", error.Message, StringComparison.Ordinal);
        (Sample with { Recipe = Sample.Recipe with { Epochs = 3 } }).RequireConsistent();
    }

    [Fact]
    public void A_run_with_one_network_has_one_degree()
    {
        var run = Flow.Run(
            Sample with
            {
                Control = new MemorizationDial { Target = 1 },
                Recipe = Sample.Recipe with { Epochs = 3 },
            },
            Store("a"),
            _ => _noise
        );
        Assert.Null(run.Degrees());
        var error = Assert.Throws<InputException>(() => TrainedNetwork.Load(run, degree: 0.5));
        Assert.Contains("has one network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        var short_ = Sample with { Recipe = Sample.Recipe with { Epochs = 30 } };
        var run = Flow.Run(short_, Store("a"), _ => _noise);
        var other = Flow.Run(short_ with { Seed = 2 }, Store("a"), _ => _noise);
        var degree = run.Degrees()!.Least;
        var (weights, table) = (Path.Combine(run.Folder, AdjustableFiles.Weights), Path.Combine(run.Folder, AdjustableFiles.Table));
        File.Copy(Path.Combine(other.Folder, AdjustableFiles.Weights), weights, overwrite: true);
        Assert.Contains("belongs to another run", Refuse(), StringComparison.Ordinal);
        File.Delete(weights);
        Assert.Contains(AdjustableFiles.Weights, Refuse(), StringComparison.Ordinal);
        File.WriteAllText(table, File.ReadAllText(table).Replace("\"degrees\": [", "\"degrees\": [null,", StringComparison.Ordinal));
        Assert.Contains("a degree is missing", Refuse(), StringComparison.Ordinal);
        File.WriteAllText(table, "{");
        Assert.Contains(AdjustableFiles.Table, Refuse(), StringComparison.Ordinal);

        string Refuse() => Assert.Throws<InputException>(() => TrainedNetwork.Load(run, degree: degree)).Message;
    }

    [Theory]
    [InlineData("testCount", 0, "a count is missing")]
    [InlineData("classes", 1, "a count is missing")]
    [InlineData("heldOutCount", -5, "a count is missing")]
    [InlineData("heldOutCount", 1, "a number is out of range")] // fewer than are right
    [InlineData("opening", -1e308, "a number is out of range")]
    [InlineData("opening", 0.999, "degrees are out of order")] // of the least
    [InlineData("degree", 2, "a number is out of range")]
    [InlineData("degree", 1, "degrees are out of order")]
    [InlineData("hits", 1_000_000, "a number is out of range")]
    public void A_table_that_cannot_be_is_refused(string field, double value, string reason)
    {
        var run = Flow.Run(Sample with { Recipe = Sample.Recipe with { Epochs = 30 } }, Store("a"), _ => _noise);
        var path = Path.Combine(run.Folder, AdjustableFiles.Table);
        var first = new Regex($"\"{field}\": [-0-9.e]+", RegexOptions.None, TimeSpan.FromSeconds(5));
        File.WriteAllText(path, first.Replace(File.ReadAllText(path), FormattableString.Invariant($"\"{field}\": {value}"), 1));
        Assert.Contains(reason, Assert.Throws<InputException>(() => run.Degrees()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Openings_that_are_not_those_of_the_weights_are_refused()
    {
        var run = Flow.Run(Sample with { Recipe = Sample.Recipe with { Epochs = 30 } }, Store("a"), _ => _noise);
        var (path, table) = (Path.Combine(run.Folder, AdjustableFiles.Table), run.Degrees()!);
        var changed = table.Degrees.Select((row, i) => i == table.Degrees.Count - 1 ? row with { Opening = 1 - 1e-9 } : row);
        File.WriteAllText(path, JsonSerializer.Serialize(table with { Degrees = [.. changed] }, RoteJson.Options));
        var error = Assert.Throws<InputException>(() => TrainedNetwork.Load(run, degree: table.Least));
        Assert.Contains("belongs to another run", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(FinishedRun run, string file) => File.ReadAllBytes(Path.Combine(run.Folder, file));

    /// <summary>The epochs that the phases begin after.</summary>
    private static int[] Stages(FinishedRun run)
    {
        var history = run.History;
        return [0, history.First(m => m.ReleasedShare is not null).Epoch, history.First(m => m.ReleasedShare == 1).Epoch];
    }

    private FinishedRun Run(string store) => Flow.Run(Sample, Store(store), _ => _noise);

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);
}
